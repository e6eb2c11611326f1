import { createHash } from 'node:crypto'
import type { DeclarativeOAuth } from '../connector/connector.js'

/** The provider's page for one sign-in: RFC 6749 §4.1.1, with PKCE (RFC 7636) where the provider knows it. */
export function toConsentUrl(
  oauth: DeclarativeOAuth,
  flow: { clientId: string; redirectUrl: string; state: string; codeVerifier: string },
): string {
  const url = new URL(oauth.consentUrl)
  url.searchParams.set('response_type', 'code')
  url.searchParams.set('client_id', flow.clientId)
  url.searchParams.set('redirect_uri', flow.redirectUrl)
  url.searchParams.set('state', flow.state)
  if (oauth.scopes.length > 0) url.searchParams.set('scope', oauth.scopes.join(' '))
  if (oauth.pkce === 'S256') {
    url.searchParams.set('code_challenge', createHash('sha256').update(flow.codeVerifier).digest('base64url'))
    url.searchParams.set('code_challenge_method', 'S256')
  }
  return url.href
}
