// A spec with every kind of control there is, written for these tests.
import type { FormSpec } from '@opsai/react/headless'

const option = (auth: string, title: string, properties: object, required: string[]) => ({
  title,
  description: `Sign in with <b>${title}</b>.`,
  type: 'object',
  required: ['auth', ...required],
  properties: { auth: { type: 'string', const: auth }, ...properties },
})

/** 40 values: more than a native select shows well. */
export const regions = Array.from({ length: 40 }, (_, index) => `region-${index + 1}`)

export const everyKind: FormSpec = {
  advancedAuthGlobalCredentialsAvailable: false,
  advancedAuth: {
    authFlowType: 'oauth2.0',
    predicateKey: ['credentials', 'auth'],
    predicateValue: 'oauth',
    oauthConfigSpecification: {
      completeOAuthOutputSpecification: {
        properties: { token: { path_in_connector_config: ['credentials', 'token'] } },
      },
    },
  },
  connectionSpecification: {
    type: 'object',
    required: ['host', 'port', 'credentials', 'certificate', 'start_date', 'region'],
    groups: [{ id: 'server', title: 'Server' }, { id: 'rest' }],
    properties: {
      host: {
        type: 'string',
        title: 'Host',
        group: 'server',
        order: 0,
        pattern: '^[a-z.]+$',
        examples: ['db.example.com'],
        description: 'Where it answers. See <a href="https://docs.example/host">the guide</a> and <code>host</code>.',
      },
      port: { type: 'integer', title: 'Port', group: 'server', order: 1, minimum: 1, maximum: 65535, default: 5432 },
      credentials: {
        type: 'object',
        title: 'Credentials',
        order: 2,
        oneOf: [
          option('password', 'Password', { password: { type: 'string', title: 'Secret', airbyte_secret: true } }, [
            'password',
          ]),
          option(
            'key',
            'Key pair',
            {
              key: { type: 'string', title: 'Private key', airbyte_secret: true, multiline: true },
              deep: {
                type: 'object',
                title: 'Key check',
                oneOf: [
                  { title: 'None', properties: { mode: { const: 'none' } } },
                  {
                    title: 'By fingerprint',
                    required: ['print'],
                    properties: { mode: { const: 'print' }, print: { type: 'string', title: 'Fingerprint' } },
                  },
                ],
              },
            },
            ['key', 'deep'],
          ),
          option('oauth', 'Sign-in', { token: { type: 'string', title: 'Token', airbyte_secret: true } }, ['token']),
        ],
      },
      certificate: { type: 'string', title: 'Certificate', multiline: true, order: 3 },
      start_date: { type: 'string', title: 'Start date', format: 'date', order: 4 },
      since: { type: 'string', title: 'Since', format: 'date-time', order: 5, always_show: true },
      month: { type: 'string', title: 'Month', pattern: '^[0-9]{4}-[0-9]{2}$', order: 6, always_show: true },
      region: { type: 'string', title: 'Region', enum: regions, order: 7 },
      size: { type: 'string', title: 'Size', enum: ['small', 'large'], default: 'small', order: 8 },
      ratio: { type: 'number', title: 'Ratio', order: 9 },
      live: { type: 'boolean', title: 'Live', default: true, order: 10 },
      streams: { type: 'array', title: 'Streams', items: { type: 'string', enum: ['a', 'b', 'c'] }, order: 11 },
      tags: { type: 'array', title: 'Tags', items: { type: 'string' }, order: 12 },
      tables: {
        type: 'array',
        title: 'Tables',
        order: 13,
        items: {
          type: 'object',
          title: 'Table',
          required: ['name'],
          properties: {
            name: { type: 'string', title: 'Table name', order: 0 },
            format: {
              type: 'object',
              title: 'Format',
              order: 1,
              oneOf: [
                { title: 'CSV', properties: { type: { const: 'csv' }, comma: { type: 'string', title: 'Delimiter' } } },
                { title: 'Parquet', properties: { type: { const: 'parquet' } } },
              ],
            },
          },
        },
      },
      headers: {
        type: 'object',
        title: 'Headers',
        order: 14,
        additionalProperties: { type: 'string', title: 'Value' },
      },
      extra: { type: 'object', title: 'Extra', order: 15 },
      matrix: { type: 'array', title: 'Matrix', order: 16, items: { type: 'array', items: { type: 'string' } } },
      fixed: { type: 'string', title: 'Fixed', readOnly: true, default: 'as it is', order: 17 },
    },
  },
}
