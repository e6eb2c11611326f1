import { expect, it } from 'vitest'
import { assertModest } from './modest-json.js'

const nested = (depth: number): unknown => JSON.parse('['.repeat(depth) + ']'.repeat(depth))

it('takes what people send', () => {
  expect(() => assertModest({ a: [1, { b: null }] }, 'It', 6)).not.toThrow()
  expect(() => assertModest(nested(64), 'It', 1000)).not.toThrow()
})

it.each([
  ['is too deep', nested(66), 'It is nested deeper than 64 levels.'],
  ['is far too deep', nested(100_000), 'It is nested deeper than 64 levels.'],
  ['is too much', Array.from({ length: 1000 }), 'It has more than 1000 values in it.'],
])('refuses what %s', (_, value, message) => {
  expect(() => assertModest(value, 'It', 1000)).toThrow(message)
})
