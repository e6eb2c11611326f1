// What is written must come back the same from whoever reads it, or be refused by name: the real dotenv, a real bash, and
// docker's rules as its documentation has them.
import { execFileSync } from 'node:child_process'
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { parse } from 'dotenv'
import fc from 'fast-check'
import { expect, test } from 'vitest'
import { type EnvFormat, EnvValueError, writeEnv } from './write-env.js'

const VALUES = 10_000

const troublesome = fc.stringMatching(/^['"`#$\\nr \n\r\t=a-z{}()!;&|<>~*?]*$/)
const command = fc.constantFrom('$(touch pwned)', '`touch pwned`', '"; touch pwned; "', "'; touch pwned; '", '${HOME}')
const padded = fc.tuple(fc.constantFrom('', ' ', '\t', '\n'), fc.string(), fc.constantFrom('', ' ', ' #', '\n'))
const anyValue = fc.oneof(
  fc.string(),
  fc.string({ unit: 'binary' }),
  fc.string({ unit: 'grapheme' }),
  troublesome,
  command,
  padded.map((parts) => parts.join('')),
)

/** The values, each under a name of its own, and those that are refused. */
function writeAll(format: EnvFormat) {
  const values = fc.sample(anyValue, { numRuns: VALUES, seed: 4820 })
  const named = values.map((value, n) => [`V_${n}`, value] as const)
  const refused: string[] = []
  const texts = named.flatMap(([name, value]) => {
    try {
      return [{ name, value, text: writeEnv({ [name]: value }, { format }) }]
    } catch (error) {
      if (!(error instanceof EnvValueError)) throw error
      expect(error.message).toContain(`${name} has a value no`)
      refused.push(value)
      return []
    }
  })
  const expected = Object.fromEntries(texts.map(({ name, value }) => [name, value]))
  return { text: texts.map((each) => each.text).join(''), expected, refused }
}

/** What a real bash has in its environment after `source`. */
function sourceInBash(text: string): Record<string, string> {
  const folder = mkdtempSync(join(tmpdir(), 'opsai-env-'))
  try {
    writeFileSync(join(folder, '.env'), text)
    const out = execFileSync(
      'bash',
      [
        '--norc',
        '-c',
        'set -a; source ./.env; printf "%s\\0" "${!V_@}"; printf "\\0"; for n in "${!V_@}"; do printf "%s\\0" "${!n}"; done; ls -A',
      ],
      {
        cwd: folder,
        env: { PATH: process.env.PATH, HOME: '/somewhere', LC_ALL: 'C.UTF-8' },
        maxBuffer: 1 << 28,
      },
    ).toString()
    const [names = '', values = ''] = out.split('\0\0')
    const list = names.split('\0')
    const cells = out.slice(names.length + 2).split('\0')
    expect(values, 'something was read').not.toBe('')
    expect(cells.at(-1), 'nothing in a value ran').toBe('.env\n')
    return Object.fromEntries(list.map((name, n) => [name, cells[n] ?? '']))
  } finally {
    rmSync(folder, { recursive: true, force: true })
  }
}

/** `docker run --env-file`: blanks before a line go, `#` begins a comment only there, all after the first `=` is the value. */
function readAsDocker(text: string): Record<string, string> {
  const lines = text.split('\n').map((line) => line.replace(/\r$/, '').trimStart())
  return Object.fromEntries(
    lines
      .filter((line) => line && !line.startsWith('#'))
      .map((line) => {
        const at = line.indexOf('=')
        return [line.slice(0, at), line.slice(at + 1)]
      }),
  )
}

/** What is easy must never be refused: a property that may refuse all shows nothing. */
const mayRefuse: Readonly<Record<EnvFormat, RegExp>> = { dotenv: /[\0\r'\\]/, docker: /[\0\r\n]/ }

test(`${VALUES} values come back from dotenv and from bash as they were, and nothing in them runs`, () => {
  const { text, expected, refused } = writeAll('dotenv')
  expect(parse(text)).toEqual(expected)
  expect(sourceInBash(text)).toEqual(expected)
  expect(refused.filter((value) => !/\p{Surrogate}/u.test(value) && !mayRefuse.dotenv.test(value))).toEqual([])
  console.log(`dotenv and bash: ${Object.keys(expected).length} values equal, ${refused.length} refused by name`)
}, 60_000)

test(`${VALUES} values come back from a docker env-file as they were`, () => {
  const { text, expected, refused } = writeAll('docker')
  expect(readAsDocker(text)).toEqual(expected)
  expect(refused.filter((value) => !/\p{Surrogate}/u.test(value) && !mayRefuse.docker.test(value))).toEqual([])
  console.log(`docker env-file: ${Object.keys(expected).length} values equal, ${refused.length} refused by name`)
}, 60_000)

test.each([
  '',
  ' ',
  'plain',
  'a b',
  "it's",
  '"',
  '`',
  '$HOME',
  '#no comment',
  'two\nlines',
  'c:\\path',
  '\\n',
  '=',
  'a=b',
  'x&y',
])('%j can be written', (value) => expect(parse(writeEnv({ A: value, B: 'next' }))).toEqual({ A: value, B: 'next' }))

test.each<[string, EnvFormat, string]>([
  [`'$(id)`, 'dotenv', 'TOKEN has a value no .env can hold: a single quote beside one of'],
  ['end\\', 'dotenv', 'a backslash at its end'],
  ['a\rb', 'dotenv', 'a carriage return'],
  ['a\0b', 'dotenv', 'a NUL'],
  ['\ud800', 'docker', 'half of a surrogate pair'],
  ['two\nlines', 'docker', 'TOKEN has a value no docker env-file can hold: a line break'],
])('%j is refused in %s by the name of its key, and not shown', (value, format, message) => {
  expect(() => writeEnv({ TOKEN: value }, { format })).toThrow(message)
})

test('a name that is none is refused, and a line longer than docker reads', () => {
  expect(() => writeEnv({ A: 'x'.repeat(65_536) }, { format: 'docker' })).toThrow('more than 65,000 bytes')
  expect(() => writeEnv({ 'A B': 'x' })).toThrow('"A B" is no name')
})

test('a comment stays one line and changes nothing', () => {
  const text = writeEnv({ A: '1' }, { comments: { A: 'first\nEVIL=2' } })
  expect(parse(text)).toEqual({ A: '1' })
  expect(readAsDocker(text)).toEqual({ A: '1' })
})
