import { isObject } from './is-object.js'
import type { OAuthOutput, OAuthSpec } from './oauth-spec.js'
import { readProviderAnswer, type HttpAnswer, type Refused, type Unavailable } from './provider-answer.js'
import { toExpiry } from './to-expiry.js'

export interface Tokens {
  kind: 'tokens'
  /** By name, as text: what goes into the configuration. With an expiry there is a `token_expiry_date` too, as at Airbyte. */
  outputs: Record<string, string>
  accessToken?: string
  refreshToken?: string
  /** ISO 8601, UTC. */
  expiresAt?: string
}

export type TokenAnswer =
  | Tokens
  | Refused
  | Unavailable
  /** It looks like success and lacks what the connector needs: a scope was not granted, or the app is set up otherwise. */
  | { kind: 'incomplete'; missing: string[] }

/**
 * Takes the tokens out of a provider's answer.
 *
 * @param now When the answer came, in milliseconds. Default: the clock.
 *
 * @example
 * const answer = readTokens(spec, sent)
 * if (answer.kind === 'tokens') await store(answer.outputs)
 */
export function readTokens(spec: OAuthSpec, answer: HttpAnswer, now: number = Date.now()): TokenAnswer {
  const read = readProviderAnswer(answer, now)
  return read.kind === 'answer' ? extract(spec, read.body, now, spec.outputs) : read
}

export type RefreshAnswer = (Tokens & { refreshToken: string; isRotated: boolean }) | Exclude<TokenAnswer, Tokens>

/**
 * The same for a refresh. A provider that rotates sends a new refresh token and the old one is spent; one that does not
 * sends none, and the old one stays. What else the first answer had (a shop, an account) need not come again.
 *
 * @example
 * const answer = readRefreshed(spec, sent, refreshToken)
 * if (answer.kind === 'tokens') await store(answer.refreshToken)
 */
export function readRefreshed(
  spec: OAuthSpec,
  answer: HttpAnswer,
  oldRefreshToken: string,
  now: number = Date.now(),
): RefreshAnswer {
  const read = readProviderAnswer(answer, now)
  if (read.kind !== 'answer') return read
  const accessToken = spec.outputs.find(({ name }) => name === 'access_token')
  const others = spec.outputs.filter(({ name }) => name === 'refresh_token' || name === spec.tokenExpiryKey)
  const wanted = [accessToken ?? { name: 'access_token', answerPath: ['access_token'] }, ...others]
  const tokens = extract(spec, read.body, now, wanted, { refresh_token: oldRefreshToken })
  if (tokens.kind !== 'tokens') return tokens
  const refreshToken = tokens.refreshToken ?? oldRefreshToken
  return { ...tokens, refreshToken, isRotated: refreshToken !== oldRefreshToken }
}

function extract(
  spec: OAuthSpec,
  body: Record<string, unknown>,
  now: number,
  wanted: readonly OAuthOutput[],
  kept: Readonly<Record<string, string>> = {},
): TokenAnswer {
  const found = wanted.map(({ name, answerPath }) => ({
    name,
    text: toText(valueAt(body, answerPath)) ?? (Object.hasOwn(kept, name) ? kept[name] : undefined),
  }))
  const missing = found.filter(({ name, text }) => text === undefined && name !== spec.tokenExpiryKey)
  if (missing.length > 0) return { kind: 'incomplete', missing: missing.map(({ name }) => name) }
  const outputs = Object.fromEntries(found.flatMap(({ name, text }) => (text === undefined ? [] : [[name, text]])))
  const expiresAt = toExpiry(outputs[spec.tokenExpiryKey] ?? body[spec.tokenExpiryKey], now)
  const accessToken = outputs.access_token ?? toText(body.access_token)
  const refreshToken = outputs.refresh_token ?? toText(body.refresh_token)
  return {
    kind: 'tokens',
    outputs: { ...outputs, ...(expiresAt && { token_expiry_date: expiresAt }) },
    ...(accessToken && { accessToken }),
    ...(refreshToken && { refreshToken }),
    ...(expiresAt && { expiresAt }),
  }
}

function valueAt(body: unknown, path: readonly (string | number)[]): unknown {
  return path.reduce<unknown>((of, key) => {
    if (Array.isArray(of)) return of[Number(key)]
    return isObject(of) && Object.hasOwn(of, key) ? of[key] : undefined
  }, body)
}

/** Numbers and the like go into configurations as text, as at Airbyte. */
function toText(value: unknown): string | undefined {
  if (typeof value === 'string') return value === '' ? undefined : value
  return typeof value === 'number' || typeof value === 'boolean' ? String(value) : undefined
}
