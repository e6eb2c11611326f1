// What is documented of token endpoints that many connectors declare and none describes, by their URL without its query.
import type { PkceUse, RefreshTokens } from './oauth-spec.js'

export interface KnownEndpoint {
  pkce?: PkceUse
  refreshTokens?: RefreshTokens
  /** Where tokens are revoked (RFC 7009). */
  revocationUrl?: string
}

export const knownEndpoints: Readonly<Record<string, KnownEndpoint>> = {
  // https://developers.google.com/identity/protocols/oauth2/web-server#tokenrevoke; S256 by
  // https://accounts.google.com/.well-known/openid-configuration
  'https://oauth2.googleapis.com/token': {
    pkce: 'S256',
    refreshTokens: 'stay',
    revocationUrl: 'https://oauth2.googleapis.com/revoke',
  },
  // https://learn.microsoft.com/entra/identity-platform/v2-oauth2-auth-code-flow; it revokes for administrators only.
  'https://login.microsoftonline.com/{{tenant_id}}/oauth2/v2.0/token': { pkce: 'S256', refreshTokens: 'renewed' },
  // https://developers.asana.com/docs/oauth#token-deauthorization-endpoint
  'https://app.asana.com/-/oauth_token': { revocationUrl: 'https://app.asana.com/-/oauth_revoke' },
}

/** Nothing for an endpoint that is not known. */
export function findKnownEndpoint(tokenUrl: string): KnownEndpoint {
  const [url = ''] = tokenUrl.split('?')
  return (Object.hasOwn(knownEndpoints, url) ? knownEndpoints[url] : undefined) ?? {}
}
