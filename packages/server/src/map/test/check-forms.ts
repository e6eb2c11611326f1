// Forms with the fields real connectors have, filled in as somebody might. Names of fields are facts; all values are made up.
import type { TestedForm } from '../to-check-result.js'

type Tree = Record<string, unknown>

const text = { type: 'string' }
const number = { type: 'integer' }
const secret = { type: 'string', airbyte_secret: true }
const date = { type: 'string', format: 'date-time' }
const list = { type: 'array', items: text }

/** An option of a choice, told apart by a constant. */
const option = (key: string, value: string, properties: Tree) => ({
  type: 'object',
  properties: { [key]: { type: 'string', const: value }, ...properties },
})
const choice = (...oneOf: Tree[]) => ({ type: 'object', oneOf })
const form = (properties: Tree, configuration: Tree, more: Tree = {}): TestedForm => ({
  spec: { connectionSpecification: { type: 'object', required: Object.keys(configuration), properties, ...more } },
  configuration,
})

const tunnel = choice(
  option('tunnel_method', 'NO_TUNNEL', {}),
  option('tunnel_method', 'SSH_KEY_AUTH', {
    tunnel_host: text,
    tunnel_port: number,
    tunnel_user: text,
    ssh_key: secret,
  }),
  option('tunnel_method', 'SSH_PASSWORD_AUTH', {
    tunnel_host: text,
    tunnel_port: number,
    tunnel_user: text,
    tunnel_user_password: secret,
  }),
)
const sslMode = choice(option('mode', 'disable', {}), option('mode', 'verify-ca', { ca_certificate: secret }))
const database = { host: text, port: number, database: text, username: text, password: secret }
const typed = { host: 'db.acme.test', port: 5433, database: 'shop', username: 'reader', password: 'x' }
const cdc = choice(
  option('method', 'CDC', { replication_slot: text, publication: text }),
  option('method', 'Standard', {}),
)

export const checkForms = {
  postgres: form(
    { ...database, schemas: list, ssl_mode: sslMode, replication_method: cdc, tunnel_method: tunnel },
    typed,
  ),
  postgresCdc: form(
    { ...database, ssl_mode: sslMode, replication_method: cdc, tunnel_method: tunnel },
    { ...typed, replication_method: { method: 'CDC', replication_slot: 'slot_a', publication: 'pub_a' } },
  ),
  postgresByKey: form(
    { ...database, ssl_mode: sslMode, tunnel_method: tunnel },
    {
      ...typed,
      tunnel_method: {
        tunnel_method: 'SSH_KEY_AUTH',
        tunnel_host: 'bastion.acme.test',
        tunnel_port: 22,
        tunnel_user: 'ops',
        ssh_key: 'x',
      },
    },
  ),
  mysql: form(
    { ...database, ssl_mode: sslMode, replication_method: cdc, tunnel_method: tunnel, jdbc_url_params: text },
    {
      ...typed,
      tunnel_method: {
        tunnel_method: 'SSH_PASSWORD_AUTH',
        tunnel_host: 'bastion.acme.test',
        tunnel_port: 22,
        tunnel_user: 'ops',
        tunnel_user_password: 'x',
      },
    },
  ),
  mssql: form(
    {
      ...database,
      schemas: list,
      ssl_method: choice(
        option('ssl_method', 'unencrypted', {}),
        option('ssl_method', 'encrypted_verify_certificate', {}),
      ),
      replication_method: cdc,
    },
    typed,
  ),
  mongodb: form(
    {
      database_config: choice(
        option('cluster_type', 'ATLAS_REPLICA_SET', {
          connection_string: text,
          databases: list,
          username: text,
          password: secret,
          auth_source: text,
        }),
      ),
    },
    {
      database_config: {
        cluster_type: 'ATLAS_REPLICA_SET',
        connection_string: 'mongodb+srv://cluster0.acme.test/',
        databases: ['shop'],
        username: 'reader',
        password: 'x',
      },
    },
  ),
  oracle: form(
    {
      host: text,
      port: number,
      connection_data: choice(option('connection_type', 'service_name', { service_name: text })),
      username: text,
      password: secret,
      encryption: choice(option('encryption_method', 'unencrypted', {})),
    },
    {
      host: 'ora.acme.test',
      port: 1521,
      connection_data: { connection_type: 'service_name', service_name: 'SHOP' },
      username: 'reader',
      password: 'x',
    },
  ),
  snowflake: form(
    {
      credentials: choice(
        option('auth_type', 'OAuth', { client_id: text, client_secret: secret }),
        option('auth_type', 'username/password', { username: text, password: secret }),
        option('auth_type', 'Key Pair Authentication', { username: text, private_key: secret }),
      ),
      host: text,
      role: text,
      warehouse: text,
      database: text,
      schema: text,
    },
    {
      credentials: { auth_type: 'username/password', username: 'READER', password: 'x' },
      host: 'acme.snowflakecomputing.test',
      role: 'SYNC',
      warehouse: 'WH',
      database: 'SHOP',
    },
  ),
  bigquery: form(
    { project_id: text, dataset_id: text, credentials_json: secret },
    { project_id: 'acme-1', credentials_json: '{}' },
  ),
  redshift: form({ ...database, schemas: list, jdbc_params: text }, { ...typed, host: 'red.acme.test', port: 5439 }),
  kafka: form(
    { bootstrap_servers: text, group_id: text, protocol: choice(option('security_protocol', 'PLAINTEXT', {})) },
    { bootstrap_servers: 'kafka.acme.test:9092' },
  ),
  s3: form(
    {
      streams: { type: 'array', items: { type: 'object', properties: { name: text, globs: list } } },
      bucket: text,
      aws_access_key_id: secret,
      aws_secret_access_key: secret,
      role_arn: text,
      endpoint: text,
      region_name: text,
    },
    { streams: [{ name: 'orders', globs: ['**'] }], bucket: 'acme-orders' },
  ),
  gcs: form({ bucket: text, service_account: secret }, { bucket: 'acme-orders', service_account: '{}' }),
  azure: form(
    {
      azure_blob_storage_account_name: text,
      azure_blob_storage_container_name: text,
      credentials: choice(option('auth_type', 'storage_account_key', { azure_blob_storage_account_key: secret })),
    },
    {
      azure_blob_storage_account_name: 'acme',
      azure_blob_storage_container_name: 'orders',
      credentials: { auth_type: 'storage_account_key', azure_blob_storage_account_key: 'x' },
    },
  ),
  sftp: form(
    {
      user: text,
      host: text,
      port: number,
      credentials: choice(
        option('auth_method', 'SSH_PASSWORD_AUTH', { auth_user_password: secret }),
        option('auth_method', 'SSH_KEY_AUTH', { auth_ssh_key: secret }),
      ),
      folder_path: text,
    },
    {
      user: 'reader',
      host: 'sftp.acme.test',
      port: 22,
      credentials: { auth_method: 'SSH_PASSWORD_AUTH', auth_user_password: 'x' },
      folder_path: '/out',
    },
  ),
  sftpByKey: form(
    {
      username: text,
      host: text,
      credentials: choice(option('auth_type', 'private_key', { private_key: secret })),
      folder_path: text,
    },
    { username: 'reader', host: 'sftp.acme.test', credentials: { auth_type: 'private_key', private_key: 'x' } },
  ),
  stripe: form(
    { account_id: text, client_secret: secret, start_date: date },
    { account_id: 'acct_1', client_secret: 'x', start_date: '2026-01-01T00:00:00Z' },
  ),
  hubspot: form(
    {
      start_date: date,
      credentials: choice(
        option('credentials_title', 'OAuth Credentials', {
          client_id: text,
          client_secret: secret,
          refresh_token: secret,
        }),
        option('credentials_title', 'Private App Credentials', { access_token: secret }),
      ),
    },
    { credentials: { credentials_title: 'Private App Credentials', access_token: 'x' } },
  ),
  hubspotSignedIn: {
    spec: {
      connectionSpecification: {
        properties: {
          credentials: choice(
            option('credentials_title', 'OAuth Credentials', {
              client_id: text,
              client_secret: secret,
              refresh_token: secret,
            }),
          ),
        },
      },
      advancedAuthGlobalCredentialsAvailable: true,
      advancedAuth: {
        predicateKey: ['credentials', 'credentials_title'],
        predicateValue: 'OAuth Credentials',
        oauthConfigSpecification: {
          completeOAuthOutputSpecification: {
            properties: { refresh_token: { path_in_connector_config: ['credentials', 'refresh_token'] } },
          },
          completeOAuthServerOutputSpecification: {
            properties: {
              client_id: { path_in_connector_config: ['credentials', 'client_id'] },
              client_secret: { path_in_connector_config: ['credentials', 'client_secret'] },
            },
          },
        },
      },
    },
    configuration: { credentials: { credentials_title: 'OAuth Credentials', refresh_token: '**********' } },
  } satisfies TestedForm,
  salesforce: form(
    {
      is_sandbox: { type: 'boolean' },
      client_id: text,
      client_secret: secret,
      refresh_token: secret,
      start_date: date,
    },
    { client_id: 'a', client_secret: 'x', refresh_token: 'x' },
  ),
  googleAds: form(
    {
      credentials: {
        type: 'object',
        properties: { developer_token: secret, client_id: text, client_secret: secret, refresh_token: secret },
      },
      customer_id: text,
      start_date: { type: 'string', format: 'date' },
      custom_queries_array: { type: 'array', items: { type: 'object', properties: { query: text, table_name: text } } },
    },
    { credentials: { developer_token: 'x' }, customer_id: '1234567890' },
  ),
  googleAnalytics: form(
    {
      credentials: choice(
        option('auth_type', 'Client', { client_id: text, client_secret: secret }),
        option('auth_type', 'Service', { credentials_json: secret }),
      ),
      property_ids: list,
      date_ranges_start_date: { type: 'string', format: 'date' },
      custom_reports_array: { type: 'array', items: { type: 'object', properties: { name: text } } },
    },
    { credentials: { auth_type: 'Service', credentials_json: '{}' }, property_ids: ['5729978930'] },
  ),
  googleSheets: form(
    {
      spreadsheet_id: text,
      credentials: choice(
        option('auth_type', 'Client', { client_id: text, client_secret: secret, refresh_token: secret }),
        option('auth_type', 'Service', { service_account_info: secret }),
      ),
    },
    { spreadsheet_id: 'https://docs.test/d/abc', credentials: { auth_type: 'Service', service_account_info: '{}' } },
  ),
  facebook: form(
    {
      account_ids: list,
      start_date: date,
      credentials: choice(
        option('auth_type', 'Client', { access_token: secret }),
        option('auth_type', 'Service', { access_token: secret }),
      ),
    },
    { account_ids: ['111222333'], credentials: { auth_type: 'Service', access_token: 'x' } },
  ),
  shopify: form(
    {
      shop: text,
      start_date: { type: 'string', format: 'date' },
      credentials: choice(option('auth_method', 'api_password', { api_password: secret })),
    },
    { shop: 'acme', credentials: { auth_method: 'api_password', api_password: 'x' } },
  ),
  zendesk: form(
    {
      start_date: date,
      subdomain: text,
      credentials: choice(option('credentials', 'api_token', { email: text, api_token: secret })),
    },
    { subdomain: 'acme', credentials: { credentials: 'api_token', email: 'a@acme.test', api_token: 'x' } },
  ),
  github: form(
    {
      credentials: choice(option('option_title', 'PAT Credentials', { personal_access_token: secret })),
      repositories: list,
      start_date: date,
    },
    { credentials: { option_title: 'PAT Credentials', personal_access_token: 'x' }, repositories: ['acme/shop'] },
  ),
  jira: form(
    { api_token: secret, domain: text, email: text, projects: list, start_date: date },
    { api_token: 'x', domain: 'acme.atlassian.test', email: 'a@acme.test' },
  ),
  slack: form(
    {
      start_date: date,
      lookback_window: number,
      channel_filter: list,
      credentials: choice(option('option_title', 'API Token Credentials', { api_token: secret })),
    },
    { credentials: { option_title: 'API Token Credentials', api_token: 'x' }, lookback_window: 'abc' },
  ),
  intercom: form({ start_date: date, access_token: secret }, { start_date: 'x', access_token: 'x' }),
  notion: form(
    { start_date: date, credentials: choice(option('auth_type', 'token', { token: secret })) },
    { credentials: { auth_type: 'token', token: 'x' } },
  ),
  airtable: form(
    { credentials: choice(option('auth_method', 'api_key', { api_key: secret })) },
    { credentials: { auth_method: 'api_key', api_key: 'x' } },
  ),
  mailchimp: form(
    { credentials: choice(option('auth_type', 'apikey', { apikey: secret })), start_date: date },
    { credentials: { auth_type: 'apikey', apikey: 'x' } },
  ),
  klaviyo: form({ api_key: secret, start_date: date }, { api_key: 'x' }),
  chargebee: form({ site: text, site_api_key: secret, start_date: date }, { site: 'acme', site_api_key: 'x' }),
  freshdesk: form({ domain: text, api_key: secret, start_date: date }, { domain: 'acme.freshdesk.test', api_key: 'x' }),
  twilio: form({ account_sid: text, auth_token: secret, start_date: date }, { account_sid: 'AC1', auth_token: 'x' }),
  sharepoint: form(
    {
      credentials: choice(option('auth_type', 'Service', { tenant_id: text, client_id: text, client_secret: secret })),
      folder_path: text,
    },
    { credentials: { auth_type: 'Service', tenant_id: 't', client_id: 'c', client_secret: 'x' } },
  ),
  amazonSeller: form(
    {
      lwa_app_id: text,
      lwa_client_secret: secret,
      refresh_token: secret,
      region: { type: 'string', enum: ['US', 'DE'] },
      replication_start_date: date,
    },
    { lwa_app_id: 'a', lwa_client_secret: 'x', refresh_token: 'x', region: 'DE' },
  ),
  asana: form(
    { credentials: choice(option('option_title', 'PAT Credentials', { personal_access_token: secret })) },
    { credentials: { option_title: 'PAT Credentials', personal_access_token: 'x' } },
  ),
} satisfies Record<string, TestedForm>

export type FormName = keyof typeof checkForms
