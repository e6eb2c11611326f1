import { OAuthError } from './oauth-error.js'
import type { OAuthSpec } from './oauth-spec.js'
import type { Template } from './template/template.js'
import { variablesOf } from './template/variables-of.js'
import { toScope, type FlowValues, type Step } from './variables.js'

const nothing: FlowValues = { clientId: '', redirectUrl: '', state: '', inputs: {} }

/** @throws OAuthError `unknown_variable`, also where a consent URL names the secret or the code. */
export function checkVariables(spec: OAuthSpec): void {
  check(spec, 'consent', 'consent_url', [spec.consentUrl])
  check(spec, 'token', 'access_token_url', [
    spec.tokenUrl,
    ...(spec.refreshUrl ? [spec.refreshUrl] : []),
    ...(spec.revocationUrl ? [spec.revocationUrl] : []),
  ])
  check(spec, 'token', 'access_token_headers', pairs(spec.tokenHeaders))
  check(spec, 'token', 'access_token_params', pairs(spec.tokenParams))
}

const pairs = (entries: OAuthSpec['tokenParams']): Template[] => entries.flatMap(({ name, value }) => [name, value])

function check(spec: OAuthSpec, step: Step, where: string, templates: Template[]): void {
  const scope = toScope(spec, step, nothing, 'raw')
  for (const name of templates.flatMap(variablesOf)) {
    try {
      scope.findOrEmpty(name)
    } catch {
      throw new OAuthError('unknown_variable', `"${where}" names "${name}", which nothing is called there.`, name)
    }
  }
}
