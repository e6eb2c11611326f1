// When a configuration wants sign-in at the provider, and what sign-in is told and leaves behind. Pure.
import type { SourceSpec } from '@opsai/airbyte-client'
import { readAt, writeAt } from './at-path.js'

type Spec = Pick<SourceSpec, 'advancedAuth' | 'advancedAuthGlobalCredentialsAvailable'>
type Tree = Record<string, unknown>
type PathsName =
  | 'oauthUserInputFromConnectorConfigSpecification'
  | 'completeOAuthOutputSpecification'
  | 'completeOAuthServerOutputSpecification'

/** Where a part of the sign-in stands in the configuration, by its name. */
export function pathsOf(spec: Spec, name: PathsName): [string, string[]][] {
  const properties = spec.advancedAuth?.oauthConfigSpecification?.[name]?.properties ?? {}
  return Object.entries(properties).flatMap(([key, { path_in_connector_config: path }]) =>
    path && path.length > 0 ? [[key, path] satisfies [string, string[]]] : [],
  )
}

export const isFilled = (value: unknown) => value !== undefined && value !== null && value !== ''

/**
 * Whether this configuration is one for signing in: the connector offers it, the configuration has not chosen another
 * way, and holds no tokens yet.
 */
export function wantsSignIn(spec: Spec, configuration: Tree): boolean {
  return choosesSignIn(spec, configuration) && !hasTokens(spec, configuration)
}

/** Whether the connector offers signing in, and the configuration has not chosen another way. */
export function choosesSignIn(spec: Spec, configuration: Tree): boolean {
  const auth = spec.advancedAuth
  if (!auth?.oauthConfigSpecification) return false
  return isChosen(auth.predicateKey ?? [], auth.predicateValue, configuration)
}

function isChosen(key: readonly string[], value: string | undefined, configuration: Tree): boolean {
  if (key.length === 0) return true
  const chosen = readAt(configuration, key)
  if (isFilled(chosen)) return value === undefined || chosen === value
  const beside = key.length > 1 ? readAt(configuration, key.slice(0, -1)) : undefined
  return beside === undefined
}

const hasTokens = (spec: Spec, configuration: Tree) =>
  pathsOf(spec, 'completeOAuthOutputSpecification').some(([, path]) => isFilled(readAt(configuration, path)))

/**
 * What Airbyte is told about the sign-in: the inputs the provider needs and, where the operator holds no app, the
 * user's own client id and secret. It must be the same at both ends of the flow.
 */
export function toOAuthInput(spec: Spec, configuration: Tree): Tree {
  const asked = [
    ...pathsOf(spec, 'oauthUserInputFromConnectorConfigSpecification'),
    ...(spec.advancedAuthGlobalCredentialsAvailable ? [] : pathsOf(spec, 'completeOAuthServerOutputSpecification')),
  ]
  const given = asked.map(([key, path]) => [key, readAt(configuration, path)] as const)
  return Object.fromEntries(given.filter(([, value]) => isFilled(value)))
}

/** Whether nobody holds an app to sign in with: not the operator, and not the user's configuration. */
export function lacksApp(spec: Spec, configuration: Tree): boolean {
  if (spec.advancedAuthGlobalCredentialsAvailable !== false) return false
  const paths = pathsOf(spec, 'completeOAuthServerOutputSpecification')
  return paths.length > 0 && paths.some(([, path]) => !isFilled(readAt(configuration, path)))
}

/** The configuration to create with: Airbyte fills the tokens in, but must be told which option they are for. */
export function withDiscriminator(spec: Spec, configuration: Tree): Tree {
  const { predicateKey, predicateValue } = spec.advancedAuth ?? {}
  return predicateKey?.length && predicateValue ? writeAt(configuration, predicateKey, predicateValue) : configuration
}
