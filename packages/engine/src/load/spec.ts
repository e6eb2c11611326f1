// What the Postgres destination is configured with; field names are Airbyte's.
import type { JsonSchema } from '../protocol/messages.js'

const mode = (value: string, description: string, more: Record<string, JsonSchema> = {}): JsonSchema => ({
  title: value,
  description,
  type: 'object',
  required: ['mode'],
  properties: { mode: { type: 'string', const: value, default: value, order: 0 }, ...more },
})

const caCertificate: JsonSchema = {
  title: 'CA certificate',
  description: "In PEM form, of the authority that signed the server's certificate.",
  type: 'string',
  airbyte_secret: true,
  multiline: true,
  order: 1,
}

const connectionSpecification: Record<string, unknown> = {
  $schema: 'http://json-schema.org/draft-07/schema#',
  title: 'Postgres',
  type: 'object',
  required: ['host', 'port', 'database', 'schema', 'username'],
  properties: {
    host: { title: 'Host', description: 'Name or address of the database server.', type: 'string', order: 0 },
    port: { title: 'Port', type: 'integer', minimum: 1, maximum: 65_535, default: 5432, examples: [5432], order: 1 },
    database: { title: 'Database', description: 'Name of the database to write to.', type: 'string', order: 2 },
    schema: {
      title: 'Schema',
      description: 'Where tables go; made if missing and allowed.',
      type: 'string',
      default: 'public',
      examples: ['public'],
      order: 3,
    },
    username: { title: 'Username', description: 'A user who may make tables in the schema.', type: 'string', order: 4 },
    password: { title: 'Password', type: 'string', airbyte_secret: true, order: 5 },
    ssl_mode: {
      title: 'SSL mode',
      description: 'Whether the connection is encrypted, and how the server proves who it is.',
      type: 'object',
      order: 6,
      oneOf: [
        mode('disable', 'Not encrypted.'),
        mode('prefer', 'Encrypted where the server offers it.'),
        mode('require', 'Always encrypted.'),
        {
          ...mode('verify-ca', 'Encrypted, and the certificate is verified.', { ca_certificate: caCertificate }),
          required: ['mode', 'ca_certificate'],
        },
        mode('verify-full', 'As verify-ca, and the certificate must name this host.', {
          ca_certificate: caCertificate,
        }),
      ],
    },
    raw_data_schema: {
      title: "Schema for the sync's own records",
      description:
        'Where the state of each stream and rows on their way are kept; the schema above unless said otherwise.',
      type: 'string',
      order: 7,
    },
  },
}

/**
 * The spec of Airbyte's Postgres destination as this engine runs it.
 * @example
 * Object.keys(postgresDestinationSpec.connectionSpecification.properties as object) // ['host', 'port', …]
 */
export const postgresDestinationSpec = {
  connectionSpecification,
  supportedDestinationSyncModes: ['overwrite', 'append', 'append_dedup'],
}
