/** What went wrong, in one word. A closed list: switch over it. */
export type AirbyteErrorCode =
  /** Credentials are missing, wrong or expired. */
  | 'unauthorized'
  /** Not allowed, and also what Airbyte says of most ids it does not know. */
  | 'forbidden'
  | 'not_found'
  /** Airbyte refused the request's contents: `detail` says which field. */
  | 'invalid'
  /** Something else is going on with the same thing, e.g. a job already runs. */
  | 'conflict'
  | 'rate_limited'
  /** This edition of Airbyte does not offer the call. */
  | 'not_supported'
  /** Airbyte is down, starting, or failed inside. */
  | 'unavailable'
  | 'timeout'
  /** Airbyte, or something in front of it, answered what is not in its documents. */
  | 'invalid_answer'
  /** No answer, or only a part of one: name not found, connection refused or lost, TLS. */
  | 'network'
  /** The provider or the user ended the sign-in without tokens. */
  | 'oauth_failed'

/** What an {@link AirbyteError} carries besides its message. */
export interface AirbyteErrorFacts {
  code: AirbyteErrorCode
  /** HTTP status, where there was an answer. */
  status?: number
  /** Whether the same call may succeed later without anything being changed. */
  retryable?: boolean
  /** How long Airbyte asks to be left alone (`Retry-After`), in milliseconds. */
  retryAfterMs?: number
  /** Whether Airbyte surely did not carry the call out. False where that is not known: look before you repeat a create. */
  nothingDone?: boolean
  /** Airbyte's `errorId` or request id: what its operator can look up. */
  requestId?: string
  /** Which of Airbyte's problems it is: `try-again-later`, `connection/locked`. */
  problemType?: string
  /** Airbyte's own words, sent secrets taken out. */
  detail?: string
  /** Airbyte's parsed body, sent secrets taken out. */
  problem?: unknown
  cause?: unknown
}

/**
 * The one error every method of the client throws. Holds nothing of the request: no token, no configuration.
 *
 * @example
 * try { await airbyte.jobs.create({ connectionId, jobType: 'sync' }) } catch (error) {
 *   if (isAirbyteError(error) && error.code === 'conflict') return // a job already runs
 * }
 */
export class AirbyteError extends Error {
  override name = 'AirbyteError' as const
  readonly code: AirbyteErrorCode
  readonly retryable: boolean
  readonly nothingDone: boolean
  readonly status?: number
  readonly retryAfterMs?: number
  readonly requestId?: string
  readonly problemType?: string
  readonly detail?: string
  readonly problem?: unknown

  constructor(message: string, { code, retryable = false, nothingDone = false, cause, ...known }: AirbyteErrorFacts) {
    super(message, cause === undefined ? undefined : { cause })
    this.code = code
    this.retryable = retryable
    this.nothingDone = nothingDone
    Object.assign(this, known)
  }
}

/**
 * Whether `value` is an {@link AirbyteError}, also one made by another copy of this package.
 *
 * @example
 * if (isAirbyteError(error) && error.retryable) await enqueueAgain()
 */
export function isAirbyteError(value: unknown): value is AirbyteError {
  return value instanceof Error && value.name === 'AirbyteError' && 'code' in value && 'retryable' in value
}
