import type { HttpAnswer } from './provider-answer.js'
import type { TokenRequest } from './token-request.js'

export interface SendOptions {
  fetch?: typeof globalThis.fetch
  /** Milliseconds for the whole exchange. Default: 20,000. */
  timeoutMs?: number
  signal?: AbortSignal
}

export type Sent =
  | ({ kind: 'answered' } & HttpAnswer)
  /**
   * Nothing came back. Except for `no_connection` the provider may have seen it all the same: a code is spent then, and
   * so is a refresh token that rotates.
   */
  | { kind: 'unreachable'; reason: 'timed_out' | 'cancelled' | 'no_connection' | 'answer_lost' | 'too_long' }

/** No token answer comes near it. */
const mostBytes = 256 * 1024

/**
 * Sends a token request, once: a code works once, and a refresh token may. Redirects are not followed, as the client's
 * secret must not travel on.
 */
export async function sendTokenRequest(request: TokenRequest, options: SendOptions = {}): Promise<Sent> {
  const { fetch = globalThis.fetch, timeoutMs = 20_000, signal } = options
  const timeout = AbortSignal.timeout(timeoutMs)
  try {
    const { url, ...init } = request
    const limited = signal ? AbortSignal.any([timeout, signal]) : timeout
    const response = await fetch(url, { ...init, redirect: 'manual', signal: limited })
    const body = await readBody(response)
    if (body === undefined) return { kind: 'unreachable', reason: 'too_long' }
    const contentType = response.headers.get('content-type')
    const retryAfter = response.headers.get('retry-after')
    return {
      kind: 'answered',
      status: response.status,
      body,
      ...(contentType !== null && { contentType }),
      ...(retryAfter !== null && { retryAfter }),
    }
  } catch (error) {
    const reason = signal?.aborted ? 'cancelled' : timeout.aborted ? 'timed_out' : toReason(error)
    return { kind: 'unreachable', reason }
  }
}

/** What fails before a byte of the request has left, by the codes of Node and of its `fetch`. */
const beforeSending =
  /^(ECONNREFUSED|ENOTFOUND|EAI_|EHOSTUNREACH|ENETUNREACH|UND_ERR_CONNECT_TIMEOUT|ERR_TLS_|CERT_|DEPTH_ZERO_|SELF_SIGNED_|UNABLE_TO_)/

/** Only what is known to have failed before is `no_connection`: taking a lost answer for one would hide a spent token. */
function toReason(error: unknown): 'no_connection' | 'answer_lost' {
  const cause = error instanceof Error ? error.cause : undefined
  if (!(cause instanceof Error)) return 'answer_lost'
  const code = 'code' in cause ? String(cause.code) : ''
  return beforeSending.test(code) || cause.message === 'bad port' ? 'no_connection' : 'answer_lost'
}

async function readBody(response: Response): Promise<string | undefined> {
  const chunks: Uint8Array[] = []
  let length = 0
  for await (const chunk of response.body ?? []) {
    length += chunk.length
    // Leaving the loop ends the connection.
    if (length > mostBytes) return undefined
    chunks.push(chunk)
  }
  return Buffer.concat(chunks).toString('utf8')
}
