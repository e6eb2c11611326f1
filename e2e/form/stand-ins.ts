// Specs in the shape of hard ones that a registry may lack, in words of our own: what is odd about each is all it has.
import type { FormSpec } from '@opsai/react/headless'
import type { CorpusSpec } from './corpus.js'

type Schema = FormSpec['connectionSpecification']

const names = (count: number, prefix: string): string[] =>
  Array.from({ length: count }, (_, at) => `${prefix}_${at + 1}`)
const standIn = (name: string, connectionSpecification: Schema): CorpusSpec => ({
  name: `like-${name}`,
  spec: { connectionSpecification: { type: 'object', ...connectionSpecification } },
})

/** Options told apart by an enum of one value. */
const oneOf = (key: string, options: Record<string, object>): object[] =>
  Object.entries(options).map(([value, properties]) => ({
    title: value,
    required: [key, ...Object.keys(properties)],
    properties: { [key]: { type: 'string', enum: [value], default: value }, ...properties },
  }))
const secret = { type: 'string', airbyte_secret: true }

export const standIns: CorpusSpec[] = [
  // An allOf, 199 values to choose several of, misspelt keywords, a list of objects with such choices.
  standIn('facebook-marketing', {
    required: ['account_ids', 'access_token'],
    properties: {
      account_ids: {
        type: 'array',
        title: 'Account numbers',
        minItems: 1,
        uniqueItems: true,
        order: 0,
        items: { type: 'string', pattern: '^[0-9]+$', pattern_descriptor: 'digits' },
      },
      access_token: { ...secret, title: 'Token', order: 1 },
      start_date: {
        type: 'string',
        title: 'Start',
        format: 'date-time',
        order: 2,
        pattern: '^$|^[0-9]{4}-[0-9]{2}-[0-9]{2}T[0-9]{2}:[0-9]{2}:[0-9]{2}Z$',
      },
      statuses: { type: 'array', title: 'Statuses', order: 3, items: { type: 'string', enum: names(9, 'STATUS') } },
      window: {
        tittle: 'Window',
        desciption: 'In days.',
        type: 'integer',
        mininum: 1,
        minimum: 1,
        maximum: 28,
        default: 28,
        order: 4,
      },
      credentials: {
        title: 'Credentials',
        type: 'object',
        order: 5,
        oneOf: oneOf('auth', {
          Client: { client: { ...secret, title: 'Client' } },
          Service: { key: { ...secret, title: 'Key' } },
        }),
      },
      reports: {
        type: 'array',
        title: 'Reports',
        order: 6,
        items: {
          type: 'object',
          title: 'Report',
          required: ['name'],
          properties: {
            name: { type: 'string', title: 'Report name', order: 0 },
            fields: { type: 'array', title: 'Fields', order: 1, items: { type: 'string', enum: names(199, 'field') } },
            level: { title: 'Level', type: 'string', enum: ['ad', 'set', 'account'], default: 'ad', order: 2 },
            limit: { title: 'Limit', allOf: [{ type: 'integer' }], order: 3 },
          },
        },
      },
    },
  }),
  // Discriminators by an enum of one value, without const; two choices with fields of one name.
  standIn('netsuite-enterprise', {
    required: ['host', 'authentication', 'tunnel'],
    properties: {
      host: { type: 'string', title: 'Host', order: 0 },
      authentication: {
        type: 'object',
        title: 'Authentication',
        order: 1,
        oneOf: oneOf('method', {
          password: { password: { ...secret, title: 'Password' } },
          token: { id: { type: 'string', title: 'Token ID' }, token: { ...secret, title: 'Token' } },
          both: { password: { ...secret, title: 'Password' }, token: { ...secret, title: 'Token' } },
        }),
      },
      tunnel: {
        type: 'object',
        title: 'Tunnel',
        order: 2,
        oneOf: oneOf('tunnel', {
          none: {},
          key: { host: { type: 'string', title: 'Host' }, key: { ...secret, title: 'Key', multiline: true } },
          password: { host: { type: 'string', title: 'Host' }, password: { ...secret, title: 'Password' } },
        }),
      },
    },
  }),
  // Constants without a type, keys in capitals, a choice whose default is a word.
  standIn('kafka', {
    required: ['bootstrap', 'subscription', 'protocol'],
    properties: {
      bootstrap: { type: 'string', title: 'Servers', order: 0 },
      subscription: {
        type: 'object',
        title: 'Subscription',
        order: 1,
        oneOf: [
          {
            title: 'By list',
            required: ['kind', 'partitions'],
            properties: { kind: { const: 'assign' }, partitions: { type: 'string', title: 'Partitions' } },
          },
          {
            title: 'By pattern',
            required: ['kind', 'pattern'],
            properties: { kind: { const: 'subscribe' }, pattern: { type: 'string', title: 'Pattern' } },
          },
        ],
      },
      protocol: {
        type: 'object',
        title: 'Protocol',
        order: 2,
        default: 'SASL_SSL',
        oneOf: ['PLAINTEXT', 'SASL_PLAINTEXT', 'SASL_SSL'].map((value) => ({
          title: value,
          required: ['PROTOCOL'],
          properties: {
            PROTOCOL: { const: value },
            'SASL-MECHANISM': { type: 'string', default: 'PLAIN', enum: ['PLAIN', 'GSSAPI'] },
          },
        })),
      },
      REQUEST_TIMEOUT: { type: 'integer', default: 30000, order: 3 },
      repeated: { type: 'integer', minimum: 0, exclusiveMinimum: -1, order: 3 },
      format: { type: 'object', oneOf: [{ title: 'JSON', properties: { type: { const: 'JSON' } } }] },
    },
  }),
  // A choice at the root, choices in choices, a property named `type`.
  standIn('e2e-test', {
    title: 'What to do',
    oneOf: [
      {
        title: 'Keep going',
        required: ['type', 'messages', 'seed'],
        properties: {
          type: { type: 'string', const: 'CONTINUOUS' },
          messages: { type: 'integer', title: 'Messages', minimum: 1, maximum: 1000 },
          seed: { type: 'integer', title: 'Seed', default: 0 },
          catalog: {
            type: 'object',
            title: 'Streams',
            oneOf: [
              {
                title: 'One',
                required: ['type', 'name'],
                properties: { type: { const: 'SINGLE' }, name: { type: 'string', title: 'Stream name' } },
              },
              {
                title: 'Many',
                required: ['type'],
                properties: {
                  type: { const: 'MULTI' },
                  schemas: { type: 'array', title: 'Schemas', items: { type: 'string' } },
                },
              },
            ],
          },
        },
      },
      {
        title: 'Fail',
        required: ['type', 'after'],
        properties: { type: { type: 'string', const: 'FAIL' }, after: { type: 'integer', title: 'After' } },
      },
    ],
  }),
  // A property that is no schema, `maxitems`, enums of 76 values, alone and in items.
  standIn('newsdata', {
    required: ['api_key'],
    properties: {
      api_key: { ...secret, title: 'API key', order: 0 },
      countries: {
        type: 'array',
        title: 'Countries',
        maxitems: 5,
        order: 1,
        items: { type: 'string', enum: names(76, 'country') },
      },
      language: { type: 'string', title: 'Language', enum: names(76, 'language'), order: 2 },
      OneOf: 'no schema',
      query: { type: 'string', title: 'Query', order: 3 },
    },
  }),
  // An https `$schema`, lists that may be null, whole numbers as an enum, objects in lists in objects.
  standIn('pinterest', {
    $schema: 'https://json-schema.org/draft-07/schema#',
    properties: {
      start_date: { type: 'string', title: 'Start date', format: 'date' },
      status: {
        type: ['array', 'null'],
        title: 'Status',
        items: { type: 'string', enum: ['ACTIVE', 'PAUSED', 'ARCHIVED'] },
        uniqueItems: true,
      },
      reports: {
        type: 'array',
        title: 'Custom reports',
        items: {
          type: 'object',
          required: ['name', 'columns'],
          properties: {
            name: { type: 'string', title: 'Report name', order: 0 },
            days: { type: 'integer', title: 'Days', enum: [0, 1, 7, 14, 30, 60], default: 30, order: 1 },
            columns: {
              type: 'array',
              title: 'Columns',
              items: { type: 'string', enum: names(113, 'COLUMN') },
              order: 2,
            },
            filters: {
              type: 'array',
              title: 'Filters',
              order: 3,
              items: { type: 'object', title: 'Filter', properties: { key: { type: 'string', title: 'Key' } } },
            },
          },
        },
      },
    },
  }),
]

/** Dirt that no validator likes: keys required twice, keywords with a stray quote, types nobody knows. */
export const dirty: CorpusSpec = standIn('dirty', {
  required: ['key', 'key', 'nothing'],
  properties: {
    key: { ...secret, 'title"': 'Key' },
    odd: { type: 'text', title: 'Odd' },
    when: { type: ['null', 'string'], title: 'When', default: null },
    free: { title: 'Free', item: { type: 'string' }, type: 'array' },
    alone: { title: 'Alone' },
  },
})
