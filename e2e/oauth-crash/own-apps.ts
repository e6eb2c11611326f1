/** An app of the operator's own at Acme CRM, declared as an operator would. For `createServer({ oauthApps })`. */
export const toOwnApps = ({ clientId, clientSecret }: { clientId: string; clientSecret: string }, acmeUrl: string) => ({
  'acme-crm': {
    clientId,
    clientSecret,
    pkce: 'S256',
    allowPrivate: true,
    declaration: {
      oauth_connector_input_specification: {
        consent_url: `${acmeUrl}/oauth/authorize?response_type=code&{{client_id_param}}&{{redirect_uri_param}}&{{scope_param}}&{{state_param}}`,
        access_token_url: `${acmeUrl}/oauth/token`,
        scope: 'crm.read',
        access_token_headers: { 'Content-Type': 'application/x-www-form-urlencoded' },
        access_token_params: {
          grant_type: 'authorization_code',
          code: '{{ auth_code_value }}',
          redirect_uri: '{{ redirect_uri_value }}',
          client_id: '{{ client_id_value }}',
          client_secret: '{{ client_secret_value }}',
        },
        extract_output: ['refresh_token'],
      },
    },
  },
})
