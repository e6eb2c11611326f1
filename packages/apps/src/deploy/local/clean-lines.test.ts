import { Readable } from 'node:stream'
import fc from 'fast-check'
import { expect, test } from 'vitest'
import { onCleanLine } from './clean-lines.js'

const secret = 'hunter22-and-more'
const clean = (line: string) => line.replaceAll(secret, '[PASSWORD]')

async function read(...chunks: string[]): Promise<string[]> {
  const lines: string[] = []
  const stream = Readable.from(chunks.map((chunk) => Buffer.from(chunk)))
  onCleanLine(stream, clean, (line) => lines.push(line))
  await new Promise((resolve) => stream.once('close', resolve))
  return lines
}

test('lines come whole and clean, however they were cut on the way', async () => {
  expect(await read('one\r\ntw', 'o\n\n', `with hunter`, `22-and-more`)).toEqual(['one', 'two', '', 'with [PASSWORD]'])
  expect(await read(`\u001b[31mhunter22-and-more\u001b[0m\n`)).toEqual(['[PASSWORD]'])
})

test('of a line without end the beginning is shown, without half a secret wherever it stands', async () => {
  await fc.assert(
    fc.asyncProperty(
      fc.integer({ min: 0, max: 70_000 }),
      fc.integer({ min: 0, max: 70_000 }),
      async (before, after) => {
        const [line = ''] = await read(`${'x'.repeat(before)}${secret}${'y'.repeat(after)}`)
        expect(line).not.toMatch(/hunter|[^x]more/)
        expect(line.length).toBeLessThanOrEqual(2_001)
      },
    ),
  )
})
