import type { AdvancedAuth } from '@opsai/contract'
import type { OAuthModel, OAuthPath } from './field.js'

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
