import { randomUUID } from 'node:crypto'
import type { SyncMode } from '../load/stream-plan.js'
import type { JsonObject } from '../secrets/schema.js'
import { queryOne, type Database, type Queryable } from './database.js'

/** A stream as selected: what the API shows, and the schema it had when it was selected. */
export interface SelectedStream {
  name: string
  namespace?: string
  syncMode: SyncMode
  cursorField?: string[]
  primaryKey?: string[][]
  selectedFields?: { fieldPath: string[] }[]
  jsonSchema: JsonObject
}

export type StoredSchedule = { scheduleType: 'manual' } | { scheduleType: 'cron'; cronExpression: string }

export interface ConnectionRow {
  connectionId: string
  workspaceId: string
  sourceId: string
  destinationId: string
  name: string
  status: 'active' | 'inactive'
  prefix: string
  schedule: StoredSchedule
  schemaUpdates: string
  streams: SelectedStream[]
  nextSyncAt: Date | null
  createdAt: Date
}

export type NewConnectionRow = Omit<ConnectionRow, 'connectionId' | 'createdAt'>
export type ConnectionChange = Pick<
  ConnectionRow,
  'name' | 'status' | 'prefix' | 'schedule' | 'schemaUpdates' | 'streams' | 'nextSyncAt'
>

const columns = `connection_id AS "connectionId", workspace_id AS "workspaceId", source_id AS "sourceId",
  destination_id AS "destinationId", name, status, prefix, schedule, schema_updates AS "schemaUpdates", streams,
  next_sync_at AS "nextSyncAt", created_at AS "createdAt"`

export function createConnectionStore(database: Database) {
  return {
    create: async (row: NewConnectionRow): Promise<ConnectionRow> => {
      const created = await queryOne<ConnectionRow>(
        database,
        `INSERT INTO airbyte_engine.connection (connection_id, workspace_id, source_id, destination_id, name, status,
           prefix, schedule, schema_updates, streams, next_sync_at)
         VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11) RETURNING ${columns}`,
        [
          randomUUID(),
          row.workspaceId,
          row.sourceId,
          row.destinationId,
          row.name,
          row.status,
          row.prefix,
          JSON.stringify(row.schedule),
          row.schemaUpdates,
          JSON.stringify(row.streams),
          row.nextSyncAt,
        ],
      )
      if (!created) throw new Error('The connection was not stored.')
      return created
    },

    get: (connectionId: string) =>
      queryOne<ConnectionRow>(database, `SELECT ${columns} FROM airbyte_engine.connection WHERE connection_id = $1`, [
        connectionId,
      ]),

    save: async (connectionId: string, row: ConnectionChange): Promise<void> => {
      await database.query(
        `UPDATE airbyte_engine.connection SET name = $2, status = $3, prefix = $4, schedule = $5, schema_updates = $6,
           streams = $7, next_sync_at = $8, updated_at = now() WHERE connection_id = $1`,
        [
          connectionId,
          row.name,
          row.status,
          row.prefix,
          JSON.stringify(row.schedule),
          row.schemaUpdates,
          JSON.stringify(row.streams),
          row.nextSyncAt,
        ],
      )
    },

    delete: async (connectionId: string): Promise<boolean> => {
      const sql = 'DELETE FROM airbyte_engine.connection WHERE connection_id = $1'
      const { rowCount } = await database.query(sql, [connectionId])
      return rowCount === 1
    },

    /** No ids, those of all workspaces: as Airbyte does. */
    list: async (workspaceIds: string[], { limit, offset }: { limit: number; offset: number }) => {
      const { rows } = await database.query<ConnectionRow>(
        `SELECT ${columns} FROM airbyte_engine.connection
         WHERE cardinality($1::uuid[]) = 0 OR workspace_id = ANY ($1)
         ORDER BY created_at, connection_id LIMIT $2 OFFSET $3`,
        [workspaceIds, limit, offset],
      )
      return rows
    },

    /** Connections whose scheduled sync is due, locked for this transaction; other engines skip them. */
    due: async (now: Date, tx: Queryable): Promise<ConnectionRow[]> => {
      const { rows } = await tx.query<ConnectionRow>(
        `SELECT ${columns} FROM airbyte_engine.connection
         WHERE next_sync_at <= $1 AND status = 'active' ORDER BY next_sync_at LIMIT 20 FOR UPDATE SKIP LOCKED`,
        [now],
      )
      return rows
    },

    setNextSync: async (connectionId: string, nextSyncAt: Date | null, tx: Queryable): Promise<void> => {
      const sql = 'UPDATE airbyte_engine.connection SET next_sync_at = $2 WHERE connection_id = $1'
      await tx.query(sql, [connectionId, nextSyncAt])
    },
  }
}
