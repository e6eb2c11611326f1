// The rim: the only file that talks HTTP. Everything above it names a door, a path and the shape of the answer.
import ky, { HTTPError, TimeoutError } from 'ky'
import * as z from 'zod'
import { createTokenSource, type AirbyteAuth } from './access-token.js'
import { toAddresses } from './addresses.js'
import { AirbyteError } from './airbyte-error.js'
import { toAirbyteError } from './error-answer.js'
import { createScrub } from './scrub-secrets.js'

/** Given last to every method. */
export interface CallOptions {
  /** Gives the call up; the promise then rejects with the signal's reason. */
  signal?: AbortSignal
}

/** One call of Airbyte's API. */
export interface Call<T> extends CallOptions {
  /** Which of the two APIs. */
  door: 'public' | 'config'
  method: 'get' | 'post' | 'put' | 'patch' | 'delete'
  /** Below the door's root, without a slash in front. */
  path: string
  json?: unknown
  search?: URLSearchParams
  /** What a good answer looks like; without it the body is not read. */
  answer?: z.ZodType<T>
  /** A POST that only reads: may be repeated like a GET. */
  reads?: boolean
  /** Needs no token. */
  anonymous?: boolean
  /** The connector works while we wait: at least two minutes. */
  slow?: boolean
}

export type Requester = <T = void>(call: Call<T>) => Promise<T>

export interface RequesterOptions {
  baseUrl: string
  auth: AirbyteAuth
  fetch: (input: Request) => Response | Promise<Response>
  timeoutMs: number
  now(): number
}

const slowTimeoutMs = 120_000

export function createRequester({ baseUrl, auth, fetch, timeoutMs, now }: RequesterOptions): Requester {
  const addresses = toAddresses(baseUrl)
  const api = ky.create({
    fetch: async (input, init) => fetch(input instanceof Request ? input : new Request(input, init)),
    redirect: 'manual',
  })
  const tokens = createTokenSource({ auth, request: requestToken, now })

  async function requestToken(body: Record<string, string>) {
    const path = 'applications/token'
    try {
      return await send({ door: 'public', method: 'post', path, json: body, answer: z.unknown() }, undefined)
    } catch (error) {
      throw toTokenError(error)
    }
  }

  async function send<T>(call: Call<T>, token: string | undefined): Promise<T> {
    const name = `${call.method.toUpperCase()} /${call.path}`
    try {
      const response = await api(call.path, {
        method: call.method,
        prefixUrl: addresses[call.door],
        headers: { accept: 'application/json', ...(token && { authorization: `Bearer ${token}` }) },
        ...(call.json !== undefined && { json: call.json }),
        ...(call.search && { searchParams: call.search }),
        ...(call.signal && { signal: call.signal }),
        timeout: call.slow ? Math.max(timeoutMs, slowTimeoutMs) : timeoutMs,
        retry: retryOf(call),
      })
      return await readAnswer(response, call.answer, name)
    } catch (error) {
      throw await toError(error, name, call)
    }
  }

  return async (call) => {
    const token = call.anonymous ? undefined : await tokens.get()
    try {
      return await send(call, token)
    } catch (error) {
      const expired = error instanceof AirbyteError && error.code === 'unauthorized' && !call.anonymous
      if (!expired || !tokens.refuse(token)) throw error
      return await send(call, await tokens.get())
    }
  }
}

/** Reads are repeated with full jitter. Nothing that creates is: Airbyte has no idempotency keys. */
function retryOf(call: Call<unknown>) {
  const limit = call.method === 'get' || call.reads ? 3 : 0
  return {
    limit,
    methods: [call.method],
    statusCodes: [408, 429, 502, 503, 504],
    backoffLimit: 5_000,
    maxRetryAfter: 10_000,
    jitter: true,
  }
}

async function readAnswer<T>(response: Response, answer: z.ZodType<T> | undefined, name: string): Promise<T> {
  if (!answer) {
    await response.body?.cancel()
    return undefined as T
  }
  const text = await response.text()
  const parsed = answer.safeParse(parseJson(text))
  if (parsed.success) return parsed.data
  throw new AirbyteError(
    `Airbyte's answer to ${name} is not what its documents say: ${z.prettifyError(parsed.error)}`,
    { code: 'invalid_answer', status: response.status },
  )
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch {
    return text
  }
}

/** The HTTP error itself is dropped: it holds the request, and the request holds the token and the configuration. */
async function toError(error: unknown, name: string, call: Call<unknown>): Promise<unknown> {
  if (error instanceof AirbyteError) return error
  if (call.signal?.aborted) return call.signal.reason
  if (error instanceof HTTPError) {
    return toAirbyteError({
      call: name,
      status: error.response.status,
      text: await error.response.text().catch(() => ''),
      requestId: error.response.headers.get('x-request-id'),
      scrub: createScrub(call.json),
    })
  }
  if (error instanceof TimeoutError) {
    return new AirbyteError(`Airbyte did not answer ${name} in time.`, { code: 'timeout', retryable: true })
  }
  return new AirbyteError(`Airbyte can't be reached for ${name}: ${reasonOf(error)}`, {
    code: 'network',
    retryable: true,
    cause: error,
  })
}

function reasonOf(error: unknown): string {
  if (!(error instanceof Error)) return String(error)
  return error.cause instanceof Error ? error.cause.message || error.message : error.message
}

/** Wrong credentials are 401, 400 or even 500, by edition. */
function toTokenError(error: unknown): unknown {
  if (!(error instanceof AirbyteError) || error.status === undefined) return error
  if (![400, 401, 403, 500].includes(error.status)) return error
  return new AirbyteError(
    `Airbyte gave no access token (${error.status}): check the client id and secret of the application.`,
    { code: 'unauthorized', status: error.status, ...(error.requestId && { requestId: error.requestId }) },
  )
}
