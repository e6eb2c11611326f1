// Specs in the shapes real connectors use: keys, databases, sign-in. Written for this file.
import type { Configuration, ConnectorSpec } from '@opsai/contract'

type Specification = Pick<
  ConnectorSpec,
  'connectionSpecification' | 'advancedAuth' | 'advancedAuthGlobalCredentialsAvailable'
>

const database: Specification = {
  connectionSpecification: {
    type: 'object',
    required: ['host', 'port', 'database', 'username', 'password'],
    properties: {
      host: { type: 'string', title: 'Host', description: 'Name or address of the server.', order: 0 },
      port: { type: 'integer', title: 'Port', default: 5432, minimum: 0, maximum: 65536, order: 1 },
      database: { type: 'string', title: 'Database', order: 2 },
      username: { type: 'string', title: 'Username', order: 3 },
      password: { type: 'string', title: 'Password', airbyte_secret: true, order: 4 },
      schemas: { type: 'array', title: 'Schemas', items: { type: 'string' }, default: ['public'], order: 5 },
      ssl: { type: 'boolean', title: 'Encrypt the connection', default: true, order: 6 },
    },
  },
}

const apiKey: Specification = {
  connectionSpecification: {
    type: 'object',
    required: ['api_key'],
    properties: {
      api_key: {
        type: 'string',
        title: 'API key',
        description: 'You find it under <b>Settings → Developers</b>.',
        airbyte_secret: true,
        order: 0,
      },
      start_date: {
        type: 'string',
        title: 'Start date',
        description: 'Rows before this day are left out.',
        format: 'date',
        pattern: '^[0-9]{4}-[0-9]{2}-[0-9]{2}$',
        order: 1,
      },
    },
  },
}

const output = (path: string[]) => ({ type: 'string', path_in_connector_config: path })

const signIn: Specification = {
  connectionSpecification: {
    type: 'object',
    properties: {
      credentials: {
        type: 'object',
        title: 'Authentication',
        order: 0,
        oneOf: [
          {
            title: 'Sign in',
            type: 'object',
            required: ['auth_type', 'client_id', 'client_secret', 'refresh_token'],
            properties: {
              auth_type: { type: 'string', const: 'oauth' },
              client_id: { type: 'string', title: 'Client ID' },
              client_secret: { type: 'string', title: 'Client secret', airbyte_secret: true },
              refresh_token: { type: 'string', title: 'Refresh token', airbyte_secret: true },
            },
          },
          {
            title: 'Private app',
            type: 'object',
            required: ['auth_type', 'access_token'],
            properties: {
              auth_type: { type: 'string', const: 'token' },
              access_token: { type: 'string', title: 'Access token', airbyte_secret: true },
            },
          },
        ],
      },
      start_date: { type: 'string', title: 'Start date', format: 'date-time', order: 1 },
    },
  },
  advancedAuth: {
    authFlowType: 'oauth2.0',
    predicateKey: ['credentials', 'auth_type'],
    predicateValue: 'oauth',
    oauthConfigSpecification: {
      completeOAuthOutputSpecification: { properties: { refresh_token: output(['credentials', 'refresh_token']) } },
      completeOAuthServerOutputSpecification: {
        properties: {
          client_id: output(['credentials', 'client_id']),
          client_secret: output(['credentials', 'client_secret']),
        },
      },
    },
  },
  advancedAuthGlobalCredentialsAvailable: true,
}

const signInTypes = new Set([
  'hubspot',
  'salesforce',
  'google-analytics-data-api',
  'slack',
  'google-sheets',
  'intercom',
])

/** Whether a configuration is one for signing in: that way is chosen, and nothing of what it brings is there. */
export function isSignInChosen({ advancedAuth }: ConnectorSpec, configuration: Configuration = {}): boolean {
  const [key, inner] = advancedAuth?.predicateKey ?? []
  const chosen = key === undefined ? undefined : (configuration[key] as Configuration | undefined)
  if (!advancedAuth || inner === undefined) return false
  return chosen === undefined || (chosen[inner] === advancedAuth.predicateValue && Object.keys(chosen).length === 1)
}

/** The spec of any named connector. */
export function toFakeSpec({
  sourceType,
  name,
  category,
  documentationUrl,
}: {
  sourceType: string
  name: string
  category: string
  documentationUrl?: string | undefined
}): ConnectorSpec {
  const specification = signInTypes.has(sourceType) ? signIn : category === 'Databases' ? database : apiKey
  return { sourceType, name, ...specification, ...(documentationUrl && { documentationUrl }) }
}
