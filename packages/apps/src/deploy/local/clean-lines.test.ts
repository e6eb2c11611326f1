import { Readable } from 'node:stream'
import fc from 'fast-check'
import { expect, test } from 'vitest'
import { onCleanLine } from './clean-lines.js'

const secret = 'hunter22-and-more'
const key = Array.from({ length: 1_000 }, (_, index) => `k${index};`).join('')
const clean = (line: string) => line.replaceAll(secret, '[PASSWORD]').replaceAll(key, '[KEY]')

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

// Near what is shown of a line and what is looked at of it, where one could be cut in two.
const before = fc.oneof(
  ...[2_000, 64 * 1024, 70_000].map((at) => fc.integer({ min: at - 30, max: at })),
  fc.nat(70_000),
)

test('of a line without end the beginning is shown, without half a secret wherever it stands', async () => {
  await fc.assert(
    fc.asyncProperty(before, fc.nat(70_000), async (many, after) => {
      const [line = ''] = await read(`${'x'.repeat(many)}${secret}${'y'.repeat(after)}`)
      expect(line).not.toMatch(/hunter|[^x]more/)
      expect(line.length).toBeLessThanOrEqual(2_001)
    }),
  )
})

test('nor half of a long one, where all before it came to little', async () => {
  const [line = ''] = await read(key.repeat(30))
  expect(line).toMatch(/^(\[KEY\])*…$/)
})
