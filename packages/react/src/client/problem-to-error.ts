import { Problem } from '@opsai/contract'
import { OpsaiError } from './opsai-error.js'

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
