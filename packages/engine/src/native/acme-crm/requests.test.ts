import { expect, test } from 'vitest'
import { movePlace } from './read.js'
import { judgeAnswer, parseRetryAfter } from './requests.js'

const now = new Date('2026-01-01T00:00:00Z')

test.each([
  [null, undefined],
  ['2', 2_000],
  ['Thu, 01 Jan 2026 00:00:05 GMT', 5_000],
  ['Thu, 01 Jan 1970 00:00:00 GMT', 0],
  ['999999', 300_000],
  ['soon', undefined],
])('Retry-After %s is %s ms', (header, milliseconds) => {
  expect(parseRetryAfter(header, now)).toBe(milliseconds)
})

test.each([
  [200, 'ok'],
  [401, 'unauthorized'],
  [403, 'failed'],
  [404, 'failed'],
  [429, 'wait'],
  [503, 'wait'],
])('HTTP %s: %s', (status, kind) => {
  expect(judgeAnswer(new Response(null, { status }), 0, now).kind).toBe(kind)
})

test('a place remembers whom it has seen of its last moment, and only of that', () => {
  const first = movePlace(undefined, [
    { id: 'a', updatedAt: '1' },
    { id: 'b', updatedAt: '2' },
  ])
  expect(first).toEqual({ updatedAt: '2', ids: ['b'] })
  expect(
    movePlace(first, [
      { id: 'b', updatedAt: '2' },
      { id: 'c', updatedAt: '2' },
    ]),
  ).toEqual({ updatedAt: '2', ids: ['b', 'c'] })
  expect(movePlace(first, [{ id: 'd', updatedAt: '3' }])).toEqual({ updatedAt: '3', ids: ['d'] })
  expect(movePlace(first, [])).toBe(first)
})
