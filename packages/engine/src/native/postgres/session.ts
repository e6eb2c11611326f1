// A connection to the source with the settings all its text depends on.
import type { ConnectorContext } from '../../connector/connector.js'
import type { OpenConnection, PostgresAddress, PrivateAddresses } from '../../load/postgres-connection.js'
import { connectPostgres } from '../../load/postgres-connection.js'

/** Longest a question about tables may take; rows are read without a limit. */
const questionMs = 30_000

/** How a connector opens its connections. */
export type OpenSource = (address: PostgresAddress, context: ConnectorContext) => Promise<OpenConnection>

export async function openSource(
  address: PostgresAddress,
  { signal }: ConnectorContext,
  privateAddresses: PrivateAddresses,
): Promise<OpenConnection> {
  const connection = await connectPostgres(address, { signal, applicationName: 'opsai source', privateAddresses })
  try {
    await connection.client.query(
      `SELECT set_config(name, value, false) FROM (VALUES
         ('TimeZone', 'UTC'), ('DateStyle', 'ISO, MDY'), ('IntervalStyle', 'iso_8601'), ('bytea_output', 'hex'),
         ('extra_float_digits', '3'), ('search_path', 'pg_catalog'), ('lock_timeout', '${questionMs}'),
         ('statement_timeout', '${questionMs}'), ('client_connection_check_interval', '1000')) AS wanted (name, value)
       WHERE EXISTS (SELECT FROM pg_settings s WHERE lower(s.name) = lower(wanted.name))`,
    )
    return connection
  } catch (error) {
    await connection.close()
    throw error
  }
}
