// A call as the resources make it: with a token, repeated where that is safe, within one time for all of it.
import type { AirbyteAuth } from './access-token.js'
import { createTokenSource } from './access-token.js'
import { toAddresses } from './addresses.js'
import { AirbyteError, isAirbyteError } from './airbyte-error.js'
import { type Call, isIdempotent, type Requester } from './call.js'
import { sleep, withSignal } from './deadline.js'
import { planRepeat } from './plan-repeat.js'
import { requestToken } from './request-token.js'
import { createSend } from './send.js'

export type { Call, CallOptions, Requester } from './call.js'

export interface RequesterOptions {
  baseUrl: string
  auth: AirbyteAuth
  fetch: (input: Request) => Response | Promise<Response>
  timeoutMs: number
  slowTimeoutMs: number
  /** For all repeats of one call; default twice the time of one. */
  totalTimeoutMs?: number | undefined
  repeats: number
  mayRepeat: (error: AirbyteError) => boolean
  maxAnswerBytes: number
  /** Milliseconds since the epoch. */
  now(): number
  /** Between 0 and 1. */
  random(): number
}

export function createRequester(options: RequesterOptions): Requester {
  const { auth, now, random } = options
  /** Not repeated: what the host's own `fetch` decided, and what was repeated already to get a token. */
  const final = new WeakSet<AirbyteError>()
  const fetch = async (input: Request) => {
    try {
      return await options.fetch(input)
    } catch (error) {
      if (isAirbyteError(error)) final.add(error)
      throw error
    }
  }
  const send = createSend({ ...options, fetch, addresses: toAddresses(options.baseUrl), secrets: secretsOf(auth) })
  const tokens = createTokenSource({ auth, now, request: (credentials) => requestToken(untilDone, credentials) })

  async function tokenFor(call: Call<unknown>): Promise<string | undefined> {
    if (call.anonymous) return undefined
    return await withSignal(tokens.get(), call.signal).catch((error: unknown) => {
      if (!isAirbyteError(error)) throw error
      const failed = new AirbyteError(error.message, { ...error, nothingDone: true, cause: error.cause })
      final.add(failed)
      throw failed
    })
  }

  /** An expired token is no failure yet: one new one is asked for, by all who need it together. */
  async function sendWithToken<T>(call: Call<T>, timeoutMs: number): Promise<T> {
    const token = await tokenFor(call)
    try {
      return await send(call, token, timeoutMs)
    } catch (error) {
      const expired = isAirbyteError(error) && error.code === 'unauthorized' && !call.anonymous
      if (!expired || !tokens.refuse(token)) throw error
      return await send(call, await tokenFor(call), timeoutMs)
    }
  }

  async function untilDone<T>(call: Call<T>): Promise<T> {
    const timeoutMs = call.slow ? Math.max(options.timeoutMs, options.slowTimeoutMs) : options.timeoutMs
    const end = performance.now() + (options.totalTimeoutMs ?? 2 * timeoutMs)
    let inDoubt = false
    for (let attempt = 0; ; attempt++) {
      try {
        return await sendWithToken(call, Math.max(1, Math.min(timeoutMs, end - performance.now())))
      } catch (error) {
        if (!isAirbyteError(error)) throw error
        if (inDoubt && isGone(call, error)) return undefined as T
        if (final.has(error) || attempt >= options.repeats) throw error
        const facts = { attempt, idempotent: isIdempotent(call), slow: call.slow ?? false, random: random() }
        const wait = planRepeat({ error, ...facts })
        if (wait === undefined || performance.now() + wait >= end || !options.mayRepeat(error)) throw error
        inDoubt ||= !error.nothingDone
        await sleep(wait, call.signal)
      }
    }
  }

  return untilDone
}

/** A delete whose first answer was lost: Airbyte says "not found" or "forbidden" of what is no longer there. */
const isGone = ({ method, answer }: Call<unknown>, { code }: AirbyteError) =>
  method === 'delete' && !answer && (code === 'not_found' || code === 'forbidden')

function secretsOf(auth: AirbyteAuth): string[] {
  if (auth.kind === 'client') return [auth.clientSecret]
  return auth.kind === 'apiKey' ? [auth.apiKey] : []
}
