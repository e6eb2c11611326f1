// Types of the contract only: its schemas are loaded by who parses with them.
import type { FieldError, ProblemCode } from '@opsai/contract'

/** What an {@link OpsaiError} is made of: the members of an RFC 9457 problem, as the proxy sends it. */
export interface OpsaiErrorParts {
  code: ProblemCode
  /** For developers. */
  message: string
  /** For the end user. */
  displayMessage: string
  remedy?: string | undefined
  /** @default false */
  retryable?: boolean
  requestId?: string | undefined
  /** HTTP status; absent when no answer came. */
  status?: number
  fieldErrors?: FieldError[] | undefined
  cause?: unknown
}

/**
 * The one error this package throws or hands out. Tell cases apart by `code`, a closed list that only grows.
 *
 * @example
 * if (error instanceof OpsaiError && error.code === 'session_expired') redirectToLogin()
 */
export class OpsaiError extends Error {
  override readonly name = 'OpsaiError'
  readonly code: ProblemCode
  /** What happened, for the end user. */
  readonly displayMessage: string
  /** What to do now, for the end user. */
  readonly remedy: string | undefined
  /** Whether the same call may work later. */
  readonly retryable: boolean
  /** Find the call in the server's log by this. */
  readonly requestId: string | undefined
  readonly status: number | undefined
  readonly fieldErrors: readonly FieldError[]

  constructor(parts: OpsaiErrorParts) {
    super(parts.message, { cause: parts.cause })
    this.code = parts.code
    this.displayMessage = parts.displayMessage
    this.remedy = parts.remedy
    this.retryable = parts.retryable ?? false
    this.requestId = parts.requestId
    this.status = parts.status
    this.fieldErrors = parts.fieldErrors ?? []
  }
}

/** Any thrown thing as an {@link OpsaiError}: what is not one already means that no session or no answer came. */
export function toOpsaiError(thrown: unknown): OpsaiError {
  if (thrown instanceof OpsaiError) return thrown
  const said = thrown instanceof Error ? thrown.message : undefined
  if (isSessionError(thrown)) {
    return new OpsaiError({
      code: 'session_expired',
      message: said ?? 'fetchSession failed.',
      displayMessage: 'Your session could not be started.',
      remedy: 'Reload the page, or sign in again.',
      retryable: true,
      cause: thrown.cause,
    })
  }
  return new OpsaiError({
    code: 'network_error',
    message: said === undefined ? 'No answer came.' : `No answer came: ${said}`,
    displayMessage: 'You seem to be offline.',
    remedy: 'Check your connection and try again.',
    retryable: true,
    cause: thrown,
  })
}

/** What a session holder rejects with. */
const isSessionError = (thrown: unknown): thrown is Error & { code: 'session_expired' } =>
  thrown instanceof Error && 'code' in thrown && thrown.code === 'session_expired'
