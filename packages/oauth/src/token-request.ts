import { OAuthError } from './oauth-error.js'
import type { OAuthSpec } from './oauth-spec.js'
import { toFormEncoded } from './template/encode.js'
import { renderText } from './template/render-pieces.js'
import { renderUrl } from './template/render-url.js'
import { toScope } from './variables.js'

/** A request as data: what `fetch` takes. It holds secrets: not for logs. */
export interface TokenRequest {
  method: 'POST'
  url: string
  headers: Record<string, string>
  body: string
}

export interface TokenFlow {
  clientId: string
  clientSecret: string
  /** What the provider sent back, see `readCallback`. It works once. */
  code: string
  redirectUrl: string
  state: string
  /** The one that the consent URL was made with. */
  codeVerifier?: string
  inputs?: Readonly<Record<string, string>>
}

/**
 * Trades a code for tokens (RFC 6749 §4.1.3), as the specification writes it: in the URL's query, a form or JSON.
 *
 * Where it differs from Airbyte's engine: values that would break out of their place are encoded, JSON is called JSON in
 * `Content-Type`, and the answer is asked for as JSON.
 *
 * @throws OAuthError `missing_input` or `unsafe_value`
 *
 * @example
 * const sent = await sendTokenRequest(toTokenRequest(spec, { clientId, clientSecret, redirectUrl, state, code }))
 */
export function toTokenRequest(spec: OAuthSpec, flow: TokenFlow): TokenRequest {
  const values = { ...flow, inputs: flow.inputs ?? {} }
  const url = renderUrl(spec.tokenUrl, toScope(spec, 'token', values, 'url'), spec)
  const scope = toScope(spec, 'token', values, 'raw')
  const parameters = spec.tokenParams.map(({ name, value }): [string, string] => [
    renderText(name, scope),
    renderText(value, scope),
  ])
  const verified = withVerifier({ url, parameters }, flow.codeVerifier)
  return {
    method: 'POST',
    url: verified.url,
    headers: toHeaders(
      spec.tokenHeaders.map(({ name, value }) => [renderText(name, scope), renderText(value, scope)]),
      spec,
    ),
    body: toBody(verified.parameters, spec.bodyFormat),
  }
}

/** Where the specification sends its state as the verifier, ours takes its place; elsewhere it goes beside the code. */
function withVerifier(request: { url: string; parameters: [string, string][] }, codeVerifier: string | undefined) {
  const { url, parameters } = request
  if (codeVerifier === undefined) return request
  if (/[?&]code_verifier=/.test(url)) {
    return { parameters, url: url.replace(/([?&]code_verifier=)[^&]*/, `$1${codeVerifier}`) }
  }
  if (parameters.length === 0 && url.includes('?')) return { parameters, url: `${url}&code_verifier=${codeVerifier}` }
  const others = parameters.filter(([name]) => name !== 'code_verifier')
  return { url, parameters: [...others, ['code_verifier', codeVerifier] as [string, string]] }
}

export function toBody(parameters: readonly (readonly [string, string])[], format: OAuthSpec['bodyFormat']): string {
  if (parameters.length === 0) return ''
  if (format === 'json') return JSON.stringify(Object.fromEntries(parameters))
  return parameters.map(([name, value]) => `${toFormEncoded(name)}=${toFormEncoded(value)}`).join('&')
}

export function toHeaders(written: (readonly [string, string])[], { bodyFormat }: OAuthSpec): Record<string, string> {
  const contentType = bodyFormat === 'json' ? 'application/json' : 'application/x-www-form-urlencoded'
  const headers = Object.fromEntries(written.map(([name, value]) => [checkName(name), checkValue(name, value)]))
  const has = (wanted: string) => Object.keys(headers).some((name) => name.toLowerCase() === wanted)
  return {
    ...headers,
    ...(has('content-type') ? {} : { 'Content-Type': contentType }),
    ...(has('accept') ? {} : { Accept: 'application/json' }),
  }
}

/** Those that say where a request ends and who is asked are the connection's. */
const ofTheConnection = /^(host|content-length|transfer-encoding|connection|upgrade|expect|te|trailer)$/i

function checkName(name: string): string {
  if (/^[A-Za-z0-9!#$%&'*+.^_`|~-]+$/.test(name) && !ofTheConnection.test(name)) return name
  throw new OAuthError('unsafe_value', 'A header of the token request has a name that cannot be sent.')
}

/** RFC 9110 §5.5. A line break would begin another header. */
function checkValue(name: string, value: string): string {
  if (/^[\t\x20-\x7e\x80-\xff]*$/.test(value)) return value
  throw new OAuthError('unsafe_value', `The header "${name}" of the token request has characters that cannot be sent.`)
}
