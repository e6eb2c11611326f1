// Airbyte's platform and connectors are under the Elastic License, its widget is proprietary: we match what they do and
// copy nothing of what they wrote.
import { execFileSync } from 'node:child_process'
import { existsSync, readdirSync, readFileSync, statSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, test } from 'vitest'
import { findCopied, indexRuns, type TextFile } from './copied-lines.js'

const root = new URL('../..', import.meta.url).pathname
const corpus = process.env.OPSAI_CORPUS ?? join(root, '../shared/data')
const isThere = existsSync(corpus)
if (!isThere) console.log(`No files of Airbyte's at ${corpus}: nothing to compare with (set OPSAI_CORPUS).`)

const readText = (path: string, shown: string): TextFile => ({ path: shown, text: readFileSync(path, 'utf8') })

const readCorpus = (): TextFile[] =>
  (readdirSync(corpus, { recursive: true }) as string[])
    .filter((name) => statSync(join(corpus, name)).isFile())
    .map((name) => readText(join(corpus, name), name))

/** Whatever git would take: tracked, or new and not ignored. */
const readOurs = (): TextFile[] =>
  execFileSync('git', ['ls-files', '-co', '--exclude-standard', '-z'], { cwd: root, encoding: 'utf8' })
    .split('\0')
    .filter((name) => name !== '' && name !== 'pnpm-lock.yaml' && existsSync(join(root, name)))
    .map((name) => readText(join(root, name), name))

describe.skipIf(!isThere)('what is in this repository', () => {
  const theirs = isThere ? readCorpus() : []
  const index = indexRuns(theirs)

  test("trap 31: no file, and no eight lines in a row, are Airbyte's", () => {
    const ours = readOurs()
    console.log(`compared ${ours.length} files of ours with ${theirs.length} of Airbyte's (${index.size} runs)`)
    expect(ours.length).toBeGreaterThan(300)
    expect(findCopied(ours, index)).toEqual([])
  })

  test('trap 31: a piece of theirs is found however it is laid out', () => {
    const manifest = theirs.find(({ path }) => path.endsWith('source-stripe.yaml'))
    const piece = manifest?.text.split('\n').slice(100, 140) ?? []
    const disguised = piece.map((line) => `      "${line.trim()}",`).join('\n')
    expect(findCopied([{ path: 'ours.ts', text: `const mine = 1\n${disguised}\n` }], index)).toHaveLength(1)
    expect(findCopied([{ path: 'whole.yaml', text: manifest?.text ?? '' }], index)).toMatchObject([
      { line: '(the whole file)' },
    ])
    expect(findCopied([{ path: 'ours.ts', text: 'const mine = 1\n'.repeat(20) }], index)).toEqual([])
  })
})
