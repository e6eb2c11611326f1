// Declarations say how the client shows itself when it trades a code. Everything else that it asks of the same provider,
// a refresh or a revocation, goes likewise: in a header or in the body, never in the URL, which servers and proxies log.
import type { OAuthSpec } from './oauth-spec.js'
import type { Scope } from './template/evaluate.js'
import { renderText } from './template/render-pieces.js'
import type { Template } from './template/template.js'
import { variablesOf } from './template/variables-of.js'
import { toHeaders } from './token-request.js'

interface Client {
  clientId: string
  clientSecret: string
}

/** The client's own parameters of a body; where a header has its secret, only those that the declaration writes beside it. */
export function toClientParameters(
  spec: OAuthSpec,
  { clientId, clientSecret }: Client,
  scope: Scope,
): [string, string][] {
  const isInHeader = spec.tokenHeaders.some(({ value }) => names(spec, value, 'client_secret'))
  if (isInHeader) {
    return spec.tokenParams
      .filter(({ value }) => names(spec, value, 'client_id') || names(spec, value, 'client_secret'))
      .map(({ name, value }) => [renderText(name, scope), renderText(value, scope)])
  }
  return [
    [spec.keys.clientId, clientId],
    [spec.keys.clientSecret, clientSecret],
  ]
}

/** The headers of the token request. */
export function toClientHeaders(spec: OAuthSpec, scope: Scope): Record<string, string> {
  const written = spec.tokenHeaders.map(
    ({ name, value }) => [renderText(name, scope), renderText(value, scope)] as const,
  )
  return toHeaders(written, spec)
}

const keyOf = {
  auth_code: 'authCode',
  redirect_uri: 'redirectUri',
  state: 'state',
  scope: 'scope',
  client_id: 'clientId',
  client_secret: 'clientSecret',
} as const

/** Whether a template names a parameter of the flow, in whichever way. */
export function names({ keys }: OAuthSpec, template: Template, parameter: keyof typeof keyOf): boolean {
  const called = [`${parameter}_value`, `${parameter}_param`, keys[keyOf[parameter]]]
  return variablesOf(template).some((variable) => called.includes(variable))
}
