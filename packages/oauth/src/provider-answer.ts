// A token endpoint's answer, whatever it is. RFC 6749 §5.2 describes one error; providers have a dozen.
import { isObject } from './is-object.js'

/** What came over the wire. */
export interface HttpAnswer {
  status: number
  contentType?: string
  /** `Retry-After` as it came. */
  retryAfter?: string
  body: string
}

export interface Refused {
  kind: 'refused'
  /** The provider's own word (`invalid_grant`), or `http_401` where it had none. */
  code: string
  description?: string
  /** The code or the refresh token is spent: only a new sign-in helps. */
  needsSignIn: boolean
}

export interface Unavailable {
  kind: 'unavailable'
  /** It may work later; a code that was sent may still be spent. */
  reason: 'server_error' | 'too_many_requests' | 'redirected' | 'empty' | 'not_json' | 'not_an_object'
  status: number
  /** How long the provider asks to be left alone, in milliseconds: an hour at most. */
  retryAfterMs?: number
}

export type ProviderAnswer = { kind: 'answer'; body: Record<string, unknown> } | Refused | Unavailable

/**
 * Sorts an answer: something to look for tokens in, a refusal, or nothing to go by.
 *
 * @param now When the answer came, in milliseconds.
 */
export function readProviderAnswer(answer: HttpAnswer, now: number): ProviderAnswer {
  const { status, contentType = '', retryAfter, body } = answer
  const retryAfterMs = retryAfter === undefined ? undefined : toRetryAfterMs(retryAfter, now)
  const unavailable = (reason: Unavailable['reason']): Unavailable => ({
    kind: 'unavailable',
    reason,
    status,
    ...(retryAfterMs !== undefined && { retryAfterMs }),
  })
  const parsed = parseBody(body, contentType)
  const refusal = isObject(parsed) ? toRefusal(parsed, status) : undefined
  if (status === 429) return unavailable('too_many_requests')
  if (refusal && !passing.has(refusal.code) && status < 500) return refusal
  if (status >= 500 || status === 408 || refusal) return unavailable('server_error')
  if (status >= 300 && status < 400) return unavailable('redirected')
  if (status >= 400) return { kind: 'refused', code: `http_${status}`, needsSignIn: false }
  if (body.trim() === '') return unavailable('empty')
  if (parsed === undefined) return unavailable('not_json')
  return isObject(parsed) ? { kind: 'answer', body: parsed } : unavailable('not_an_object')
}

const longestWaitMs = 3_600_000

/** RFC 9110 §10.2.3: seconds, or a date. Nothing for what is neither. */
function toRetryAfterMs(retryAfter: string, now: number): number | undefined {
  const text = retryAfter.trim()
  const ms = /^\d+(\.\d+)?$/.test(text) ? Number(text) * 1_000 : Date.parse(text) - now
  return Number.isFinite(ms) ? Math.min(Math.max(ms, 0), longestWaitMs) : undefined
}

const passing = new Set([
  'temporarily_unavailable',
  'server_error',
  'slow_down',
  'ratelimited',
  'rate_limited',
  'fatal_error',
])
const spent = new Set([
  'invalid_grant',
  'invalid_code',
  'code_already_used',
  'bad_verification_code',
  'bad_auth_code',
  'bad_refresh_token',
  'invalid_refresh_token',
  'token_expired',
  'token_revoked',
])

function parseBody(body: string, contentType: string): unknown {
  try {
    return JSON.parse(body)
  } catch {
    // GitHub and others answer a form, some of them as text.
    const isForm = /x-www-form-urlencoded/i.test(contentType) || /^(access_token|error)=[^<>{}\s]*$/.test(body)
    return isForm ? Object.fromEntries(new URLSearchParams(body)) : undefined
  }
}

/**
 * `{error: 'invalid_grant'}`, `{error: {code|type|status, message}}` (Graph, Google), `{ok: false, error}` (Slack),
 * `{errors: [{code|type, message}]}`, `{success: false, …}`, `{status: 'BAD_AUTH_CODE', message}` (HubSpot), and on a
 * failing status whatever looks like a reason.
 */
function toRefusal(body: Record<string, unknown>, status: number): Refused | undefined {
  const first = Array.isArray(body.errors) ? body.errors[0] : undefined
  const error = [body.error, first, body.err].find(
    (candidate) =>
      candidate !== undefined && candidate !== null && candidate !== '' && candidate !== false && candidate !== 0,
  )
  const failed = status >= 400 || body.ok === false || body.success === false || isFailure(body.status)
  if (error === undefined && !failed) return undefined
  const details = isObject(error) ? error : {}
  const code = firstText(
    typeof error === 'string' ? error : undefined,
    details.code,
    details.type,
    details.status,
    body.error_code,
    body.code,
    typeof body.status === 'string' ? body.status : undefined,
  )
  const description = firstText(
    body.error_description,
    details.message,
    details.description,
    body.message,
    body.error_message,
    body.msg,
    body.detail,
  )
  return refused(code ?? `http_${status}`, description)
}

const isFailure = (status: unknown): boolean =>
  typeof status === 'string' && /^(error|fail|failed|failure|BAD_\w+)$/i.test(status)

const firstText = (...candidates: unknown[]): string | undefined =>
  candidates
    .filter((text): text is string | number => (typeof text === 'string' && text !== '') || typeof text === 'number')
    .map((text) => toLine(String(text)))[0]

/** Providers' words end up in logs and on pages: one line, of a length that fits. */
function toLine(text: string): string {
  return text.replace(/[\p{Cc}\p{Cf}]+/gu, ' ').slice(0, 500)
}

function refused(code: string, description: string | undefined): Refused {
  const needsSignIn = spent.has(code.toLowerCase())
  return { kind: 'refused', code: code.slice(0, 100), ...(description && { description }), needsSignIn }
}
