import type { StateValue, StreamDescriptor } from '../protocol/messages.js'
import { parseDestination } from './destination-config.js'
import { quoteName } from './naming.js'
import { connectPostgres } from './postgres-connection.js'
import { stateTableName } from './stream-state.js'

/**
 * Where each stream of a connection stands, as its destination has it. None where it never synced.
 * @throws what `pg` throws where the destination can't be reached
 */
export async function listStreamStates(
  config: unknown,
  connectionId: string,
  signal: AbortSignal,
): Promise<{ stream: StreamDescriptor; state: StateValue }[]> {
  const { address, stateSchema } = parseDestination(config)
  const { client, close } = await connectPostgres(address, { applicationName: 'opsai state', signal })
  try {
    await client.query(`SET statement_timeout = '20s'`)
    const table = `${quoteName(stateSchema)}.${quoteName(stateTableName)}`
    const { rows: known } = await client.query<{ known: boolean }>('SELECT to_regclass($1) IS NOT NULL AS known', [
      table,
    ])
    if (!known[0]?.known) return []
    const { rows } = await client.query<{ stream: string; namespace: string; state: StateValue }>(
      `SELECT stream, namespace, state FROM ${table}
       WHERE connection_id = $1 AND state IS NOT NULL ORDER BY namespace, stream`,
      [connectionId],
    )
    return rows.map(({ stream, namespace, state }) => ({
      stream: { name: stream, ...(namespace !== '' && { namespace }) },
      state,
    }))
  } finally {
    await close()
  }
}
