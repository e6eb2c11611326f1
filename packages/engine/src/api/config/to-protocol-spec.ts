// A connector's spec as the Airbyte Protocol writes it: `advanced_auth` in snake_case, where the API says camelCase
// (trap 20). What the engine alone needs to sign in stays here.
import type { AdvancedAuth, OAuthOutput } from '../../connector/connector.js'
import type { Services } from '../services.js'
import { requireKind } from './find-kind.js'

/** @throws UnknownId */
export function toProtocolSpec(services: Services, definitionId: string) {
  const connector = services.registry.get(definitionId)
  if (!connector) {
    const kind = requireKind(services, definitionId)
    return {
      protocol_version: '0.2.0',
      documentationUrl: kind.documentationUrl,
      connectionSpecification: kind.connectionSpecification,
      supported_destination_sync_modes: supportedDestinationSyncModes,
    }
  }
  const { documentationUrl, connectionSpecification, advancedAuth } = connector.spec
  return {
    protocol_version: '0.2.0',
    ...(documentationUrl && { documentationUrl }),
    connectionSpecification,
    ...(advancedAuth && { advanced_auth: toSnake(advancedAuth) }),
  }
}

/** What the destination can do with a stream's rows. */
export const supportedDestinationSyncModes = ['overwrite', 'append', 'append_dedup']

function toSnake({ authFlowType, predicateKey, predicateValue, oauthConfigSpecification: oauth }: AdvancedAuth) {
  const outputs = (specification: OAuthOutput) => ({ ...specification, additionalProperties: false })
  return {
    auth_flow_type: authFlowType,
    predicate_key: predicateKey,
    predicate_value: predicateValue,
    oauth_config_specification: {
      complete_oauth_output_specification: outputs(oauth.completeOAuthOutputSpecification),
      complete_oauth_server_input_specification: oauth.completeOAuthServerInputSpecification,
      complete_oauth_server_output_specification: outputs(oauth.completeOAuthServerOutputSpecification),
    },
  }
}
