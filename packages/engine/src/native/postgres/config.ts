import * as z from 'zod'
import { SslConfig, toConfigError, toSslMode } from '../../load/destination-config.js'
import type { PostgresAddress } from '../../load/postgres-connection.js'

const PostgresConfig = z.object({
  // Never a path: `pg` would take that for a socket of the engine's own machine.
  host: z.string().regex(/^[^\s/]+$/, 'must be a host name or address'),
  port: z.number().int().min(1).max(65_535).default(5432),
  database: z.string().min(1),
  schemas: z.array(z.string().min(1)).min(1).default(['public']),
  username: z.string().min(1),
  password: z.string().default(''),
  ssl_mode: SslConfig.optional(),
  replication_method: z.object({ method: z.literal('Standard') }).optional(),
})

/** The Postgres source's configuration after parsing. */
export interface PostgresSource {
  address: PostgresAddress
  schemas: string[]
}

/** @throws {ConnectorError} naming the fields that are wrong */
export function parsePostgresConfig(config: unknown): PostgresSource {
  const parsed = PostgresConfig.safeParse(config)
  if (!parsed.success) throw toConfigError(parsed.error, 'The configuration')
  const { host, port, database, username, password, schemas, ssl_mode: ssl } = parsed.data
  return { address: { host, port, database, username, password, ssl: toSslMode(ssl) }, schemas: [...new Set(schemas)] }
}
