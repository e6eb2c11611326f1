// The rim: the only file that talks HTTP. One request, one answer, and every way it can go wrong made one error.
import type { AirbyteAddresses } from './addresses.js'
import { AirbyteError, isAirbyteError } from './airbyte-error.js'
import { type Call, nameOf } from './call.js'
import { type Deadline, startDeadline } from './deadline.js'
import { toAirbyteError } from './error-answer.js'
import { toNetworkError } from './network-error.js'
import { readText } from './read-text.js'
import { parseRetryAfter } from './retry-after.js'
import { createScrub } from './scrub-secrets.js'
import { invalid, understandAnswer } from './understand-answer.js'

export interface SendOptions {
  addresses: AirbyteAddresses
  fetch: (input: Request) => Response | Promise<Response>
  maxAnswerBytes: number
  /** Never to be seen in an error. */
  secrets: string[]
  /** Milliseconds since the epoch. */
  now(): number
}

/** Sends a call once, with `token`, and waits `timeoutMs` for the whole answer. */
export type Send = <T>(call: Call<T>, token: string | undefined, timeoutMs: number) => Promise<T>

/** Of an answer that is not good, no more is read than Airbyte's own errors are long. */
const maxErrorBytes = 64 * 1024

export function createSend(options: SendOptions): Send {
  return async (call, token, timeoutMs) => {
    const scrub = createScrub(call.json, [...options.secrets, token ?? ''])
    const deadline = startDeadline(timeoutMs, call.signal)
    try {
      const response = await deadline.within(fetchOnce(options, call, token, deadline))
      if (response.ok) return await readGood(response, call, options, deadline)
      throw toAirbyteError({
        call: nameOf(call),
        status: response.status,
        text: await readBad(response, deadline),
        requestId: response.headers.get('x-request-id'),
        retryAfterMs: parseRetryAfter(response.headers.get('retry-after'), options.now()),
        scrub,
      })
    } catch (error) {
      if (call.signal?.aborted) throw call.signal.reason
      if (isAirbyteError(error)) throw error
      if (deadline.expired()) throw tooLate(call, timeoutMs)
      throw toNetworkError(error, nameOf(call), scrub)
    } finally {
      deadline.end()
    }
  }
}

async function fetchOnce(
  { addresses, fetch }: SendOptions,
  call: Call<unknown>,
  token: string | undefined,
  { signal }: Deadline,
): Promise<Response> {
  const query = call.search?.toString()
  const url = `${addresses[call.door]}/${call.path}${query ? `?${query}` : ''}`
  const headers = new Headers({ accept: call.text ? '*/*' : 'application/json' })
  if (token) headers.set('authorization', `Bearer ${token}`)
  if (call.json !== undefined) headers.set('content-type', 'application/json')
  const body = call.json === undefined ? undefined : JSON.stringify(call.json)
  const method = call.method.toUpperCase()
  return await fetch(
    new Request(url, { method, headers, signal, redirect: 'manual', ...(body !== undefined && { body }) }),
  )
}

async function readGood<T>(response: Response, call: Call<T>, options: SendOptions, deadline: Deadline): Promise<T> {
  const { status, headers } = response
  if (!call.answer) {
    response.body?.cancel().catch(() => {})
    if (headers.get('content-type')?.includes('html')) {
      throw invalid(call, 'is a web page: check the base URL.', status, true)
    }
    return undefined as T
  }
  const { text, cut } = await readText(response, options.maxAnswerBytes, deadline)
  if (cut) throw invalid(call, `is longer than ${options.maxAnswerBytes} bytes (maxAnswerBytes).`, status, true)
  return understandAnswer(text, call, call.answer, status)
}

/** The status says enough where the body does not come. */
async function readBad(response: Response, deadline: Deadline): Promise<string> {
  return await readText(response, maxErrorBytes, deadline).then(
    ({ text }) => text,
    () => '',
  )
}

const tooLate = (call: Call<unknown>, ms: number) =>
  new AirbyteError(`Airbyte did not answer ${nameOf(call)} within ${Math.round(ms)} ms.`, {
    code: 'timeout',
    retryable: true,
  })
