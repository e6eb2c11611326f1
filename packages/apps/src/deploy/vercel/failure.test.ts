import { expect, test } from 'vitest'
import { explain, isTransient, toFailure, VercelFailure } from './failure.js'

const now = Date.parse('2026-01-01T00:00:00Z')
const body = (limit?: object) => JSON.stringify({ error: { code: 'rate_limited', message: 'Too many', limit } })

test.each([
  ['seconds', { 'retry-after': '7' }, body(), 7_000],
  ['a date', { 'retry-after': 'Thu, 01 Jan 2026 00:00:09 GMT' }, body(), 9_000],
  ['a date that is over', { 'retry-after': 'Wed, 31 Dec 2025 23:00:00 GMT' }, body(), 0],
  ['when the limit is lifted, in a header', { 'x-ratelimit-reset': String(now / 1000 + 5) }, body(), 5_000],
  ['when the limit is lifted, in the body', {}, body({ resetMs: now + 3_000 }), 3_000],
  ['nothing', {}, 'a page', 0],
])('after 429 it waits as long as it is told: %s', (_, headers, text, wait) => {
  expect(toFailure(429, new Headers(headers as Record<string, string>), text, now).retryAfterMs).toBe(wait)
})

test.each([
  [undefined, undefined, true],
  [500, undefined, true],
  [503, undefined, true],
  [429, 1_000, true],
  [429, 61_000, false],
  [400, undefined, false],
  [401, undefined, false],
  [409, undefined, false],
])('%s is tried again: %s ms → %s', (status, retryAfterMs, isAgain) => {
  expect(isTransient(new VercelFailure(status, 'code', 'message', retryAfterMs))).toBe(isAgain)
})

test.each([
  [undefined, true, /reached from here/],
  [400, false, /Mend what it says/],
  [401, false, /make a new one/],
  [402, false, /billing/],
  [403, false, /may not do this/],
  [404, false, /team/],
  [409, true, /when it is done/],
  [429, true, /in 30 s/],
  [502, true, /vercel-status/],
])('%s is explained', (status, retryable, remedy) => {
  const error = explain('building', new VercelFailure(status, 'some_code', 'what it said', 30_000))
  expect(error).toMatchObject({ step: 'building', retryable, remedy: expect.stringMatching(remedy) as string })
  expect(error.message).toContain('what it said')
})
