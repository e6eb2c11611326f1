import fc from 'fast-check'
import { expect, it } from 'vitest'
import { toJsonMistake } from './json-mistake.js'

it.each([
  ['{"a": 1,}', 1, 9],
  ["{'a': 1}", 1, 2],
  ['{a: 1}', 1, 2],
  ['{"a" 1}', 1, 6],
  ['{"a": 1 "b": 2}', 1, 9],
  ['{"a": 01}', 1, 8],
  ['[1, 2', 1, 6],
  ['[1, 2}', 1, 6],
  ['{\n  "a": [1,\n  tru]\n}', 3, 3],
  ['1 2', 1, 3],
  ['nothing', 1, 1],
  ['"open', 1, 1],
])('%j goes wrong at line %i, column %i', (text, line, column) => {
  expect(toJsonMistake(text)).toEqual({ line, column })
})

it('finds no mistake in JSON, and in JSON cut short one at its end or in its last token', () => {
  fc.assert(
    fc.property(fc.json(), fc.nat(), (json, cut) => {
      expect(toJsonMistake(json)).toBeUndefined()
      const short = json.slice(0, cut % json.length)
      if (toJsonMistake(short) === undefined) return
      const { column } = toJsonMistake(short)!
      expect(json.slice(0, column - 1)).toBe(short.slice(0, column - 1))
    }),
  )
})

it('reads no deeper than it is asked to: a hundred thousand brackets are no stack', () => {
  expect(toJsonMistake('['.repeat(100_000))).toEqual({ line: 1, column: 100_001 })
})
