// What a tenant syncs, with the fields of streams that have no table yet.
import type { JsonSchema, SyncingConnection, TableFacts } from '@opsai/apps'
import { type Connection, routes, type Sample } from '@opsai/contract'
import type { SessionCall } from '../commands/host-door.js'

/** Where the fields of a source could not be asked for: its streams are there, but without types of their own. */
export interface Connections {
  connections: SyncingConnection[]
  unasked: string[]
}

/**
 * Every connection with its streams. Fields are asked of a source only where one of its streams has no table: that asks
 * the source itself, and takes time.
 */
export async function readConnections(call: SessionCall, tables: readonly TableFacts[]): Promise<Connections> {
  const { connections } = await call(routes.listConnections)
  const asked = await Promise.all(connections.map((connection) => withFields(call, connection, tables)))
  return {
    connections: asked.map(({ connection }) => connection),
    unasked: asked.flatMap(({ connection, fields }) => (fields === 'unknown' ? [connection.name] : [])),
  }
}

interface Asked {
  connection: SyncingConnection
  fields: 'known' | 'unknown'
}

async function withFields(call: SessionCall, connection: Connection, tables: readonly TableFacts[]): Promise<Asked> {
  const own = tables.filter(({ table }) => table.startsWith(connection.tablePrefix))
  if (own.length >= connection.streams.length) return { connection: toSyncing(connection), fields: 'known' }
  try {
    const sample = await call(routes.sampleSource, { body: { sourceId: connection.sourceId, limit: 0 } })
    return { connection: toSyncing(connection, sample), fields: 'known' }
  } catch {
    return { connection: toSyncing(connection), fields: 'unknown' }
  }
}

function toSyncing(
  { connectionId, sourceType, name, tablePrefix, streams }: Connection,
  sample?: Sample,
): SyncingConnection {
  return {
    connectionId,
    sourceType,
    name,
    tablePrefix,
    streams: streams.map((stream) => {
      const described = sample?.streams.find((one) => one.name === stream.name && one.namespace === stream.namespace)
      const jsonSchema = sample && toSchema(sample, stream.name, stream.namespace)
      const primaryKey = stream.primaryKey ?? described?.primaryKey
      const cursorField = stream.cursorField ?? described?.cursorField
      return {
        name: stream.name,
        ...(primaryKey && { primaryKey }),
        ...(cursorField && { cursorField }),
        ...(jsonSchema && { jsonSchema }),
      }
    }),
  }
}

function toSchema({ fields }: Sample, stream: string, namespace: string | undefined): JsonSchema | undefined {
  const own = fields.filter((field) => field.stream === stream && field.namespace === namespace)
  if (own.length === 0) return undefined
  return {
    properties: Object.fromEntries(own.map(({ name, type, format }) => [name, { type, ...(format && { format }) }])),
  }
}
