// Where each stream stands, kept beside the rows and written in their transaction: rows and state agree whatever
// happens, so that a resumed sync loses nothing and repeats nothing.
import type { Client } from 'pg'
import type { StateValue, StreamDescriptor } from '../protocol/messages.js'
import { quoteName } from './naming.js'

/** Name of the table, in the destination's `raw_data_schema` or schema. */
export const stateTableName = '_airbyte_stream_state'

export interface StoredStreamState {
  state: StateValue | null
  generationId: number
  /** The job that wrote it. */
  syncId: number
  /** Since that job began. */
  committedRecords: number
  committedBytes: number
  /** Whether that job read the stream to its end. */
  complete: boolean
  /** Whether the rows it speaks of are in the table being built, not yet in the one users read. */
  building: boolean
}

interface StateRow {
  state: StateValue | null
  generation_id: string
  sync_id: string
  committed_records: string
  committed_bytes: string
  complete: boolean
  building: boolean
}

function tableIn(schema: string): string {
  return `${quoteName(schema)}.${quoteName(stateTableName)}`
}

export async function createStateTable(client: Client, schema: string): Promise<void> {
  await client.query(`CREATE TABLE IF NOT EXISTS ${tableIn(schema)} (
    connection_id varchar NOT NULL,
    stream varchar NOT NULL,
    namespace varchar NOT NULL DEFAULT '',
    state jsonb,
    generation_id bigint NOT NULL,
    sync_id bigint NOT NULL,
    committed_records bigint NOT NULL DEFAULT 0,
    committed_bytes bigint NOT NULL DEFAULT 0,
    complete boolean NOT NULL DEFAULT false,
    building boolean NOT NULL DEFAULT false,
    updated_at timestamp with time zone NOT NULL DEFAULT now(),
    PRIMARY KEY (connection_id, stream, namespace))`)
}

export async function readStreamState(
  client: Client,
  schema: string,
  connectionId: string,
  stream: StreamDescriptor,
): Promise<StoredStreamState | undefined> {
  const { rows } = await client.query<StateRow>(
    `SELECT state, generation_id, sync_id, committed_records, committed_bytes, complete, building
     FROM ${tableIn(schema)} WHERE connection_id = $1 AND stream = $2 AND namespace = $3`,
    [connectionId, stream.name, stream.namespace ?? ''],
  )
  const row = rows[0]
  return (
    row && {
      state: row.state,
      generationId: Number(row.generation_id),
      syncId: Number(row.sync_id),
      committedRecords: Number(row.committed_records),
      committedBytes: Number(row.committed_bytes),
      complete: row.complete,
      building: row.building,
    }
  )
}

export async function writeStreamState(
  client: Client,
  schema: string,
  connectionId: string,
  stream: StreamDescriptor,
  stored: StoredStreamState,
): Promise<void> {
  await client.query(
    `INSERT INTO ${tableIn(schema)} AS kept
       (connection_id, stream, namespace, state, generation_id, sync_id, committed_records, committed_bytes,
        complete, building)
     VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10)
     ON CONFLICT (connection_id, stream, namespace) DO UPDATE SET
       state = excluded.state, generation_id = excluded.generation_id, sync_id = excluded.sync_id,
       committed_records = excluded.committed_records, committed_bytes = excluded.committed_bytes,
       complete = excluded.complete, building = excluded.building, updated_at = now()`,
    [
      connectionId,
      stream.name,
      stream.namespace ?? '',
      stored.state === null ? null : JSON.stringify(stored.state),
      stored.generationId,
      stored.syncId,
      stored.committedRecords,
      stored.committedBytes,
      stored.complete,
      stored.building,
    ],
  )
}
