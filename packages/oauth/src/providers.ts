// Connectors whose specification says that there is OAuth and not how. Written from the providers' own documentation, in
// the shape that Airbyte's declarative specifications have.
//
// Not yet: source-amazon-seller-partner (marketplace hosts, `spapi_oauth_code`, an app id beside the client's),
// source-amazon-ads, source-azure-blob-storage, source-bing-ads, source-facebook-*, source-gcs, source-gitlab (hosts of
// its users), source-google-ads (a developer token), source-instagram, source-lever-hiring, source-rd-station-marketing,
// source-smartsheets (a signed token request), source-snapchat-marketing, source-tiktok-marketing, source-youtube-analytics.
import type { PkceUse, RefreshTokens } from './oauth-spec.js'

/** How one provider does OAuth. */
export interface Provider {
  /** As a specification has it, `oauth_connector_input_specification`. */
  specification: Readonly<Record<string, unknown>>
  pkce: PkceUse
  refreshTokens: RefreshTokens
  /** What the templates need of the configuration beyond what the connector's specification names. */
  inputs?: Readonly<Record<string, readonly string[]>>
}

const form = { 'Content-Type': 'application/x-www-form-urlencoded' }
const basic = 'Basic {{ (client_id_value ~ ":" ~ client_secret_value) | b64encode }}'
const code = {
  grant_type: 'authorization_code',
  code: '{{ auth_code_value }}',
  redirect_uri: '{{ redirect_uri_value }}',
}
const clientInBody = { client_id: '{{ client_id_value }}', client_secret: '{{ client_secret_value }}' }

/**
 * https://developers.google.com/identity/protocols/oauth2/web-server; S256 by
 * https://accounts.google.com/.well-known/openid-configuration. Without `prompt=consent` a second sign-in gets no refresh
 * token.
 */
const google = (scopes: string[], outputs: string[]): Provider => ({
  specification: {
    consent_url:
      'https://accounts.google.com/o/oauth2/v2/auth?{{client_id_param}}&{{redirect_uri_param}}&response_type=code&{{scope_param}}&access_type=offline&{{state_param}}&include_granted_scopes=true&prompt=consent',
    access_token_url: 'https://oauth2.googleapis.com/token',
    scope: scopes.map((scope) => `https://www.googleapis.com/auth/${scope}`).join(' '),
    access_token_headers: form,
    access_token_params: { ...code, ...clientInBody },
    extract_output: outputs,
  },
  pkce: 'S256',
  refreshTokens: 'stay',
})

/**
 * https://learn.microsoft.com/entra/identity-platform/v2-oauth2-auth-code-flow; each refresh brings a new refresh token,
 * and the old one works on: https://learn.microsoft.com/entra/identity-platform/refresh-tokens.
 */
const microsoft = (scopes: string[]): Provider => ({
  specification: {
    consent_url:
      'https://login.microsoftonline.com/{{tenant_id}}/oauth2/v2.0/authorize?{{client_id_param}}&{{redirect_uri_param}}&{{state_param}}&{{scope_param}}&response_type=code',
    access_token_url: 'https://login.microsoftonline.com/{{tenant_id}}/oauth2/v2.0/token',
    scope: ['offline_access', ...scopes].join(' '),
    access_token_headers: form,
    access_token_params: { ...code, ...clientInBody },
    extract_output: ['refresh_token'],
  },
  pkce: 'S256',
  refreshTokens: 'renewed',
})

export const providers: Readonly<Record<string, Provider>> = {
  // https://airtable.com/developers/web/api/oauth-reference: PKCE is required; refresh tokens work once.
  'source-airtable': {
    specification: {
      consent_url:
        'https://airtable.com/oauth2/v1/authorize?{{client_id_param}}&{{redirect_uri_param}}&response_type=code&{{scope_param}}&{{state_param}}',
      access_token_url: 'https://airtable.com/oauth2/v1/token',
      scope: 'data.records:read data.recordComments:read schema.bases:read user.email:read',
      access_token_headers: { ...form, Authorization: basic },
      access_token_params: code,
      extract_output: ['access_token', 'refresh_token', 'expires_in'],
    },
    pkce: 'S256',
    refreshTokens: 'rotate',
  },
  // https://developers.asana.com/docs/oauth: `default` is for apps with full permissions; an app with scopes of its own
  // (https://developers.asana.com/docs/oauth-scopes) names them by the `scope` option.
  'source-asana': {
    specification: {
      consent_url:
        'https://app.asana.com/-/oauth_authorize?{{client_id_param}}&{{redirect_uri_param}}&response_type=code&{{scope_param}}&{{state_param}}',
      access_token_url: 'https://app.asana.com/-/oauth_token',
      scope: 'default',
      access_token_headers: form,
      access_token_params: { ...code, ...clientInBody },
      extract_output: ['refresh_token'],
    },
    pkce: 'S256',
    refreshTokens: 'stay',
  },
  // https://developers.google.com/analytics/devguides/reporting/data/v1
  'source-google-analytics-data-api': google(['analytics.readonly'], ['access_token', 'refresh_token']),
  // https://developers.google.com/webmaster-tools/v1/how-tos/authorizing
  'source-google-search-console': google(['webmasters.readonly'], ['access_token', 'refresh_token']),
  // https://developers.google.com/workspace/sheets/api/scopes
  'source-google-sheets': google(['spreadsheets.readonly', 'drive.readonly'], ['refresh_token']),
  // https://developers.hubspot.com/docs/api-reference/auth-oauth-v3/guide: v1 ends in February 2027. The scopes have to be
  // those of the app, so an operator whose app has others names them by the `scope` option.
  'source-hubspot': {
    specification: {
      consent_url:
        'https://app.hubspot.com/oauth/authorize?{{client_id_param}}&{{redirect_uri_param}}&{{scope_param}}&{{state_param}}',
      access_token_url: 'https://api.hubapi.com/oauth/v3/token',
      scope:
        'oauth crm.objects.companies.read crm.objects.contacts.read crm.objects.deals.read crm.objects.owners.read',
      access_token_headers: form,
      access_token_params: { ...code, ...clientInBody },
      extract_output: ['refresh_token'],
    },
    pkce: 'none',
    refreshTokens: 'stay',
  },
  // https://developers.intercom.com/docs/build-an-integration/learn-more/authentication/setting-up-oauth: the app has the
  // scopes, and tokens do not expire.
  'source-intercom': {
    specification: {
      consent_url: 'https://app.intercom.com/oauth?{{client_id_param}}&{{redirect_uri_param}}&{{state_param}}',
      access_token_url: 'https://api.intercom.io/auth/eagle/token',
      access_token_headers: form,
      access_token_params: { code: code.code, ...clientInBody },
      extract_output: ['access_token'],
    },
    pkce: 'none',
    refreshTokens: 'none',
  },
  // https://mailchimp.com/developer/marketing/guides/access-user-data-oauth-2/: no scopes, tokens do not expire.
  'source-mailchimp': {
    specification: {
      consent_url:
        'https://login.mailchimp.com/oauth2/authorize?response_type=code&{{client_id_param}}&{{redirect_uri_param}}&{{state_param}}',
      access_token_url: 'https://login.mailchimp.com/oauth2/token',
      access_token_headers: form,
      access_token_params: { ...code, ...clientInBody },
      extract_output: ['access_token'],
    },
    pkce: 'none',
    refreshTokens: 'none',
  },
  // https://learn.microsoft.com/graph/permissions-reference
  'source-microsoft-onedrive': microsoft(['Files.Read.All']),
  'source-microsoft-teams': microsoft([
    'Channel.ReadBasic.All',
    'ChannelMember.Read.All',
    'Group.Read.All',
    'GroupMember.Read.All',
    'Reports.Read.All',
    'TeamsTab.Read.All',
    'User.Read.All',
  ]),
  // https://developers.notion.com/docs/authorization: the client shows itself by Basic, the body is JSON.
  'source-notion': {
    specification: {
      consent_url:
        'https://api.notion.com/v1/oauth/authorize?owner=user&{{client_id_param}}&{{redirect_uri_param}}&response_type=code&{{state_param}}',
      access_token_url: 'https://api.notion.com/v1/oauth/token',
      access_token_headers: { 'Content-Type': 'application/json', Authorization: basic },
      access_token_params: code,
      extract_output: ['access_token'],
    },
    pkce: 'none',
    refreshTokens: 'none',
  },
  // https://help.salesforce.com/s/articleView?id=sf.remoteaccess_oauth_web_server_flow.htm; whether refresh tokens rotate
  // is a setting of the app, off by default. https://help.salesforce.com/s/articleView?id=sf.remoteaccess_revoke_token.htm
  'source-salesforce': {
    specification: {
      consent_url:
        'https://{% if is_sandbox %}test{% else %}login{% endif %}.salesforce.com/services/oauth2/authorize?response_type=code&{{client_id_param}}&{{redirect_uri_param}}&{{scope_param}}&{{state_param}}',
      access_token_url:
        'https://{% if is_sandbox %}test{% else %}login{% endif %}.salesforce.com/services/oauth2/token',
      revocation_url: 'https://{% if is_sandbox %}test{% else %}login{% endif %}.salesforce.com/services/oauth2/revoke',
      scope: 'api refresh_token',
      access_token_headers: form,
      access_token_params: { ...code, ...clientInBody },
      extract_output: ['refresh_token'],
    },
    pkce: 'S256',
    refreshTokens: 'stay',
  },
  // https://shopify.dev/docs/apps/build/authentication-authorization/access-tokens/authorization-code-grant: offline tokens
  // do not expire. Shopify signs the callback too (`hmac`); our own state is what binds it to the flow.
  'source-shopify': {
    specification: {
      consent_url:
        'https://{{shop}}.myshopify.com/admin/oauth/authorize?{{client_id_param}}&{{scope_param}}&{{redirect_uri_param}}&{{state_param}}',
      access_token_url: 'https://{{shop}}.myshopify.com/admin/oauth/access_token',
      scope: 'read_customers,read_inventory,read_locations,read_orders,read_products',
      access_token_headers: form,
      access_token_params: { code: code.code, ...clientInBody },
      extract_output: ['access_token'],
    },
    pkce: 'none',
    refreshTokens: 'none',
    inputs: { shop: ['shop'] },
  },
  // https://docs.slack.dev/authentication/installing-with-oauth; an app that has token rotation turned on is not for this
  // connector, which keeps one token. Errors come with status 200.
  'source-slack': {
    specification: {
      consent_url:
        'https://slack.com/oauth/v2/authorize?{{client_id_param}}&{{redirect_uri_param}}&{{scope_param}}&{{state_param}}',
      access_token_url: 'https://slack.com/api/oauth.v2.access',
      scope: 'channels:history,channels:join,channels:read,groups:history,groups:read,users:read',
      access_token_headers: form,
      access_token_params: { code: code.code, redirect_uri: code.redirect_uri, ...clientInBody },
      extract_output: ['access_token'],
    },
    pkce: 'none',
    refreshTokens: 'none',
  },
}
