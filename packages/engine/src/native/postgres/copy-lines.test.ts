import fc from 'fast-check'
import { expect, test } from 'vitest'
import { toCopyLine } from '../../load/copy-text.js'
import { countLines, lastFields, lastTie } from './copy-lines.js'

const anyText = fc.array(fc.integer({ min: 0, max: 0xd7ff })).map((codes) => String.fromCharCode(...codes))

const text = (rows: (string | null)[][]) => Buffer.from(rows.map(toCopyLine).join(''))

test('the last tie is the rows at the end that share their first field', () => {
  const rows = text([
    ['1', 'a'],
    ['2', 'b'],
    ['2', 'c'],
  ])
  expect(lastTie(rows, rows.length)).toEqual({ start: 4, count: 2, field: Buffer.from('2') })
  expect(lastTie(rows, 4)).toEqual({ start: 0, count: 1, field: Buffer.from('1') })
})

test('a single column has ties too', () => {
  const rows = text([['7'], ['7']])
  expect(lastTie(rows, rows.length)).toMatchObject({ start: 0, count: 2 })
})

test('for any sorted rows, ties and last fields are what looking at the values says', () => {
  const row = fc.tuple(
    fc.integer({ min: 0, max: 4 }).map(String),
    fc.option(anyText.map((s) => s.replaceAll('\u0000', ''))),
  )
  fc.assert(
    fc.property(fc.array(row, { minLength: 1 }), (unsorted) => {
      const rows = [...unsorted].sort(([a], [b]) => Number(a) - Number(b))
      const lines = text(rows)
      const last = rows.at(-1)!
      const tie = lastTie(lines, lines.length)
      expect(countLines(lines)).toBe(rows.length)
      expect(lastFields(lines, 2)).toEqual(last)
      expect(tie.count).toBe(rows.filter(([key]) => key === last[0]).length)
      expect(countLines(lines.subarray(0, tie.start))).toBe(rows.length - tie.count)
    }),
  )
})
