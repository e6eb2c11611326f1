// The destination's side of one sync: connect, lock, make ready.
import type { Client } from 'pg'
import { ConnectorError } from '../connector/connector-error.js'
import type { Destination } from './destination-config.js'
import { quoteName } from './naming.js'
import type { OpenConnection } from './postgres-connection.js'
import { connectPostgres } from './postgres-connection.js'
import { inTransaction } from './prepare-stream.js'
import { createStateTable } from './stream-state.js'

/**
 * Opens the destination for one connection's sync and makes its schemas, `schemas` too. The lock outlives a killed process until Postgres has ended its
 * session, so that nothing half done of it can commit after its successor has read the state.
 */
export async function openDestination(
  destination: Destination,
  connectionId: string,
  signal: AbortSignal,
  schemas: readonly string[] = [],
): Promise<OpenConnection> {
  const connection = await connectPostgres(destination.address, { signal, applicationName: 'opsai sync' })
  try {
    const { client } = connection
    await client.query(`SET TimeZone = 'UTC'`)
    await client.query(`SET DateStyle = 'ISO, MDY'`)
    await client.query(`SET IntervalStyle = 'iso_8601'`)
    await lockConnection(client, connectionId)
    await inTransaction(client, async () => {
      await client.query(`SELECT pg_advisory_xact_lock(hashtextextended('opsai schema ' || $1, 0))`, [
        destination.schema,
      ])
      const wanted = new Set([destination.schema, destination.stateSchema, ...schemas])
      for (const schema of wanted) await ensureSchema(client, schema)
      await createStateTable(client, destination.stateSchema)
    })
    return connection
  } catch (error) {
    await connection.close()
    throw error
  }
}

async function lockConnection(client: Client, connectionId: string): Promise<void> {
  await client.query(`SET lock_timeout = '30s'`)
  try {
    await client.query(`SELECT pg_advisory_lock(hashtextextended('opsai sync ' || $1, 0))`, [connectionId])
  } catch (error) {
    if (!(error instanceof Error && 'code' in error && error.code === '55P03')) throw error
    throw new ConnectorError('transient_error', 'Another sync of this connection is still running. Wait for it to end.')
  }
  await client.query(`SET lock_timeout = '60s'`)
}

/** A role that owns its schemas may not create others, so an existing one is left alone. */
async function ensureSchema(client: Client, schema: string): Promise<void> {
  const { rowCount } = await client.query('SELECT FROM pg_namespace WHERE nspname = $1', [schema])
  if (rowCount === 0) await client.query(`CREATE SCHEMA IF NOT EXISTS ${quoteName(schema)}`)
}
