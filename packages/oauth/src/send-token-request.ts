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
  /** Nothing came back. The provider may have seen it all the same: a code is spent then. */
  | { kind: 'unreachable'; reason: 'timed_out' | 'cancelled' | 'no_connection' | 'too_long' }

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
    return { kind: 'answered', status: response.status, body, ...(contentType !== null && { contentType }) }
  } catch {
    const reason = signal?.aborted ? 'cancelled' : timeout.aborted ? 'timed_out' : 'no_connection'
    return { kind: 'unreachable', reason }
  }
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
