// How Acme CRM's sign-in goes, as an operator would declare it.
import { type OAuthAppOptions } from '../options.js'
import { acmeApp, type World } from './world.js'

const form = { 'Content-Type': 'application/x-www-form-urlencoded' }
const clientInBody = { client_id: '{{ client_id_value }}', client_secret: '{{ client_secret_value }}' }
const code = {
  grant_type: 'authorization_code',
  code: '{{ auth_code_value }}',
  redirect_uri: '{{ redirect_uri_value }}',
}

export const acmeTemplates = { form, clientInBody, code }

/** The app of the world's Acme CRM; `changes` go into its `oauth_connector_input_specification`. */
export function toAcmeApp(
  { acme }: Pick<World, 'acme'>,
  changes: Record<string, unknown> = {},
  more: Partial<OAuthAppOptions> = {},
): OAuthAppOptions {
  const { clientId, clientSecret } = acmeApp
  return {
    clientId,
    clientSecret,
    pkce: 'S256',
    allowPrivate: true,
    declaration: {
      oauth_connector_input_specification: {
        consent_url: `${acme.url}/oauth/authorize?response_type=code&{{client_id_param}}&{{redirect_uri_param}}&{{scope_param}}&{{state_param}}`,
        access_token_url: `${acme.url}/oauth/token`,
        scope: 'crm.read',
        access_token_headers: form,
        access_token_params: { ...code, ...clientInBody },
        extract_output: ['refresh_token'],
        ...changes,
      },
    },
    ...more,
  }
}
