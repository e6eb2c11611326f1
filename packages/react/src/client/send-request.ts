// One call of the contract: problem → error, answer parsed at the border.
import { type AnyRoute, toPath } from '@opsai/contract'
import { callProxy } from './call-proxy.js'
import { newId } from './new-id.js'
import { OpsaiError, toOpsaiError } from './opsai-error.js'
import { problemToError } from './problem-to-error.js'
import type { ProxyAccess } from './proxy-access.js'
import { toUrl } from './to-url.js'
import { withQuery } from './with-query.js'

export interface RequestParts {
  params?: Readonly<Record<string, string>> | undefined
  query?: Readonly<Record<string, string | undefined>> | undefined
  body?: unknown
  signal?: AbortSignal | undefined
}

/** What every zod schema can do, whichever flavour it is. */
interface Parser {
  safeParse(data: unknown): { success: true; data: unknown } | { success: false; error: { message: string } }
}

/** Sends a request with a fresh token; throws {@link OpsaiError} for everything but success. */
export async function send(proxy: ProxyAccess, route: AnyRoute, parts: RequestParts): Promise<Response> {
  const url = withQuery(toUrl(proxy.baseUrl, toPath(route.path, { ...parts.params })), parts.query)
  try {
    const response = await callProxy(proxy, url, {
      method: route.method,
      accept: route.answersIn,
      body: route.body && (parts.body ?? {}),
      idempotencyKey: route.method === 'POST' ? newId() : undefined,
      signal: parts.signal,
    })
    if (response.ok) return response
    throw problemToError(response.status, await response.json().catch(() => undefined))
  } catch (thrown) {
    if (parts.signal?.aborted) throw thrown
    throw toOpsaiError(thrown)
  }
}

/** Sends a request and parses its JSON answer with the contract's schema. */
export async function sendForJson(proxy: ProxyAccess, route: AnyRoute, parts: RequestParts): Promise<unknown> {
  const response = await send(proxy, route, parts)
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
