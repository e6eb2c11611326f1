// One call of the contract over fetch: token, one renewal on 401, problem → error, answer parsed at the border.
import { type AnyRoute, toPath } from '@opsai/contract'
import { newId } from './new-id.js'
import { OpsaiError, problemToError, toOpsaiError } from './opsai-error.js'
import type { SessionHolder } from './session-holder.js'

export interface RequestParts {
  params?: Readonly<Record<string, string>> | undefined
  query?: Readonly<Record<string, string | undefined>> | undefined
  body?: unknown
  signal?: AbortSignal | undefined
}

export interface RequestDeps {
  /** Absolute, or a path on this page's origin. */
  baseUrl: string
  fetch: typeof fetch
  session: SessionHolder
}

/** What every zod schema can do, whichever flavour it is. */
interface Parser {
  safeParse(data: unknown): { success: true; data: unknown } | { success: false; error: { message: string } }
}

/** Where a route is called. */
export function toUrl(baseUrl: string, path: string, query: RequestParts['query'] = {}): string {
  const page = globalThis.location?.href
  const url = new URL(baseUrl.replace(/\/+$/, '') + path, page)
  for (const [name, value] of Object.entries(query)) if (value !== undefined) url.searchParams.set(name, value)
  return url.href
}

/** Sends a request with a fresh token; throws {@link OpsaiError} for everything but success. */
export async function send(deps: RequestDeps, route: AnyRoute, parts: RequestParts): Promise<Response> {
  const url = toUrl(deps.baseUrl, toPath(route.path, { ...parts.params }), parts.query)
  // One key for both tries, so that a renewed token can't make twins.
  const idempotencyKey = route.method === 'POST' ? newId() : undefined
  const attempt = (token: string) =>
    deps.fetch(url, {
      method: route.method,
      headers: {
        accept: route.answersIn,
        authorization: `Bearer ${token}`,
        ...(route.body && { 'content-type': 'application/json' }),
        ...(idempotencyKey && { 'idempotency-key': idempotencyKey }),
      },
      ...(route.body && { body: JSON.stringify(parts.body ?? {}) }),
      ...(parts.signal && { signal: parts.signal }),
      credentials: 'omit',
      cache: 'no-store',
    })
  try {
    const { token } = await deps.session.get()
    let response = await attempt(token)
    if (response.status === 401) response = await attempt((await deps.session.renew(token)).token)
    if (response.ok) return response
    throw problemToError(response.status, await response.json().catch(() => undefined))
  } catch (thrown) {
    if (parts.signal?.aborted) throw thrown
    throw toOpsaiError(thrown)
  }
}

/** Sends a request and parses its JSON answer with the contract's schema. */
export async function sendForJson(deps: RequestDeps, route: AnyRoute, parts: RequestParts): Promise<unknown> {
  const response = await send(deps, route, parts)
  const answer: unknown = await response.json().catch(() => undefined)
  const schema = route.answers[response.status] as unknown as Parser | undefined
  const parsed = schema?.safeParse(answer)
  if (parsed?.success) return parsed.data
  throw new OpsaiError({
    code: 'upstream_invalid',
    message: `${route.method} ${route.path} answered ${response.status} in a shape the contract does not know: ${parsed ? parsed.error.message : 'unexpected status'}`,
    displayMessage: 'The data service gave an answer we could not read.',
    remedy: 'Try again. If it stays, contact support.',
    retryable: true,
    status: response.status,
  })
}
