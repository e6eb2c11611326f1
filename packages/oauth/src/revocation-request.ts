import type { OAuthSpec } from './oauth-spec.js'
import { readProviderAnswer, type HttpAnswer, type Refused, type Unavailable } from './provider-answer.js'
import { toClientHeaders, toClientParameters } from './show-client.js'
import { renderUrl } from './template/render-url.js'
import { toBody, type TokenRequest } from './token-request.js'
import { toScope } from './variables.js'

export interface RevocationFlow {
  clientId: string
  clientSecret: string
  /** A refresh token takes what came with it along (RFC 7009 §2.1); an access token may go alone. */
  token: string
  inputs?: Readonly<Record<string, string>>
}

/**
 * Ends a sign-in at the provider (RFC 7009 §2.1); nothing where it is not known how. Without `token_type_hint`, which a
 * provider has to do without anyway.
 *
 * @throws OAuthError `missing_input` or `unsafe_value`
 *
 * @example
 * const request = toRevocationRequest(spec, { clientId, clientSecret, token: refreshToken })
 * const sent = request && (await sendTokenRequest(request))
 */
export function toRevocationRequest(spec: OAuthSpec, flow: RevocationFlow): TokenRequest | undefined {
  if (!spec.revocationUrl) return undefined
  const values = { ...flow, redirectUrl: '', state: '', code: 'none', inputs: flow.inputs ?? {} }
  const scope = toScope(spec, 'token', values, 'raw')
  return {
    method: 'POST',
    url: renderUrl(spec.revocationUrl, toScope(spec, 'token', values, 'url'), spec),
    headers: toClientHeaders(spec, scope),
    body: toBody([['token', flow.token], ...toClientParameters(spec, flow, scope)], spec.bodyFormat),
  }
}

export type RevocationAnswer = { kind: 'revoked' } | Refused | Unavailable

/**
 * What the provider said. A token that it does not know any more is as good as revoked, whether it says so by 200, as
 * RFC 7009 §2.2 wants, or by an error.
 *
 * @param now When the answer came, in milliseconds. Default: the clock.
 *
 * @example
 * if (sent.kind === 'answered' && readRevoked(sent).kind === 'revoked') forget(refreshToken)
 */
export function readRevoked(answer: HttpAnswer, now: number = Date.now()): RevocationAnswer {
  const read = readProviderAnswer(answer, now)
  if (read.kind === 'refused') return read.needsSignIn || read.code === 'invalid_token' ? { kind: 'revoked' } : read
  const isDone = answer.status >= 200 && answer.status < 300
  return isDone || read.kind === 'answer' ? { kind: 'revoked' } : read
}
