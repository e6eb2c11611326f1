import * as z from 'zod'
import { ConnectorError } from '../connector/connector-error.js'
import type { PostgresAddress } from './postgres-connection.js'

const SslConfig = z.discriminatedUnion('mode', [
  z.object({ mode: z.literal(['disable', 'allow', 'prefer', 'require']) }),
  z.object({ mode: z.literal('verify-ca'), ca_certificate: z.string().min(1) }),
  z.object({ mode: z.literal('verify-full'), ca_certificate: z.string().optional() }),
])

/** The destination's configuration, in the field names of Airbyte's destination-postgres. */
export const PostgresDestinationConfig = z.object({
  // Never a path: `pg` would take that for a socket of the engine's own machine.
  host: z.string().regex(/^[^\s/]+$/, 'must be a host name or address'),
  port: z.number().int().min(1).max(65_535).default(5432),
  database: z.string().min(1),
  /** Where tables go. @default public */
  schema: z.string().min(1).default('public'),
  username: z.string().min(1),
  password: z.string().default(''),
  /** @default prefer */
  ssl_mode: SslConfig.optional(),
  /**
   * Where the sync keeps its states, and its own tables while it runs: with it, rows are never COPYed into `schema`,
   * whose tables may then have row security that binds their owner. @default the schema of the tables
   */
  raw_data_schema: z.string().min(1).optional(),
})
export type PostgresDestinationConfig = z.input<typeof PostgresDestinationConfig>

/** A destination's configuration after parsing. */
export interface Destination {
  address: PostgresAddress
  schema: string
  stateSchema: string
}

/**
 * @throws {ConnectorError} naming the fields that are wrong
 */
export function parseDestination(config: unknown): Destination {
  const parsed = PostgresDestinationConfig.safeParse(config)
  if (!parsed.success) throw toConfigError(parsed.error, "The destination's configuration")
  const { host, port, database, username, password, schema, ssl_mode: ssl, raw_data_schema: rawSchema } = parsed.data
  return {
    address: { host, port, database, username, password, ssl: toSslMode(ssl) },
    schema,
    stateSchema: rawSchema ?? schema,
  }
}

/** Field paths and reasons of a configuration that did not parse; never its values. */
export function toConfigError(error: z.ZodError, what: string): ConnectorError {
  const fields = error.issues.map((issue) => issue.path.map(String))
  const reasons = error.issues.map((issue) => `${issue.path.join('.') || 'it'}: ${issue.message}`)
  return new ConnectorError('config_error', `${what} is not complete: ${reasons.join('; ')}.`, fields)
}

/** `ssl_mode` as Airbyte's connectors spell it → what the connection does. */
export function toSslMode(ssl: z.output<typeof SslConfig> | undefined): PostgresAddress['ssl'] {
  if (ssl === undefined || ssl.mode === 'allow') return { mode: 'prefer' }
  if (ssl.mode === 'verify-ca') return { mode: 'verify-ca', caCertificate: ssl.ca_certificate }
  if (ssl.mode !== 'verify-full') return { mode: ssl.mode }
  const certificate = ssl.ca_certificate
  return certificate ? { mode: 'verify-full', caCertificate: certificate } : { mode: 'verify-full' }
}

export { SslConfig }
