// Connector specs written for tests and stories: small, and between them every shape a form must show.
import type { ConnectorSpec } from '@opsai/contract'

const draft = 'http://json-schema.org/draft-07/schema#'

/** One secret and one date: most API connectors. */
export const apiKeySpec: ConnectorSpec = {
  sourceType: 'beacon',
  name: 'Beacon',
  connectionSpecification: {
    $schema: draft,
    type: 'object',
    required: ['api_key', 'start_date'],
    properties: {
      api_key: {
        type: 'string',
        title: 'API key',
        airbyte_secret: true,
        order: 0,
        description: 'Find it under <a href="https://beacon.example/keys">Settings → API keys</a>.',
      },
      start_date: {
        type: 'string',
        title: 'Start date',
        format: 'date',
        pattern: '^[0-9]{4}-[0-9]{2}-[0-9]{2}$',
        order: 1,
        description: 'Older records are left out.',
      },
      page_size: { type: 'integer', title: 'Page size', default: 100, minimum: 1, maximum: 500 },
      account_ids: { type: 'array', title: 'Account IDs', items: { type: 'string' }, examples: ['acc_102'] },
    },
  },
}

const tunnelOptions = [
  {
    title: 'No tunnel',
    properties: { tunnel_method: { type: 'string', const: 'NO_TUNNEL' } },
    required: ['tunnel_method'],
  },
  {
    title: 'SSH with a key',
    properties: {
      tunnel_method: { type: 'string', const: 'SSH_KEY_AUTH' },
      tunnel_host: { type: 'string', title: 'Jump server host', order: 1 },
      tunnel_port: {
        type: 'integer',
        title: 'Jump server port',
        default: 22,
        minimum: 1,
        maximum: 65535,
        order: 2,
      },
      ssh_key: { type: 'string', title: 'Private key', airbyte_secret: true, multiline: true, order: 3 },
    },
    required: ['tunnel_method', 'tunnel_host', 'tunnel_port', 'ssh_key'],
  },
  {
    title: 'SSH with a password',
    properties: {
      tunnel_method: { type: 'string', const: 'SSH_PASSWORD_AUTH' },
      tunnel_host: { type: 'string', title: 'Jump server host', order: 1 },
      tunnel_port: {
        type: 'integer',
        title: 'Jump server port',
        default: 22,
        minimum: 1,
        maximum: 65535,
        order: 2,
      },
      tunnel_user_password: { type: 'string', title: 'Password', airbyte_secret: true, order: 3 },
    },
    required: ['tunnel_method', 'tunnel_host', 'tunnel_port', 'tunnel_user_password'],
  },
]

/** Cards, groups, choices as cards and as a select, string defaults on choices: databases. */
export const databaseSpec: ConnectorSpec = {
  sourceType: 'granite',
  name: 'Granite',
  connectionSpecification: {
    $schema: draft,
    type: 'object',
    required: ['host', 'port', 'database', 'username'],
    groups: [{ id: 'server' }, { id: 'access', title: 'Access' }, { id: 'reading', title: 'Reading' }],
    properties: {
      host: { type: 'string', title: 'Host', group: 'server', order: 0, examples: ['db.example.com'] },
      port: {
        type: 'integer',
        title: 'Port',
        group: 'server',
        order: 1,
        default: 5432,
        minimum: 1,
        maximum: 65536,
        examples: ['5432'],
      },
      database: { type: 'string', title: 'Database', group: 'server', order: 2 },
      schemas: {
        type: 'array',
        title: 'Schemas',
        group: 'server',
        order: 3,
        items: { type: 'string' },
        default: ['public'],
      },
      username: { type: 'string', title: 'Username', group: 'access', order: 0 },
      password: {
        type: 'string',
        title: 'Password',
        group: 'access',
        order: 1,
        airbyte_secret: true,
        always_show: true,
      },
      tunnel: {
        type: 'object',
        title: 'Tunnel',
        group: 'access',
        order: 2,
        display_type: 'dropdown',
        oneOf: tunnelOptions,
      },
      method: {
        type: 'object',
        title: 'How changes are found',
        group: 'reading',
        display_type: 'radio',
        default: 'LOG',
        oneOf: [
          {
            title: 'Write-ahead log',
            description: 'Sees <b>deletes</b> and reads each change once. Needs a replication slot.',
            properties: {
              method: { type: 'string', const: 'LOG' },
              slot: { type: 'string', title: 'Replication slot', order: 1 },
              wait: { type: 'integer', title: 'Wait for changes (seconds)', default: 120, order: 2 },
            },
            required: ['method', 'slot'],
          },
          {
            title: 'A cursor column',
            description: "Reads rows whose cursor grew. A cursor can't see deleted rows.",
            properties: { method: { type: 'string', const: 'CURSOR' } },
            required: ['method'],
          },
        ],
      },
    },
  },
}

/** Sign-in inside one option of a choice, with an input needed before consent. */
export const signInSpec: ConnectorSpec = {
  sourceType: 'harbor',
  name: 'Harbor CRM',
  advancedAuthGlobalCredentialsAvailable: true,
  advancedAuth: {
    authFlowType: 'oauth2.0',
    predicateKey: ['credentials', 'auth_type'],
    predicateValue: 'oauth2.0',
    oauthConfigSpecification: {
      oauthUserInputFromConnectorConfigSpecification: {
        properties: { subdomain: { path_in_connector_config: ['subdomain'] } },
      },
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
  connectionSpecification: {
    $schema: draft,
    type: 'object',
    required: ['credentials', 'subdomain'],
    properties: {
      subdomain: {
        type: 'string',
        title: 'Subdomain',
        order: 0,
        examples: ['acme'],
        pattern: '^[a-z0-9-]+$',
      },
      credentials: {
        type: 'object',
        title: 'How to connect',
        order: 1,
        oneOf: [
          {
            title: 'Sign in',
            required: ['auth_type', 'client_id', 'client_secret', 'refresh_token'],
            properties: {
              auth_type: { type: 'string', const: 'oauth2.0' },
              client_id: { type: 'string', title: 'Client ID' },
              client_secret: { type: 'string', title: 'Client secret', airbyte_secret: true },
              refresh_token: { type: 'string', title: 'Refresh token', airbyte_secret: true },
            },
          },
          {
            title: 'API token',
            required: ['auth_type', 'access_token'],
            properties: {
              auth_type: { type: 'string', const: 'token' },
              access_token: { type: 'string', title: 'API token', airbyte_secret: true },
            },
          },
        ],
      },
      lookback_days: { type: 'integer', title: 'Look back (days)', default: 0, minimum: 0 },
    },
  },
}

/** The same connector where the operator holds no app credentials: they are typed, or everything is. */
export const ownAppSignInSpec: ConnectorSpec = {
  ...signInSpec,
  advancedAuthGlobalCredentialsAvailable: false,
}

/** One field of every kind, required and optional, with long and dirty descriptions. */
export const everyKindSpec: ConnectorSpec = {
  sourceType: 'atlas',
  name: 'Atlas',
  connectionSpecification: {
    $schema: 'https://json-schema.org/draft-07/schema#',
    type: 'object',
    required: ['workspace', 'workspace', 'token', 'region', 'regions', 'since', 'limit', 'sandbox', 'note', 'proxy'],
    properties: {
      workspace: {
        type: 'string',
        title: 'Workspace',
        order: 0,
        pattern: '^[a-z]+\\-[0-9]+$',
        pattern_descriptor: 'name-number',
        examples: ['acme-12'],
      },
      token: { type: ['string', 'null'], title: 'Token', order: 1, airbyte_secret: true },
      region: { type: 'string', title: 'Region', order: 2, enum: ['eu', 'us', 'ap'] },
      regions: {
        type: 'array',
        title: 'Markets',
        order: 3,
        items: { type: 'string', enum: ['DE', 'FR', 'IT', 'PL'] },
      },
      since: {
        type: 'string',
        title: 'Since',
        order: 4,
        format: 'date-time',
        pattern: '^[0-9]{4}-[0-9]{2}-[0-9]{2}T[0-9]{2}:[0-9]{2}:[0-9]{2}Z$',
      },
      limit: { type: 'number', tittle: 'Limit', order: 5, minimum: 0.5 },
      sandbox: {
        type: 'boolean',
        title: 'Sandbox',
        order: 6,
        description: 'Reads from the <code>sandbox</code> host.',
      },
      note: {
        type: 'string',
        title: 'Query',
        order: 7,
        multiline: true,
        desciption:
          "Which records to read, in the tool's own query language. Leave the default to read everything that the token may see. " +
          'Joins are not supported, sub-queries are, and a query that runs longer than ten minutes is stopped and tried again in smaller parts.',
      },
      proxy: {
        type: 'object',
        title: 'Proxy',
        order: 8,
        required: ['url'],
        properties: {
          url: { type: 'string', title: 'URL', examples: ['https://proxy.example'] },
          headers: { type: 'object', title: 'Headers', additionalProperties: { type: 'string' } },
        },
      },
      tags: { type: 'array', title: 'Tags', items: { type: 'string' }, always_show: true, order: 9 },
      mode: { type: 'string', const: 'v2' },
      legacy: { type: 'string', airbyte_hidden: true, default: 'off' },
      filters: {
        type: 'array',
        title: 'Filters',
        items: { type: 'object', properties: { field: { type: 'string' } }, required: ['field'] },
      },
    },
  },
}

const formatOptions = [
  {
    title: 'CSV',
    required: ['filetype'],
    properties: {
      filetype: { type: 'string', const: 'csv' },
      delimiter: { type: 'string', title: 'Delimiter', default: ',', minLength: 1 },
    },
  },
  { title: 'Parquet', required: ['filetype'], properties: { filetype: { type: 'string', const: 'parquet' } } },
]

/** A list of objects with a choice and a secret inside, an object list in the object: file stores. */
export const objectListSpec: ConnectorSpec = {
  sourceType: 'depot',
  name: 'Depot',
  connectionSpecification: {
    $schema: draft,
    type: 'object',
    required: ['bucket', 'streams'],
    properties: {
      bucket: { type: 'string', title: 'Bucket', order: 0 },
      streams: {
        type: 'array',
        title: 'Streams',
        order: 1,
        minItems: 1,
        items: {
          type: 'object',
          required: ['name', 'format'],
          properties: {
            name: { type: 'string', title: 'Stream name', order: 0 },
            format: { type: 'object', title: 'Format', order: 1, oneOf: formatOptions },
            days: { type: 'integer', title: 'Days to keep', minimum: 1, order: 2 },
            key: { type: 'string', title: 'Key', airbyte_secret: true, order: 3 },
          },
        },
      },
    },
  },
}

/** A choice inside an option of a choice, both with `mode` as their word. */
export const nestedChoiceSpec: ConnectorSpec = {
  sourceType: 'lattice',
  name: 'Lattice',
  connectionSpecification: {
    $schema: draft,
    type: 'object',
    required: ['account'],
    properties: {
      account: {
        type: 'object',
        title: 'Account',
        oneOf: [
          {
            title: 'Service',
            required: ['mode', 'login'],
            properties: {
              mode: { type: 'string', const: 'service' },
              login: {
                type: 'object',
                title: 'Login',
                oneOf: [
                  {
                    title: 'Key file',
                    required: ['mode', 'key'],
                    properties: { mode: { const: 'key' }, key: { type: 'string', title: 'Key' } },
                  },
                  {
                    title: 'Role',
                    required: ['mode', 'role'],
                    properties: { mode: { const: 'role' }, role: { type: 'string', title: 'Role name' } },
                  },
                ],
              },
            },
          },
          {
            title: 'Person',
            required: ['mode', 'email'],
            properties: {
              mode: { type: 'string', const: 'person' },
              email: { type: 'string', title: 'Email', format: 'email' },
            },
          },
        ],
      },
    },
  },
}

/** Sign-in that is the only way, with a switch needed before consent: no choice, no predicate. */
export const rootSignInSpec: ConnectorSpec = {
  sourceType: 'quay',
  name: 'Quay',
  advancedAuthGlobalCredentialsAvailable: true,
  advancedAuth: {
    authFlowType: 'oauth2.0',
    oauthConfigSpecification: {
      oauthUserInputFromConnectorConfigSpecification: {
        properties: { is_sandbox: { path_in_connector_config: ['is_sandbox'] } },
      },
      completeOAuthOutputSpecification: {
        properties: { access_token: { path_in_connector_config: ['access_token'] } },
      },
    },
  },
  connectionSpecification: {
    $schema: draft,
    type: 'object',
    required: ['access_token', 'start_date'],
    properties: {
      access_token: { type: 'string', title: 'Access token', airbyte_secret: true, order: 0 },
      start_date: { type: 'string', title: 'Start date', order: 1 },
      is_sandbox: { type: 'boolean', title: 'Sandbox', default: false, order: 2 },
    },
  },
}
