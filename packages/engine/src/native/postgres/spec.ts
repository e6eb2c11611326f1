// What the Postgres source asks for, in words for the person who has the database's details at hand.
import type { ConnectorSpec } from '../../connector/connector.js'
import type { JsonSchema } from '../../protocol/messages.js'

const sslMode = (
  mode: string,
  title: string,
  description: string,
  more: Record<string, JsonSchema> = {},
): JsonSchema => ({
  title,
  description,
  type: 'object',
  required: ['mode', ...Object.keys(more).filter((key) => more[key]?.airbyte_optional !== true)],
  properties: {
    mode: { type: 'string', const: mode, default: mode, order: 0 },
    ...Object.fromEntries(Object.entries(more).map(([key, { airbyte_optional: _, ...schema }]) => [key, schema])),
  },
})

const caCertificate: JsonSchema = {
  title: 'CA certificate',
  description: "The certificate, in PEM form, of the authority that signed the server's own.",
  type: 'string',
  airbyte_secret: true,
  multiline: true,
  examples: ['-----BEGIN CERTIFICATE-----'],
  order: 1,
}

export const postgresSpec: ConnectorSpec = {
  connectionSpecification: {
    $schema: 'http://json-schema.org/draft-07/schema#',
    title: 'Postgres',
    type: 'object',
    required: ['host', 'port', 'database', 'username'],
    groups: [
      { id: 'server', title: 'Server' },
      { id: 'auth', title: 'Sign in' },
      { id: 'security', title: 'Security' },
      { id: 'advanced', title: 'Advanced' },
    ],
    properties: {
      host: {
        title: 'Host',
        description: 'Name or address of the database server, without a protocol.',
        type: 'string',
        minLength: 1,
        pattern: '^[^\\s/:]+$|^\\[?[0-9a-fA-F:.]+\\]?$',
        pattern_descriptor: 'a name or an address, without protocol and port',
        examples: ['db.example.com'],
        order: 0,
        group: 'server',
      },
      port: {
        title: 'Port',
        description: '5432 unless your provider says otherwise.',
        type: 'integer',
        minimum: 1,
        maximum: 65_535,
        default: 5432,
        examples: [5432],
        order: 1,
        group: 'server',
      },
      database: {
        title: 'Database',
        description: 'Name of the database to read.',
        type: 'string',
        minLength: 1,
        examples: ['shop'],
        order: 2,
        group: 'server',
      },
      schemas: {
        title: 'Schemas',
        description: 'Schemas whose tables and views are read. Capitals matter.',
        type: 'array',
        items: { type: 'string', minLength: 1 },
        minItems: 1,
        uniqueItems: true,
        default: ['public'],
        examples: [['public']],
        order: 3,
        group: 'server',
      },
      username: {
        title: 'Username',
        description: 'A user who may read the tables; it needs no right to write.',
        type: 'string',
        minLength: 1,
        examples: ['reader'],
        order: 4,
        group: 'auth',
      },
      password: {
        title: 'Password',
        description: "That user's password.",
        type: 'string',
        airbyte_secret: true,
        always_show: true,
        order: 5,
        group: 'auth',
      },
      ssl_mode: {
        title: 'SSL mode',
        description: 'Whether the connection is encrypted, and how the server proves who it is.',
        type: 'object',
        order: 6,
        group: 'security',
        display_type: 'dropdown',
        default: { mode: 'prefer' },
        oneOf: [
          sslMode('disable', 'disable', 'Not encrypted. Only for a private network.'),
          sslMode('prefer', 'prefer', 'Encrypted where the server offers it.'),
          sslMode('require', 'require', 'Always encrypted.'),
          sslMode('verify-ca', 'verify-ca', 'Encrypted, and the certificate must be signed by this authority.', {
            ca_certificate: caCertificate,
          }),
          sslMode('verify-full', 'verify-full', 'As verify-ca, and the certificate must name this host.', {
            ca_certificate: { ...caCertificate, airbyte_optional: true },
          }),
        ],
      },
      replication_method: {
        title: 'How changes are found',
        description:
          'New and changed rows are those whose cursor column, such as updated_at, is past the last one read.',
        type: 'object',
        order: 7,
        group: 'advanced',
        default: { method: 'Standard' },
        oneOf: [
          {
            title: 'Detect changes with a cursor column',
            description: "Deleted rows are not seen. Each stream's cursor is chosen with the stream.",
            type: 'object',
            required: ['method'],
            properties: { method: { type: 'string', const: 'Standard', default: 'Standard', order: 0 } },
          },
        ],
      },
    },
  },
  documentationUrl: 'https://docs.airbyte.com/integrations/sources/postgres',
}
