// Airbyte fails in at least five body shapes: Problem, KnownException, `{errorId}`, a bare
// JSON string, HTML of a gateway or nothing. All of them become one AirbyteError here.
import * as z from 'zod'
import { AirbyteError, type AirbyteErrorCode } from './airbyte-error.js'

/** An answer that is not 2xx, already read. */
export interface ErrorAnswer {
  /** What was asked, for the message: `POST /sources`. */
  call: string
  status: number
  /** The body as it came. */
  text: string
  /** `x-request-id`, where the server or a gateway sends one. */
  requestId?: string | null
  /** Replaces what was secret in the request wherever Airbyte quotes it. */
  scrub?: (text: string) => string
}

const Body = z.looseObject({
  type: z.string().optional().catch(undefined),
  title: z.string().optional().catch(undefined),
  detail: z.string().optional().catch(undefined),
  message: z.string().optional().catch(undefined),
  errorId: z.string().optional().catch(undefined),
  data: z
    .looseObject({ message: z.string().optional().catch(undefined) })
    .optional()
    .catch(undefined),
})

/** Makes the error of an answer that is not 2xx. */
export function toAirbyteError({ call, status, text, requestId, scrub = (it) => it }: ErrorAnswer): AirbyteError {
  const problem = parseJson(scrub(text))
  const body = Body.safeParse(problem).data
  const code = codeOf(status, body !== undefined)
  const detail = body?.data?.message ?? body?.message ?? body?.detail ?? body?.title ?? plainText(problem)
  return new AirbyteError(`Airbyte answered ${status} to ${call}: ${detail ?? meanings[code]}`, {
    code,
    status,
    retryable: isRetryable(status, body?.type),
    ...optional('requestId', body?.errorId ?? requestId ?? undefined),
    ...optional('detail', detail),
    ...optional('problem', problem),
  })
}

/** Only an answer about a thing has an object body; an unknown route says `"Object not found."` or sends a page. */
function codeOf(status: number, hasObjectBody: boolean): AirbyteErrorCode {
  if (status === 401) return 'unauthorized'
  if (status === 403) return 'forbidden'
  if (status === 404) return hasObjectBody ? 'not_found' : 'not_supported'
  if (status === 405 || status === 501) return 'not_supported'
  if (status === 408) return 'timeout'
  if (status === 409) return 'conflict'
  if (status === 429) return 'rate_limited'
  return status >= 500 ? 'unavailable' : 'invalid'
}

function isRetryable(status: number, type: string | undefined) {
  if (status === 409) return type?.includes('try-again-later') ?? false
  return status === 408 || status === 429 || (status >= 500 && status !== 501)
}

const meanings: Record<AirbyteErrorCode, string> = {
  unauthorized: 'the credentials are missing, wrong or expired',
  forbidden: 'not allowed, or no such id',
  not_found: 'no such id',
  invalid: 'the request was refused without a reason',
  conflict: 'it conflicts with something that is going on',
  rate_limited: 'too many requests',
  not_supported: 'this Airbyte does not offer the call',
  unavailable: 'Airbyte failed or is not there',
  timeout: 'it took too long',
  invalid_answer: 'the answer makes no sense',
  network: 'no answer',
  oauth_failed: 'the sign-in did not complete',
}

function parseJson(text: string): unknown {
  if (text === '') return undefined
  try {
    return JSON.parse(text)
  } catch {
    return text.slice(0, 2_000)
  }
}

/** A short plain text is worth showing; a gateway's HTML is not. */
function plainText(problem: unknown) {
  if (typeof problem !== 'string' || problem.trim().startsWith('<')) return undefined
  return problem.trim().slice(0, 300) || undefined
}

function optional<K extends string, V>(key: K, value: V | undefined): { [P in K]?: V } {
  return value === undefined ? {} : ({ [key]: value } as { [P in K]?: V })
}
