import { expect, it } from 'vitest'
import { AirbyteError, type AirbyteErrorFacts } from './airbyte-error.js'
import { planRepeat } from './plan-repeat.js'

const plan = (facts: AirbyteErrorFacts, failure: Partial<Parameters<typeof planRepeat>[0]> = {}) =>
  planRepeat({ error: new AirbyteError('', facts), attempt: 0, idempotent: true, slow: false, random: 1, ...failure })

const lost = { code: 'network', retryable: true } as const
const refused = { ...lost, nothingDone: true }
const busy = { code: 'rate_limited', status: 429, retryable: true, nothingDone: true } as const
const down = { code: 'unavailable', status: 503, retryable: true } as const
const late = { code: 'timeout', retryable: true } as const

it.each<[string, AirbyteErrorFacts, boolean]>([
  ['a lost answer', lost, true],
  ['a refused connection', refused, true],
  ['no answer in time', late, true],
  ['502 to 504', down, true],
  ['429', busy, true],
  ['a job that runs', { code: 'conflict', status: 409, retryable: true, nothingDone: true }, true],
  ['an inactive connection', { code: 'conflict', status: 409, nothingDone: true }, false],
  ['a connector that failed', { code: 'unavailable', status: 500, retryable: true }, false],
  ['wrong contents', { code: 'invalid', status: 422, nothingDone: true }, false],
  ['an answer broken on the way', { code: 'invalid_answer', status: 200, retryable: true }, true],
  ['an answer of another shape', { code: 'invalid_answer', status: 200 }, false],
])('after %s, what can be done twice is %s', (_, facts, repeated) => {
  expect(plan(facts) !== undefined).toBe(repeated)
})

it.each<[string, AirbyteErrorFacts, boolean]>([
  ['a refused connection', refused, true],
  ['429', busy, true],
  ['a lost answer', lost, false],
  ['no answer in time', late, false],
  ['503, though it asks to come back', { ...down, retryAfterMs: 1_000 }, false],
  ['a job that runs', { code: 'conflict', status: 409, retryable: true, nothingDone: true }, false],
  ['an answer broken on the way', { code: 'invalid_answer', status: 200, retryable: true }, false],
])('after %s, a create is repeated: %s', (_, facts, repeated) => {
  expect(plan(facts, { idempotent: false }) !== undefined).toBe(repeated)
})

it('waits longer each time, anywhere between nothing and that', () => {
  expect([0, 1, 2, 9].map((attempt) => plan(down, { attempt }))).toEqual([300, 600, 1_200, 5_000])
  expect([0, 0.5, 1].map((random) => plan(down, { random }))).toEqual([0, 150, 300])
})

it('trap 26: backs off by itself from a 429 without Retry-After, further than from anything else', () => {
  expect([0, 1, 2, 3].map((attempt) => plan(busy, { attempt }))).toEqual([1_000, 2_000, 4_000, 5_000])
  expect(plan(busy, { random: 0.25 })).toBe(250)
})

it('waits as long as it is asked to and a little more, but never half a minute', () => {
  expect(plan({ ...busy, retryAfterMs: 2_000 }, { random: 0 })).toBe(2_000)
  expect(plan({ ...busy, retryAfterMs: 2_000 })).toBe(2_250)
  expect(plan({ ...busy, retryAfterMs: 30_000 }, { random: 0 })).toBe(30_000)
  expect(plan({ ...busy, retryAfterMs: 30_001 })).toBeUndefined()
})

it('does not have a connector work twice for one that took too long, nor read garbage three times', () => {
  expect(plan(late, { slow: true })).toBeUndefined()
  expect(plan({ code: 'invalid_answer', retryable: true }, { attempt: 1 })).toBeUndefined()
})
