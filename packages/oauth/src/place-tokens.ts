import { isObject } from './is-object.js'
import type { OAuthSpec } from './oauth-spec.js'

/**
 * A copy of a configuration with the tokens, and the operator's app, where the connector wants them.
 *
 * @param outputs From `readTokens`.
 * @param server By the names of `spec.serverOutputs`, usually `client_id` and `client_secret`.
 *
 * @example
 * placeTokens(spec, configuration, tokens.outputs, { client_id: clientId, client_secret: clientSecret })
 */
export function placeTokens(
  spec: Pick<OAuthSpec, 'outputs' | 'serverOutputs' | 'tokenExpiryDatePath'>,
  configuration: Record<string, unknown>,
  outputs: Readonly<Record<string, string>>,
  server: Readonly<Record<string, string>> = {},
): Record<string, unknown> {
  const places = [
    ...spec.serverOutputs.map(({ name, path }) => ({ path, value: ownOf(server, name) })),
    ...spec.outputs.map(({ name, path }) => ({ path, value: ownOf(outputs, name) })),
    { path: spec.tokenExpiryDatePath, value: ownOf(outputs, 'token_expiry_date') },
  ]
  return places.reduce((placed, { path, value }) => {
    return path === undefined || value === undefined ? placed : setAt(placed, path, value)
  }, configuration)
}

const ownOf = (values: Readonly<Record<string, string>>, name: string) =>
  Object.hasOwn(values, name) ? values[name] : undefined

function setAt(
  target: Record<string, unknown>,
  [key, ...rest]: readonly string[],
  value: string,
): Record<string, unknown> {
  if (key === undefined) return target
  const inner = Object.hasOwn(target, key) ? target[key] : undefined
  // Entries, not a spread with `[key]:`, so that `__proto__` is a name like any other.
  const next = rest.length === 0 ? value : setAt(isObject(inner) ? inner : {}, rest, value)
  return Object.fromEntries([...Object.entries(target).filter(([name]) => name !== key), [key, next]])
}
