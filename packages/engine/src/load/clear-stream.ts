// Emptying a stream's table and forgetting where it stood, in one transaction: the next sync reads it from its start.
import type { Client } from 'pg'
import { ConnectorError } from '../connector/connector-error.js'
import { ownColumnNames, quoteTable, type TableName } from './layout.js'
import { errorCode } from './postgres-failure.js'
import { inTransaction, type LoadTarget } from './prepare-stream.js'
import { placeOf, workTables, type SyncStream } from './stream-plan.js'
import { writeStreamState } from './stream-state.js'
import { readColumns } from './table.js'

/**
 * Clears one stream. The table stays, empty, with all that hangs on it: grants, policies, views.
 * @throws {ConnectorError} where a table of that name was not made by a sync
 */
export async function clearStream(target: LoadTarget, stream: SyncStream, table: string): Promise<void> {
  const { client, stateSchema, connectionId, syncId } = target
  const place = placeOf(target, stream)
  await inTransaction(client, async () => {
    for (const own of workTables(place, table)) await client.query(`DROP TABLE IF EXISTS ${quoteTable(own)}`)
    await emptyTable(client, { schema: place.schema, table })
    await writeStreamState(client, stateSchema, connectionId, stream, {
      state: null,
      generationId: stream.generationId,
      syncId,
      committedRecords: 0,
      committedBytes: 0,
      complete: true,
      building: false,
    })
  })
}

async function emptyTable(client: Client, name: TableName): Promise<void> {
  const columns = await readColumns(client, name)
  if (columns === undefined) return
  if (!ownColumnNames.every((column) => columns.has(column))) {
    throw new ConnectorError(
      'config_error',
      `"${name.schema}"."${name.table}" was not made by a sync, so it is not cleared.`,
    )
  }
  await client.query('SAVEPOINT empty_table')
  try {
    await client.query(`TRUNCATE ${quoteTable(name)}`)
  } catch (error) {
    // Something refers to its rows: deleting them asks that something, truncating must not.
    if (errorCode(error) !== '0A000') throw error
    await client.query('ROLLBACK TO SAVEPOINT empty_table')
    await client.query(`DELETE FROM ${quoteTable(name)}`)
  }
  await client.query('RELEASE SAVEPOINT empty_table')
}
