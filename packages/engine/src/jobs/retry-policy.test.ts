import { expect, it } from 'vitest'
import { decideNextStep, defaultRetryPolicy, type PastAttempt } from './retry-policy.js'

const failed: PastAttempt = { outcome: 'failed', madeProgress: false }
const partial: PastAttempt = { outcome: 'failed', madeProgress: true }
const interrupted: PastAttempt = { outcome: 'interrupted', madeProgress: false }
const wrongPassword: PastAttempt = { ...failed, failureType: 'config_error' }
const times = (count: number, attempt: PastAttempt) => Array<PastAttempt>(count).fill(attempt)
const retry = (delayMs: number) => ({ kind: 'retry', delayMs })
const fail = { kind: 'fail' }

it.each([
  ['a first failure', [failed], retry(10_000)],
  ['a second one', times(2, failed), retry(30_000)],
  ['a fourth one', times(4, failed), retry(270_000)],
  ['a fifth one', times(5, failed), fail],
  ['wrong configuration', [wrongPassword], fail],
  ['a failure that got somewhere', [partial], retry(0)],
  ['the first failure after getting somewhere', [...times(4, failed), partial, failed], retry(10_000)],
  ['the engine being killed', [interrupted], retry(0)],
  ['the engine being killed between failures', [...times(4, failed), interrupted, failed], fail],
  ['the engine being killed again and again', times(20, interrupted), fail],
  ['twenty attempts that got somewhere', times(20, partial), fail],
])('after %s', (_, attempts, next) => {
  expect(decideNextStep(attempts, defaultRetryPolicy)).toEqual(next)
})
