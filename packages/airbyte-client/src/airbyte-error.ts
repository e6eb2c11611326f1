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
  /** Airbyte answered something that is not in its documents. */
  | 'invalid_answer'
  /** No answer at all: name not found, connection refused, TLS. */
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
  /** Airbyte's `errorId` or request id: what its operator can look up. */
  requestId?: string
  /** Airbyte's own words, sent secrets taken out. */
  detail?: string
  /** Airbyte's parsed body, sent secrets taken out. */
  problem?: unknown
  cause?: unknown
}

/**
 * The one error every method of the client throws.
 *
 * @example
 * try { await airbyte.jobs.create({ connectionId, jobType: 'sync' }) } catch (error) {
 *   if (isAirbyteError(error) && error.code === 'conflict') return // a job already runs
 * }
 */
export class AirbyteError extends Error {
  override name = 'AirbyteError' as const
  readonly code: AirbyteErrorCode
  readonly status?: number
  readonly retryable: boolean
  readonly requestId?: string
  readonly detail?: string
  readonly problem?: unknown

  constructor(message: string, facts: AirbyteErrorFacts) {
    super(message, facts.cause === undefined ? undefined : { cause: facts.cause })
    this.code = facts.code
    this.retryable = facts.retryable ?? false
    if (facts.status !== undefined) this.status = facts.status
    if (facts.requestId !== undefined) this.requestId = facts.requestId
    if (facts.detail !== undefined) this.detail = facts.detail
    if (facts.problem !== undefined) this.problem = facts.problem
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
