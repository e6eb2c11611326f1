import { randomUUID } from 'node:crypto'
import type { SyncMode } from '../load/stream-plan.js'
import type { JsonObject } from '../secrets/schema.js'
import { inTransaction, queryOne, type Database, type Queryable } from './database.js'
import type { Tag } from './tags.js'

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

/** `basic` is made over the Config API only; the public API can read it. */
export type StoredSchedule =
  | { scheduleType: 'manual' }
  | { scheduleType: 'cron'; cronExpression: string }
  | { scheduleType: 'basic'; units: number; timeUnit: 'minutes' | 'hours' | 'days' | 'weeks' | 'months' }

/** Which schema a stream's table goes to: the destination's, the stream's own namespace, or a format with it. */
export type NamespaceDefinition = 'destination' | 'source' | 'custom_format'

export interface ConnectionRow {
  connectionId: string
  workspaceId: string
  sourceId: string
  destinationId: string
  name: string
  status: 'active' | 'inactive'
  prefix: string
  namespaceDefinition: NamespaceDefinition
  /** Of `custom_format`, e.g. `crm_${SOURCE_NAMESPACE}`. */
  namespaceFormat: string | null
  schedule: StoredSchedule
  schemaUpdates: string
  streams: SelectedStream[]
  tags: Tag[]
  nextSyncAt: Date | null
  createdAt: Date
}

export type ConnectionChange = Pick<
  ConnectionRow,
  | 'name'
  | 'status'
  | 'prefix'
  | 'namespaceDefinition'
  | 'namespaceFormat'
  | 'schedule'
  | 'schemaUpdates'
  | 'streams'
  | 'nextSyncAt'
> & { tagIds: string[] }
export type NewConnectionRow = ConnectionChange & Pick<ConnectionRow, 'workspaceId' | 'sourceId' | 'destinationId'>

const columns = `connection_id AS "connectionId", workspace_id AS "workspaceId", source_id AS "sourceId",
  destination_id AS "destinationId", name, status, prefix, namespace_definition AS "namespaceDefinition",
  namespace_format AS "namespaceFormat", schedule, schema_updates AS "schemaUpdates", streams,
  coalesce((
    SELECT json_agg(json_build_object('tagId', tag_id, 'workspaceId', t.workspace_id, 'name', t.name, 'color', t.color)
      ORDER BY t.name)
    FROM airbyte_engine.connection_tag ct JOIN airbyte_engine.tag t USING (tag_id)
    WHERE ct.connection_id = connection.connection_id
  ), '[]') AS tags,
  next_sync_at AS "nextSyncAt", created_at AS "createdAt"`

export function createConnectionStore(database: Database) {
  const get = (connectionId: string, db: Queryable = database) =>
    queryOne<ConnectionRow>(db, `SELECT ${columns} FROM airbyte_engine.connection WHERE connection_id = $1`, [
      connectionId,
    ])

  const saved = async (connectionId: string, tx: Queryable): Promise<ConnectionRow> => {
    const row = await get(connectionId, tx)
    if (!row) throw new Error('The connection was not stored.')
    return row
  }

  return {
    create: (row: NewConnectionRow): Promise<ConnectionRow> =>
      inTransaction(database, async (tx) => {
        const connectionId = randomUUID()
        await tx.query(
          `INSERT INTO airbyte_engine.connection (connection_id, name, status, prefix, namespace_definition,
             namespace_format, schedule, schema_updates, streams, next_sync_at, workspace_id, source_id, destination_id)
           VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13)`,
          [connectionId, ...changeValues(row), row.workspaceId, row.sourceId, row.destinationId],
        )
        await setTags(connectionId, row.tagIds, tx)
        return await saved(connectionId, tx)
      }),

    get,

    /** Answers the connection as it is now. */
    save: (connectionId: string, row: ConnectionChange): Promise<ConnectionRow> =>
      inTransaction(database, async (tx) => {
        await tx.query(
          `UPDATE airbyte_engine.connection SET name = $2, status = $3, prefix = $4, namespace_definition = $5,
             namespace_format = $6, schedule = $7, schema_updates = $8, streams = $9, next_sync_at = $10,
             updated_at = now() WHERE connection_id = $1`,
          [connectionId, ...changeValues(row)],
        )
        await setTags(connectionId, row.tagIds, tx)
        return await saved(connectionId, tx)
      }),

    delete: async (connectionId: string): Promise<boolean> => {
      const sql = 'DELETE FROM airbyte_engine.connection WHERE connection_id = $1'
      const { rowCount } = await database.query(sql, [connectionId])
      return rowCount === 1
    },

    /** No ids, those of all workspaces: as Airbyte does. With tags, those that have any of them. */
    list: async (
      workspaceIds: string[],
      { limit, offset }: { limit: number; offset: number },
      tagIds: string[] = [],
    ): Promise<ConnectionRow[]> => {
      const { rows } = await database.query<ConnectionRow>(
        `SELECT ${columns} FROM airbyte_engine.connection
         WHERE (cardinality($1::uuid[]) = 0 OR workspace_id = ANY ($1))
           AND (cardinality($4::uuid[]) = 0 OR EXISTS (
             SELECT FROM airbyte_engine.connection_tag it
             WHERE it.connection_id = connection.connection_id AND it.tag_id = ANY ($4)))
         ORDER BY created_at, connection_id LIMIT $2 OFFSET $3`,
        [workspaceIds, limit, offset, tagIds],
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

function changeValues(row: ConnectionChange): unknown[] {
  return [
    row.name,
    row.status,
    row.prefix,
    row.namespaceDefinition,
    row.namespaceFormat,
    JSON.stringify(row.schedule),
    row.schemaUpdates,
    JSON.stringify(row.streams),
    row.nextSyncAt,
  ]
}

/** A tag that is not of the connection's workspace is none of its tags. */
async function setTags(connectionId: string, tagIds: string[], tx: Queryable) {
  await tx.query('DELETE FROM airbyte_engine.connection_tag WHERE connection_id = $1', [connectionId])
  await tx.query(
    `INSERT INTO airbyte_engine.connection_tag (connection_id, tag_id)
     SELECT connection_id, tag_id FROM airbyte_engine.connection JOIN airbyte_engine.tag USING (workspace_id)
     WHERE connection_id = $1 AND tag_id = ANY ($2)`,
    [connectionId, tagIds],
  )
}
