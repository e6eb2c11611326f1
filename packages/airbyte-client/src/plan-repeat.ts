// Which failed calls are worth a repeat, and when. Pure, so that the rules are a table in the tests.
import type { AirbyteError } from './airbyte-error.js'

/** What the rules look at besides the error. */
export interface Failure {
  error: AirbyteError
  /** 0 for the first call. */
  attempt: number
  /** Whether doing it twice is doing it once: GET, PUT, DELETE, a POST that only reads. */
  idempotent: boolean
  /** The connector works while we wait. */
  slow: boolean
  /** Between 0 and 1. */
  random: number
}

/** A longer `Retry-After` is the caller's to wait for: nobody keeps a request open for that long. */
const longestWaitMs = 30_000
const longestBackoffMs = 5_000

/** Milliseconds to wait before the repeat; `undefined` where there shall be none. */
export function planRepeat({ error, attempt, idempotent, slow, random }: Failure): number | undefined {
  if (!mayRepeat(error, idempotent, slow)) return undefined
  // An answer without sense often makes none the second time, and may be long.
  if (error.code === 'invalid_answer' && attempt > 0) return undefined
  const asked = error.retryAfterMs
  if (asked === undefined) return random * backoffMs(error, attempt)
  // Not all at the same moment: everybody was asked to wait as long.
  return asked > longestWaitMs ? undefined : asked + random * 250
}

function mayRepeat(error: AirbyteError, idempotent: boolean, slow: boolean): boolean {
  if (!error.retryable) return false
  // A create whose answer was lost may be done: never again. A refused connection or a 429 reached no handler. A 503
  // often did: gateways say it, with Retry-After and all, also of a connection that broke after the request was sent.
  if (!idempotent) return error.nothingDone && (error.code === 'rate_limited' || error.code === 'network')
  // Airbyte's 500 is mostly a connector that failed: it fails again.
  if (error.status === 500) return false
  return !(slow && error.code === 'timeout')
}

/** Full jitter. A 429 of Airbyte says nothing of when, and hits every tenant of the key: slower. */
function backoffMs(error: AirbyteError, attempt: number): number {
  const first = error.code === 'rate_limited' ? 1_000 : 300
  return Math.min(longestBackoffMs, first * 2 ** attempt)
}
