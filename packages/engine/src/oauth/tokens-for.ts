// Which access tokens an operation gets: those of the stored source, or its own for a sign-in that is not stored.
import type { Connector } from '../connector/connector.js'
import { isObject, type JsonObject } from '../secrets/schema.js'
import { createAccessTokens, type HandedTokens, type TokenLimits } from './access-tokens.js'
import { readGrant } from './grant.js'
import type { OAuthApps } from './oauth-apps.js'
import { signInOf } from './sign-in-of.js'
import type { SourceTokens } from './source-tokens.js'
import { createUnsavedTokens } from './unsaved-tokens.js'

export interface TokensForOptions {
  sourceTokens: SourceTokens
  apps: OAuthApps
  fetch: typeof globalThis.fetch
  now(): Date
}

export interface TokenWish {
  connector: Connector
  configuration: JsonObject
  /** The source that the configuration is of, and what that has stored. */
  source?: { sourceId: string; configuration: JsonObject }
}

/** Makes the way to access tokens; there are none where nobody is signed in, or the connector's own business. */
export function createTokensFor({ sourceTokens, apps, fetch, now }: TokensForOptions) {
  return async (
    { connector, configuration, source }: TokenWish,
    limits: Omit<TokenLimits, 'now'>,
  ): Promise<HandedTokens | undefined> => {
    const spec = signInOf(connector)
    if (spec.kind === 'unsupported' || !usesSignIn(connector, configuration)) return undefined
    const app = await apps.find(connector)
    const grant = readGrant(spec, configuration, app)
    // An edit may bring a sign-in of its own.
    const isStored = source && readGrant(spec, source.configuration, app).signIn === grant.signIn
    const place = isStored
      ? sourceTokens.placeOf({ sourceId: source.sourceId, connector, spec })
      : createUnsavedTokens({ spec, grant, name: connector.name }, { fetch, now })
    return createAccessTokens(place, { ...limits, now })
  }
}

export type TokensFor = ReturnType<typeof createTokensFor>

/** Whether the configuration holds tokens of a sign-in: the predicate of its specification, read as Airbyte's server does. */
export function usesSignIn({ spec }: Connector, configuration: JsonObject): boolean {
  if (!spec.advanced_auth) return false
  const { predicate_key: key = [], predicate_value: wanted = '' } = spec.advanced_auth
  if (key.length === 0) return true
  const value = key.reduce<unknown>((part, name) => (isObject(part) ? part[name] : undefined), configuration)
  return value !== undefined && (wanted === '' || value === wanted)
}
