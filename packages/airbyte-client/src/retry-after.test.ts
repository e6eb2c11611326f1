import { expect, it } from 'vitest'
import { parseRetryAfter } from './retry-after.js'

const now = Date.UTC(2026, 10, 24, 8, 0, 0)

it.each([
  ['0', 0],
  ['1', 1_000],
  [' 3600 ', 3_600_000],
  ['Tue, 24 Nov 2026 08:00:10 GMT', 10_000],
  ['Tue, 24 Nov 2026 07:00:00 GMT', 0],
  [null, undefined],
  ['', undefined],
  ['soon', undefined],
  ['-1', undefined],
  ['1.5', undefined],
  ['1e3', undefined],
  ['99999999999999999999', undefined],
  ['2026-11-24', undefined],
  ['Foo, 99 Bar 2026 08:00:10 GMT', undefined],
])('%s', (header, wait) => {
  expect(parseRetryAfter(header, now)).toBe(wait)
})
