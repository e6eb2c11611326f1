/** A connector's `advanced_auth` around a declarative specification, as the registry writes it. */
export function advancedAuth(specification: Record<string, unknown>, around: Record<string, unknown> = {}) {
  return {
    auth_flow_type: 'oauth2.0',
    oauth_config_specification: {
      oauth_connector_input_specification: {
        consent_url: 'https://login.example.com/authorize?{{client_id_param}}&{{redirect_uri_param}}&{{state_param}}',
        access_token_url: 'https://login.example.com/token',
        ...specification,
      },
      oauth_user_input_from_connector_config_specification: inputs('subdomain', 'region', 'tenant_id', 'is_sandbox'),
      complete_oauth_output_specification: { properties: { refresh_token: place('credentials', 'refresh_token') } },
      complete_oauth_server_output_specification: {
        properties: {
          client_id: place('credentials', 'client_id'),
          client_secret: place('credentials', 'client_secret'),
        },
      },
      ...around,
    },
  }
}

export const place = (...path: string[]) => ({ type: 'string', path_in_connector_config: path })

const inputs = (...names: string[]) => ({ properties: Object.fromEntries(names.map((name) => [name, place(name)])) })
