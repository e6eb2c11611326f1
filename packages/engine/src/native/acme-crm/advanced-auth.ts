import type { AdvancedAuth, OAuthFields } from '../../connector/connector.js'

/** How one signs in to an Acme CRM at this address, in Airbyte's declarative words. */
export function toAdvancedAuth(baseUrl: string): AdvancedAuth {
  return {
    auth_flow_type: 'oauth2.0',
    predicate_key: ['credentials', 'auth_type'],
    predicate_value: 'oauth2.0',
    oauth_config_specification: {
      oauth_connector_input_specification: {
        consent_url: `${baseUrl}/oauth/authorize?response_type=code&{{client_id_param}}&{{redirect_uri_param}}&{{scopes_param}}&{{state_param}}&code_challenge={{ state_value | codechallengeS256 }}&code_challenge_method=S256`,
        access_token_url: `${baseUrl}/oauth/token`,
        // Ours: Airbyte's declarations have no word for it.
        revocation_url: `${baseUrl}/oauth/revoke`,
        scopes: [{ scope: 'crm.read' }],
        scopes_join_strategy: 'space',
        access_token_headers: { 'Content-Type': 'application/x-www-form-urlencoded' },
        access_token_params: {
          grant_type: 'authorization_code',
          code: '{{ auth_code_value }}',
          redirect_uri: '{{ redirect_uri_value }}',
          client_id: '{{ client_id_value }}',
          client_secret: '{{ client_secret_value }}',
          code_verifier: '{{ state_value }}',
        },
        extract_output: ['access_token', 'refresh_token', 'expires_in'],
      },
      complete_oauth_output_specification: inCredentials('refresh_token'),
      complete_oauth_server_input_specification: {
        type: 'object',
        additionalProperties: false,
        properties: { client_id: { type: 'string' }, client_secret: { type: 'string' } },
      },
      complete_oauth_server_output_specification: inCredentials('client_id', 'client_secret'),
    },
  }
}

function inCredentials(...names: string[]): OAuthFields {
  const fields = names.map((name) => [name, { type: 'string', path_in_connector_config: ['credentials', name] }])
  return { type: 'object', additionalProperties: false, properties: Object.fromEntries(fields) }
}
