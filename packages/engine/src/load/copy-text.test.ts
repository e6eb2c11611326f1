import fc from 'fast-check'
import { expect, test } from 'vitest'
import { parseCopyLine, toCopyField, toCopyLine } from './copy-text.js'

const anyText = fc.array(fc.integer({ min: 0, max: 0xd7ff })).map((codes) => String.fromCharCode(...codes))

test.each([
  [null, '\\N'],
  ['', ''],
  ['\\N', '\\\\N'],
  ['\\.', '\\\\.'],
  ['a\tb\nc\rd', 'a\\tb\\nc\\rd'],
  ['nul\u0000gone', 'nulgone'],
])('%j is written %j', (value, field) => {
  expect(toCopyField(value)).toBe(field)
})

test('what is written is read back, on one line', () => {
  const value = fc.option(anyText.map((text) => text.replaceAll('\u0000', '')))
  fc.assert(
    fc.property(fc.array(value, { minLength: 1 }), (values) => {
      const line = toCopyLine(values)
      expect(line.indexOf('\n')).toBe(line.length - 1)
      expect(parseCopyLine(line.slice(0, -1))).toEqual(values)
    }),
  )
})
