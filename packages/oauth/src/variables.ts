// What a template can name. Airbyte's engine makes a map of everything, secrets included; here each step has its own
// names, so a consent URL, which the browser sees, cannot name a secret.
import { OAuthError } from './oauth-error.js'
import type { OAuthKeys, OAuthSpec } from './oauth-spec.js'
import { toFormEncoded, toQueryValue } from './template/encode.js'
import type { Origin, Scope, Value } from './template/evaluate.js'

/** A step of the flow: what is known then. */
export type Step = 'consent' | 'token'
/** Raw texts go into bodies and headers, `url` ones are fit to stand in a URL. */
export type Context = 'url' | 'raw'

/** Values of the flow and of the connector's configuration. */
export interface FlowValues {
  clientId: string
  redirectUrl: string
  state: string
  clientSecret?: string
  code?: string
  codeVerifier?: string
  /** By the names of `spec.inputs`; see `readInputs`. */
  inputs: Readonly<Record<string, string>>
}

interface Parameter {
  /** What templates call it: `{name}_key`, `{name}_value`, `{name}_param`. */
  name: string
  key: string
  value: string
  origin: Origin
  /** Airbyte encodes these two in `_param`, and leaves the others raw. */
  isFormEncoded?: boolean
}

export function toScope(spec: OAuthSpec, step: Step, values: FlowValues, context: Context): Scope {
  const known = new Map(toParameters(spec, step, values).flatMap((parameter) => toVariables(parameter, context)))
  const forbidden = new Set(namesOfSecrets(spec.keys))
  const find = (name: string): Value | 'missing' => {
    const found = known.get(name)
    if (found) return found
    const extra = spec.extras.get(name)
    if (extra !== undefined) return { text: extra, origin: 'spec', isEncoded: false, variable: name }
    const isInput = spec.inputs.some((input) => input.name === name) && !forbidden.has(name)
    if (!isInput) throw new OAuthError('unknown_variable', `Nothing is called "${name}" here.`, name)
    const text = Object.hasOwn(values.inputs, name) ? values.inputs[name] : undefined
    return text ? { text, origin: 'input', isEncoded: false, variable: name } : 'missing'
  }
  return {
    ...(values.codeVerifier !== undefined && { codeVerifier: values.codeVerifier }),
    findOrEmpty: (name) => {
      const found = find(name)
      return found === 'missing' ? { text: '', origin: 'input', isEncoded: true, variable: name } : found
    },
    find: (name) => {
      const found = find(name)
      if (found !== 'missing') return found
      throw new OAuthError('missing_input', `"${name}" is needed before the sign-in can begin.`, name)
    },
  }
}

/** Inputs of these names are the operator's or the user's own app: they come as the flow's, never as an input. */
const namesOfSecrets = (keys: OAuthKeys): string[] => ['client_secret', keys.clientSecret, keys.authCode]

function toParameters(spec: OAuthSpec, step: Step, values: FlowValues): Parameter[] {
  const { keys } = spec
  const scope = spec.scope === undefined ? toInputScope(spec, values) : { value: spec.scope, origin: 'spec' as const }
  const parameters: Parameter[] = [
    { name: 'client_id', key: keys.clientId, value: values.clientId, origin: 'flow' },
    { name: 'redirect_uri', key: keys.redirectUri, value: values.redirectUrl, origin: 'flow', isFormEncoded: true },
    { name: 'state', key: keys.state, value: values.state, origin: 'flow' },
  ]
  if (step === 'token') {
    parameters.push({ name: 'client_secret', key: keys.clientSecret, value: values.clientSecret ?? '', origin: 'flow' })
    parameters.push({ name: 'auth_code', key: keys.authCode, value: values.code ?? '', origin: 'flow' })
  }
  if (scope) parameters.push({ name: 'scope', key: keys.scope, isFormEncoded: true, ...scope })
  if (spec.scope !== undefined) {
    parameters.push({ name: 'scopes', key: keys.scope, value: spec.scope, origin: 'spec', isFormEncoded: true })
  }
  if (spec.optionalScope !== undefined) {
    const name = 'optional_scopes'
    parameters.push({ name, key: name, value: spec.optionalScope, origin: 'spec', isFormEncoded: true })
  }
  return parameters
}

/** A specification without scopes whose users type them. */
function toInputScope({ inputs, keys }: OAuthSpec, values: FlowValues): { value: string; origin: Origin } | undefined {
  if (!inputs.some(({ name }) => name === keys.scope)) return undefined
  return { value: Object.hasOwn(values.inputs, keys.scope) ? (values.inputs[keys.scope] ?? '') : '', origin: 'input' }
}

function toVariables(parameter: Parameter, context: Context): [string, Value][] {
  const { name, key, value, origin, isFormEncoded } = parameter
  const plain: Value = { text: value, origin, isEncoded: false, variable: name }
  const quote = context === 'url' ? toQueryValue : (text: string) => text
  const text = `${key}=${isFormEncoded ? toFormEncoded(value) : quote(value)}`
  return [
    // `scopes` and `optional_scopes` are names of the specification, not of parameters.
    [name.endsWith('scopes') ? name : key, plain],
    [`${name}_value`, plain],
    [`${name}_param`, { text, origin, isEncoded: true, variable: name }],
    [`${name}_key`, { text: key, origin: 'spec', isEncoded: false, variable: name }],
  ]
}
