// A declarative specification does not say how to refresh; connectors do that themselves. It says how the provider wants
// to know the client, and RFC 6749 §6 says the rest.
import type { OAuthSpec } from './oauth-spec.js'
import { names, toClientHeaders, toClientParameters } from './show-client.js'
import { renderText } from './template/render-pieces.js'
import { renderUrl } from './template/render-url.js'
import { toBody, type TokenRequest } from './token-request.js'
import { toScope } from './variables.js'

export interface RefreshFlow {
  clientId: string
  clientSecret: string
  refreshToken: string
  inputs?: Readonly<Record<string, string>>
}

/**
 * Trades a refresh token for an access token. The client shows itself as in the token request (header or body), but never
 * in the URL, which servers and proxies log.
 *
 * A refresh token may work once only: let one request run at a time, and store what comes back before it is used.
 *
 * @throws OAuthError `missing_input` or `unsafe_value`
 *
 * @example
 * const sent = await sendTokenRequest(toRefreshRequest(spec, { clientId, clientSecret, refreshToken }))
 */
export function toRefreshRequest(spec: OAuthSpec, flow: RefreshFlow): TokenRequest {
  const values = { ...flow, redirectUrl: '', state: '', inputs: flow.inputs ?? {} }
  const scope = toScope(spec, 'token', values, 'raw')
  const grant: [string, string][] = [
    ['grant_type', 'refresh_token'],
    ['refresh_token', flow.refreshToken],
  ]
  const client = toClientParameters(spec, flow, scope)
  const own = new Set([...grant, ...client].map(([name]) => name))
  const others = spec.tokenParams
    .filter(({ value }) => !ofTheCode.some((variable) => names(spec, value, variable)))
    .map(({ name, value }): [string, string] => [renderText(name, scope), renderText(value, scope)])
    .filter(([name]) => !own.has(name) && name !== 'code_verifier')
  return {
    method: 'POST',
    url: toRefreshUrl(spec, values),
    headers: toClientHeaders(spec, scope),
    body: toBody([...grant, ...client, ...others], spec.bodyFormat),
  }
}

/** What only the trade of a code has. Left out, a scope stays what it was. */
const ofTheCode = ['auth_code', 'redirect_uri', 'state', 'scope'] as const

function toRefreshUrl(spec: OAuthSpec, values: Parameters<typeof toScope>[2]): string {
  const scope = toScope(spec, 'token', { ...values, code: 'none' }, 'url')
  const url = renderUrl(spec.refreshUrl ?? spec.tokenUrl, scope, spec)
  return spec.refreshUrl ? url : url.replace(/\?.*$/, '')
}
