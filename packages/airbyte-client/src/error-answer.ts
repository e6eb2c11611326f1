// Airbyte fails in at least five body shapes: Problem, KnownException, `{errorId}`, a bare
// JSON string, HTML of a gateway or nothing. All of them become one AirbyteError here.
import * as z from 'zod'
import { AirbyteError, type AirbyteErrorCode } from './airbyte-error.js'
import { parseJson } from './parse-json.js'
import { toPlainWords } from './plain-words.js'
import type { Scrub } from './scrub-secrets.js'

/** An answer that is not 2xx, already read. */
export interface ErrorAnswer {
  /** What was asked, for the message: `POST /sources`. */
  call: string
  status: number
  /** The body as it came, or as much of it as was read. */
  text: string
  /** `x-request-id`, where the server or a gateway sends one. */
  requestId?: string | null
  /** What `Retry-After` asks for, in milliseconds. */
  retryAfterMs?: number | undefined
  /** Takes out what was secret in the request wherever Airbyte quotes it. */
  scrub?: Scrub
}

const word = z.string().optional().catch(undefined)
const Body = z.looseObject({
  type: word,
  title: word,
  detail: word,
  message: word,
  errorId: word,
  data: z.looseObject({ message: word }).optional().catch(undefined),
})

/** Makes the error of an answer that is not 2xx. */
export function toAirbyteError({ call, status, text, requestId, retryAfterMs, scrub }: ErrorAnswer): AirbyteError {
  const problem = readProblem(text, scrub)
  const body = Body.safeParse(problem).data
  const problemType = body?.type && toProblemType(body.type)
  const code = codeOf(status, body !== undefined)
  const detail = findDetail(body, problem)
  return new AirbyteError(`Airbyte answered ${status} to ${call}: ${detail ?? meanings[code]}`, {
    code,
    status,
    retryable: isRetryable(status, problemType),
    nothingDone: status >= 400 && status < 500 && status !== 408,
    ...(retryAfterMs !== undefined && { retryAfterMs }),
    ...optional('requestId', toId(body?.errorId) ?? toId(requestId)),
    ...optional('problemType', problemType),
    ...optional('detail', detail),
    ...optional('problem', problem),
  })
}

/** What is JSON, and a text as short as Airbyte's own. A page of a gateway says nothing to anybody. */
function readProblem(text: string, scrub: Scrub | undefined): unknown {
  const parsed = parseJson(text)
  const problem = parsed.kind === 'value' ? parsed.value : shortText.test(text.trim()) ? text.trim() : undefined
  return scrub && problem !== undefined ? scrub.value(problem) : problem
}

const shortText = /^[\w .,:;'()/-]{1,120}$/

function findDetail(body: z.infer<typeof Body> | undefined, problem: unknown): string | undefined {
  const said = [body?.data?.message, body?.message, body?.detail, body?.title, problem]
  for (const it of said) {
    const words = typeof it === 'string' ? toPlainWords(it) : undefined
    if (words) return words
  }
  return undefined
}

/** `https://…/errors#try-again-later` → `try-again-later`; `error:connection/locked` → `connection/locked`. */
function toProblemType(type: string): string | undefined {
  return /^[\w/-]{1,80}$/.exec(type.replace(/^error:/, '').replace(/^[^#]*#/, ''))?.[0]
}

/** An id is looked up, copied and logged: nothing but an id may stand there. */
function toId(id: string | null | undefined): string | undefined {
  return id && /^[\w.:/=+-]{1,200}$/.test(id) ? id : undefined
}

/** Only an answer about a thing has an object body; an unknown route says `"Object not found."` or sends a page. */
function codeOf(status: number, hasObjectBody: boolean): AirbyteErrorCode {
  if (status === 301) return 'not_supported'
  if (status < 400) return 'invalid_answer'
  if (status === 401) return 'unauthorized'
  if (status === 403) return 'forbidden'
  if (status === 404) return hasObjectBody ? 'not_found' : 'not_supported'
  if (status === 405 || status === 410 || status === 501) return 'not_supported'
  if (status === 408) return 'timeout'
  if (status === 409) return 'conflict'
  if (status === 429) return 'rate_limited'
  return status >= 500 ? 'unavailable' : 'invalid'
}

function isRetryable(status: number, problemType: string | undefined) {
  if (status === 409) return problemType === 'try-again-later'
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
  invalid_answer: 'it points elsewhere; check the base URL',
  network: 'no answer',
  oauth_failed: 'the sign-in did not complete',
}

function optional<K extends string, V>(key: K, value: V | undefined): { [P in K]?: V } {
  return value === undefined ? {} : ({ [key]: value } as { [P in K]?: V })
}
