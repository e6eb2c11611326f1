import type { OAuthSpec, UnsupportedOAuth } from './oauth-spec.js'
import { parseOAuthSpec, type ParseOptions } from './parse-oauth-spec.js'
import { providers } from './providers.js'

/**
 * How a connector signs in: as its own specification says, else as our table of providers does.
 *
 * @param sourceType The connector's short name, `source-slack`.
 * @param advancedAuth `advanced_auth` or `advancedAuth` of its specification.
 *
 * @example
 * findOAuthSpec('source-slack', spec.advanced_auth, { scope: 'users:read' })
 */
export function findOAuthSpec(
  sourceType: string,
  advancedAuth: unknown,
  options: ParseOptions = {},
): OAuthSpec | UnsupportedOAuth {
  const declared = parseOAuthSpec(advancedAuth, options)
  const provider = Object.hasOwn(providers, sourceType) ? providers[sourceType] : undefined
  const isTheirs = declared.kind === 'declarative' || declared.reason !== 'not_declarative'
  return isTheirs || !provider ? declared : parseOAuthSpec(advancedAuth, { ...options, provider })
}
