// Whether signing in is the way for what is chosen now, and which fields it reads and fills.
import type { AdvancedAuth } from '@opsai/contract'
import type { FormModel, OAuthModel, OAuthPath } from './field.js'
import { getIn, isObject, isWithin, type Path, type PlainObject } from './path.js'
import { toConfiguration } from './to-configuration.js'

/** `advancedAuth` in paths; undefined where the connector has no sign-in. */
export function toOAuthModel(auth: AdvancedAuth | undefined, globalCredentials?: boolean): OAuthModel | undefined {
  const specification = auth?.oauthConfigSpecification
  if (auth === undefined || specification === undefined) return undefined
  const { predicateKey, predicateValue } = auth
  return {
    predicate:
      predicateKey === undefined || predicateKey.length === 0
        ? undefined
        : { path: predicateKey, value: predicateValue },
    inputs: toPaths(specification.oauthUserInputFromConnectorConfigSpecification),
    outputs: toPaths(specification.completeOAuthOutputSpecification),
    serverOutputs: toPaths(specification.completeOAuthServerOutputSpecification),
    globalCredentials,
  }
}

type PathSpecification = { properties?: Record<string, { path_in_connector_config?: string[] }> } | undefined

const toPaths = (specification: PathSpecification): OAuthPath[] =>
  Object.entries(specification?.properties ?? {}).map(([key, property]) => ({
    key,
    path: property.path_in_connector_config ?? [key],
  }))

/** What signing in means for the values a form holds now. */
export type OAuthOption =
  /** The connector has no sign-in, or another way is chosen; `insteadOf` is where sign-in would stand if chosen again. */
  | { way: 'manual'; insteadOf?: Path }
  | {
      way: 'signIn'
      /** The object the button belongs in: the choice with the predicate, or the root (`[]`). */
      at: Path
      /** Fields to be valid before consent, with the keys the provider's step knows them by. */
      inputs: OAuthPath[]
      /** Paths that signing in fills; their fields are not shown. */
      fills: Path[]
      /** Whether the configuration already holds what signing in brings. */
      filled: boolean
      /** Whether typing the values by hand may be offered: only where no operator's credentials exist. */
      manualIsOffered: boolean
    }

/**
 * Whether sign-in is the way for the current values, where its button stands, and what it fills.
 *
 * @param options.manual The person chose to type the credentials. Default false.
 * @example
 * const option = oauthOptionOf(model, values)
 * if (option.way === 'signIn') hide(option.fills)
 */
export function oauthOptionOf(model: FormModel, values: PlainObject, options: { manual?: boolean } = {}): OAuthOption {
  const { oauth } = model
  if (oauth === undefined) return { way: 'manual' }
  const configuration = toConfiguration(model, values)
  if (!holds(oauth, configuration)) return { way: 'manual' }
  const manualIsOffered = oauth.globalCredentials === false
  const at = oauth.predicate?.path.slice(0, -1) ?? []
  if (manualIsOffered && options.manual === true) return { way: 'manual', insteadOf: at }
  const outputs = oauth.outputs.map(({ path }) => path)
  const serverOutputs = oauth.serverOutputs.map(({ path }) => path)
  return {
    way: 'signIn',
    at,
    inputs: manualIsOffered ? [...oauth.inputs, ...oauth.serverOutputs] : oauth.inputs,
    fills: manualIsOffered ? outputs : [...outputs, ...serverOutputs],
    filled: outputs.length > 0 && outputs.every((path) => getIn(configuration, path) !== undefined),
    manualIsOffered,
  }
}

/** Whether a path is one that signing in fills. */
export const isFilledBySignIn = (option: OAuthOption, path: Path): boolean =>
  option.way === 'signIn' && option.fills.some((filled) => isWithin(path, filled))

// Values are compared as they are: the words in specs ("Client", "oauth2.0") follow no rule.
function holds(oauth: OAuthModel, configuration: PlainObject): boolean {
  const { predicate } = oauth
  if (predicate === undefined) return true
  const value = getIn(configuration, predicate.path)
  if (value === undefined || isObject(value)) return false
  return predicate.value === undefined || value === predicate.value || value === ''
}
