// Airbyte's access tokens live minutes (the documents disagree: 3, 15 or 60), so `expires_in` is what counts.
import * as z from 'zod'
import { AirbyteError } from './airbyte-error.js'
import { AccessToken } from './schemas.js'

/** How the client proves who it is: see `AirbyteClientOptions.auth`. */
export type AirbyteAuth =
  { kind: 'none' } | { kind: 'client'; clientId: string; clientSecret: string } | { kind: 'apiKey'; apiKey: string }

/** Hands out the bearer token of the moment. */
export interface TokenSource {
  /** `undefined` where this Airbyte wants none. */
  get(): Promise<string | undefined>
  /** Airbyte refused `token`: the next `get` asks for a new one. Returns whether that can help. */
  refuse(token: string | undefined): boolean
}

export interface TokenSourceOptions {
  auth: AirbyteAuth
  /** Posts the credentials and answers the parsed body. */
  request(body: Record<string, string>): Promise<unknown>
  /** Milliseconds since the epoch. */
  now(): number
}

/** Where Airbyte does not say how long a token lives: the shortest of its documented lifetimes. */
const unsaidLifetimeSeconds = 180

/** One token for everybody: cached, renewed early, and asked for once however many callers wait for it. */
export function createTokenSource({ auth, request, now }: TokenSourceOptions): TokenSource {
  if (auth.kind === 'none') return { get: () => Promise.resolve(undefined), refuse: () => false }
  if (auth.kind === 'apiKey') return { get: () => Promise.resolve(auth.apiKey), refuse: () => false }

  let current: { token: string | undefined; renewAt: number } | undefined
  let pending: Promise<string | undefined> | undefined

  async function renew() {
    const answer = await request({
      client_id: auth.kind === 'client' ? auth.clientId : '',
      client_secret: auth.kind === 'client' ? auth.clientSecret : '',
      'grant-type': 'client_credentials',
    })
    current = { ...parseToken(answer, now()) }
    return current.token
  }

  return {
    async get() {
      if (current && now() < current.renewAt) return current.token
      pending ??= renew().finally(() => (pending = undefined))
      return pending
    },
    refuse(token) {
      if (token !== undefined && current?.token === token) current = undefined
      return true
    },
  }
}

/** Self-managed Airbyte with authentication switched off answers a web page here: then no token is wanted. */
function parseToken(answer: unknown, now: number): { token: string | undefined; renewAt: number } {
  if (typeof answer === 'string' && answer.trimStart().startsWith('<')) {
    return { token: undefined, renewAt: now + unsaidLifetimeSeconds * 1000 }
  }
  const parsed = AccessToken.safeParse(answer)
  if (!parsed.success) {
    throw new AirbyteError(`Airbyte's token answer is not understood: ${z.prettifyError(parsed.error)}`, {
      code: 'invalid_answer',
    })
  }
  const lifetime = parsed.data.expires_in ?? unsaidLifetimeSeconds
  const early = Math.min(30, lifetime / 4)
  return { token: parsed.data.access_token, renewAt: now + (lifetime - early) * 1000 }
}
