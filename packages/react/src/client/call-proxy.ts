// One request to the proxy with a fresh token, and once more with a new one where it was refused. Knows no route and no
// schema, so that a page which only signs in loads neither.
import type { ProxyAccess } from './proxy-access.js'

export interface ProxyCall {
  /** @default 'GET' */
  method?: string
  /** @default 'application/json' */
  accept?: string
  /** Sent as JSON. */
  body?: unknown
  idempotencyKey?: string | undefined
  signal?: AbortSignal | undefined
}

/** The proxy's answer, whatever its status. Rejects where none came, or no session. */
export async function callProxy({ fetch, session }: ProxyAccess, url: string, call: ProxyCall = {}): Promise<Response> {
  const { method = 'GET', accept = 'application/json', body, idempotencyKey, signal } = call
  const attempt = (token: string) =>
    fetch(url, {
      method,
      headers: {
        accept,
        authorization: `Bearer ${token}`,
        ...(body !== undefined && { 'content-type': 'application/json' }),
        // One key for both tries, so that a renewed token can't make twins.
        ...(idempotencyKey && { 'idempotency-key': idempotencyKey }),
      },
      ...(body !== undefined && { body: JSON.stringify(body) }),
      ...(signal && { signal }),
      credentials: 'omit',
      cache: 'no-store',
    })
  const { token } = await session.get()
  const response = await attempt(token)
  return response.status === 401 ? attempt((await session.renew(token)).token) : response
}
