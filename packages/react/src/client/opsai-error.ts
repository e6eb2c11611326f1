import { type FieldError, Problem, type ProblemCode } from '@opsai/contract'

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

/** The error a refused answer stands for; an answer that is no problem document still becomes one. */
export function problemToError(status: number, body: unknown): OpsaiError {
  const parsed = Problem.safeParse(body)
  if (!parsed.success) {
    return new OpsaiError({
      code: status >= 500 ? 'upstream_unavailable' : 'upstream_invalid',
      message: `The proxy answered ${status} without a problem document. Check that baseUrl points at it.`,
      displayMessage: 'The data service could not be reached.',
      remedy: 'Try again in a moment.',
      retryable: status >= 500,
      status,
    })
  }
  const { code, detail, displayMessage, remedy, retryable, requestId, fieldErrors } = parsed.data
  return new OpsaiError({ code, message: detail, displayMessage, remedy, retryable, requestId, fieldErrors, status })
}

/** Any thrown thing as an {@link OpsaiError}: what is not one already means that no answer came. */
export function toOpsaiError(thrown: unknown): OpsaiError {
  if (thrown instanceof OpsaiError) return thrown
  return new OpsaiError({
    code: 'network_error',
    message: thrown instanceof Error ? `No answer came: ${thrown.message}` : 'No answer came.',
    displayMessage: 'You seem to be offline.',
    remedy: 'Check your connection and try again.',
    retryable: true,
    cause: thrown,
  })
}
