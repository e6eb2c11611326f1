import type { AdvancedAuth } from '../../connector/connector.js'

/** What only the engine needs to sign in stays in the engine: Airbyte strips it too. */
export function withoutDeclaration(auth: AdvancedAuth): AdvancedAuth {
  const { oauth_connector_input_specification: _, ...shown } = auth.oauth_config_specification
  return { ...auth, oauth_config_specification: shown }
}

/** `advancedAuth` as the Config API spells it: camelCase, down to the names of fields (trap 20). */
export function toAdvancedAuth(auth: AdvancedAuth) {
  const specification = withoutDeclaration(auth).oauth_config_specification
  const userInput = specification.oauth_user_input_from_connector_config_specification
  return {
    authFlowType: auth.auth_flow_type,
    ...(auth.predicate_key && { predicateKey: auth.predicate_key }),
    ...(auth.predicate_value !== undefined && { predicateValue: auth.predicate_value }),
    oauthConfigSpecification: {
      ...(userInput && { oauthUserInputFromConnectorConfigSpecification: userInput }),
      completeOAuthOutputSpecification: specification.complete_oauth_output_specification,
      completeOAuthServerInputSpecification: specification.complete_oauth_server_input_specification,
      completeOAuthServerOutputSpecification: specification.complete_oauth_server_output_specification,
    },
  }
}
