// Whether a failed attempt is followed by another one. Numbers after Airbyte's: complete failures
// 5 in a row, partial ones 20 in all; waits from 10 s, three times as long each, up to 30 min.
import type { AttemptOutcome } from '../store/jobs.js'

export interface RetryPolicy {
  /** Failures in a row without a single row committed. Default 5. */
  maxCompleteFailures: number
  /** Attempts in all, interrupted ones included. Default 20. */
  maxAttempts: number
  /** Wait after the first complete failure, in milliseconds; three times as long after each further one. Default 10,000. */
  firstDelayMs: number
  /** Longest wait, in milliseconds. Default 30 minutes. */
  maxDelayMs: number
}

export const defaultRetryPolicy: RetryPolicy = {
  maxCompleteFailures: 5,
  maxAttempts: 20,
  firstDelayMs: 10_000,
  maxDelayMs: 30 * 60_000,
}

export interface PastAttempt {
  outcome: AttemptOutcome
  madeProgress: boolean
  /** The failure's type, where there was one. */
  failureType?: string
}

export type NextStep = { kind: 'retry'; delayMs: number } | { kind: 'fail' }

/**
 * Decides on the last of `attempts`. Wrong configuration stays wrong, so it is not tried again. An attempt that
 * committed rows, or that was interrupted by the engine's own end, goes on at once.
 */
export function decideNextStep(attempts: PastAttempt[], policy: RetryPolicy): NextStep {
  const last = attempts.at(-1)
  if (!last || last.failureType === 'config_error' || attempts.length >= policy.maxAttempts) return { kind: 'fail' }
  if (last.outcome === 'interrupted' || last.madeProgress) return { kind: 'retry', delayMs: 0 }
  const failures = completeFailuresInARow(attempts)
  if (failures >= policy.maxCompleteFailures) return { kind: 'fail' }
  return { kind: 'retry', delayMs: Math.min(policy.firstDelayMs * 3 ** (failures - 1), policy.maxDelayMs) }
}

/** Interruptions in between neither count nor break the row. */
function completeFailuresInARow(attempts: PastAttempt[]) {
  let count = 0
  for (const attempt of attempts.toReversed()) {
    if (attempt.outcome === 'failed' && attempt.madeProgress) break
    if (attempt.outcome === 'failed') count += 1
  }
  return count
}
