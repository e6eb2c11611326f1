// Any error → RFC 9457 problem details.
import { type AirbyteError, isAirbyteError } from '@opsai/airbyte-client'
import type { Problem, ProblemCode } from '@opsai/contract'
import { scrubText } from '../secrets/scrub.js'
import { ProblemError } from './problem.js'
import { problemTexts } from './problem-texts.js'

const airbyteCodes: Record<AirbyteError['code'], ProblemCode> = {
  unauthorized: 'config_error',
  forbidden: 'not_found',
  not_found: 'not_found',
  invalid: 'invalid_request',
  conflict: 'conflict',
  rate_limited: 'upstream_rate_limited',
  not_supported: 'connector_unavailable',
  unavailable: 'upstream_unavailable',
  timeout: 'upstream_timeout',
  invalid_answer: 'upstream_invalid',
  network: 'upstream_unavailable',
  oauth_failed: 'provider_error',
}

/** What an error of Airbyte's means for the caller. Airbyte's refusal of our own key is a set-up fault, not the user's. */
export function airbyteToProblem(error: AirbyteError): ProblemError {
  const code = airbyteCodes[error.code]
  if (code === 'not_found') {
    return new ProblemError(code, { detail: 'There is nothing here with this id.', cause: error })
  }
  const reference = error.requestId ? ` (Airbyte's reference ${toLine(error.requestId).slice(0, 100)})` : ''
  const passes = code === 'conflict' && error.retryable
  const headers = canWait.has(code) || passes ? { 'retry-after': toSeconds(error.retryAfterMs) } : undefined
  return new ProblemError(code, {
    detail: `Airbyte: ${toLine(error.detail ?? error.message)}${reference}`,
    ...(headers && { headers }),
    ...(passes && { retryable: true }),
    cause: error,
  })
}

const canWait = new Set<ProblemCode>(['upstream_rate_limited', 'upstream_unavailable'])
const WAIT_MS = 5_000
const toSeconds = (ms = WAIT_MS) => String(Math.max(1, Math.ceil(ms / 1_000)))

/** One line of plain text, whatever came: a gateway's page, a log, a stack. */
const toLine = (text: string) =>
  scrubText(text)
    .replace(/<[^>]*>/g, ' ')
    .replace(/[\p{Cc}\p{Cf}]+/gu, ' ')
    .replace(/\s+/g, ' ')
    .trim()
    .slice(0, 500)

const toProblemError = (error: unknown): ProblemError => {
  if (error instanceof ProblemError) return error
  if (isAirbyteError(error)) return airbyteToProblem(error)
  return new ProblemError('internal', {
    detail: 'Something failed inside the proxy; its log has the request id.',
    cause: error,
  })
}

/** The body of an error answer. Nothing of an unexpected error's own text gets out. */
export function toProblem(error: unknown, requestId: string): { problem: Problem; headers: Record<string, string> } {
  const { code, facts } = toProblemError(error)
  const words = problemTexts[code]
  const remedy = facts.remedy ?? words.remedy
  return {
    headers: facts.headers ?? {},
    problem: {
      type: `urn:opsai:problem:${code}`,
      title: words.title,
      status: words.status,
      code,
      detail: facts.detail,
      displayMessage: facts.displayMessage ?? words.displayMessage,
      ...(remedy && { remedy }),
      retryable: words.retryable ?? facts.retryable ?? false,
      requestId,
      ...(facts.fieldErrors && { fieldErrors: facts.fieldErrors }),
    },
  }
}
