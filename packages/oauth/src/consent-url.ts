import type { OAuthSpec } from './oauth-spec.js'
import { toCodeChallenge } from './template/encode.js'
import { renderUrl } from './template/render-url.js'
import { toScope } from './variables.js'

export interface ConsentFlow {
  clientId: string
  /** Where the provider is to send the browser back. */
  redirectUrl: string
  /** See `createState`. */
  state: string
  /** See `createCodeVerifier`. With it the URL carries an S256 challenge, whether the specification has one or not. */
  codeVerifier?: string
  /** What the templates need of the configuration, see `readInputs`. */
  inputs?: Readonly<Record<string, string>>
}

/**
 * The provider's page for one sign-in (RFC 6749 §4.1.1), as the specification writes it.
 *
 * @throws OAuthError `missing_input` and `unsafe_value` name the input to ask the user for again.
 *
 * @example
 * const url = toConsentUrl(spec, { clientId, redirectUrl, state: createState(spec), inputs: { subdomain: 'acme' } })
 */
export function toConsentUrl(spec: OAuthSpec, flow: ConsentFlow): string {
  const scope = toScope(spec, 'consent', { ...flow, inputs: flow.inputs ?? {} }, 'url')
  const url = renderUrl(spec.consentUrl, scope, spec)
  return flow.codeVerifier === undefined ? url : withChallenge(url, flow.codeVerifier)
}

/** RFC 7636 §4.3. A challenge without a method would be a `plain` one. */
function withChallenge(url: string, codeVerifier: string): string {
  const missing = [
    /[?&]code_challenge=/.test(url) ? '' : `code_challenge=${toCodeChallenge(codeVerifier)}`,
    /[?&]code_challenge_method=/.test(url) ? '' : 'code_challenge_method=S256',
  ].filter(Boolean)
  return missing.reduce((longer, parameter) => `${longer}${longer.includes('?') ? '&' : '?'}${parameter}`, url)
}
