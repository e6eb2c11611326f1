// Airbyte's access tokens live minutes (the documents disagree: 3, 15 or 60), so what the token says itself counts.
import { readJwtLifetime } from './jwt-lifetime.js'

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
  /** Posts the credentials and answers what came back. */
  request(credentials: { clientId: string; clientSecret: string }): Promise<TokenAnswer>
  /** Milliseconds since the epoch. */
  now(): number
}

/** `none`: with authentication switched off, a web page is where tokens are given out elsewhere, or nothing is. */
export type TokenAnswer = { kind: 'none' } | { kind: 'token'; token: string; expiresInSeconds?: number | undefined }

/** Where Airbyte does not say how long a token lives: the shortest of its documented lifetimes. */
const unsaidLifetimeMs = 180_000
/** A new token is asked for before the old one ends, so that no call leaves with one about to. */
const shareUsed = 0.8

/** One token for everybody: cached, renewed early, and asked for once however many callers wait for it. */
export function createTokenSource({ auth, request, now }: TokenSourceOptions): TokenSource {
  if (auth.kind === 'none') return { get: () => Promise.resolve(undefined), refuse: () => false }
  if (auth.kind === 'apiKey') return { get: () => Promise.resolve(auth.apiKey), refuse: () => false }

  let current: { token: string | undefined; renewAt: number } | undefined
  let pending: Promise<string | undefined> | undefined

  async function renew() {
    const answer = await request(auth as typeof auth & { kind: 'client' })
    const token = answer.kind === 'token' ? answer.token : undefined
    current = { token, renewAt: now() + lifetimeOf(answer) * shareUsed }
    return token
  }

  return {
    async get() {
      if (current && now() < current.renewAt) return current.token
      pending ??= renew().finally(() => (pending = undefined))
      return pending
    },
    refuse(token) {
      if (current?.token === token) current = undefined
      return true
    },
  }
}

function lifetimeOf(answer: TokenAnswer): number {
  if (answer.kind === 'none') return unsaidLifetimeMs
  const { token, expiresInSeconds } = answer
  return expiresInSeconds !== undefined ? expiresInSeconds * 1000 : (readJwtLifetime(token) ?? unsaidLifetimeMs)
}
