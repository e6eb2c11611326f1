// Which table belongs to which stream of which connection. The tables are the truth; a stream that has none yet is on
// its way, and gets the columns its schema promises.
import { toLandingType } from './columns/column-type.js'
import { isShortenedName, toLandingColumns, toLandingName } from './columns/landing-names.js'
import type { ColumnFacts, ConnectionFacts, JsonSchema, StreamFacts } from './facts.js'

/** A table of the tenant's schema that a sync has made. */
export interface TableFacts {
  table: string
  columns: readonly ColumnFacts[]
  /** By its index: empty where it has none. */
  primaryKey: readonly string[]
  cursor?: string
}

/** A stream a connection syncs. */
export interface SyncedStream {
  name: string
  primaryKey?: readonly (readonly string[])[]
  cursorField?: readonly string[]
  /** As discovered, where that is known. */
  jsonSchema?: JsonSchema
}

/** A connection, with what its tables' names begin with and what it syncs. */
export interface SyncingConnection extends ConnectionFacts {
  tablePrefix: string
  streams: readonly SyncedStream[]
}

/**
 * The streams an app is made of.
 *
 * @example
 * const streams = matchStreams(tables, connections)
 * generateApp({ tenant, connections, streams, template })
 */
export function matchStreams(tables: readonly TableFacts[], connections: readonly SyncingConnection[]): StreamFacts[] {
  // The longest prefix first: `postgres_2_` is none of `postgres_`.
  const byPrefix = [...connections].sort((a, b) => b.tablePrefix.length - a.tablePrefix.length)
  const left = new Set(tables)
  return byPrefix.flatMap((connection) => {
    const own = [...left].filter(({ table }) => table.startsWith(connection.tablePrefix))
    for (const table of own) left.delete(table)
    return matchOne(connection, own)
  })
}

function matchOne(connection: SyncingConnection, tables: readonly TableFacts[]): StreamFacts[] {
  const landed = new Map<string, SyncedStream>()
  const waiting: SyncedStream[] = []
  const isFree = (table: string) => !landed.has(table) && tables.some((one) => one.table === table)
  for (const stream of connection.streams) {
    const wanted = toLandingName(connection.tablePrefix + stream.name)
    if (isFree(wanted)) landed.set(wanted, stream)
    else waiting.push(stream)
  }
  // Where two shared a name, one has a hash at its end.
  const missing = waiting.filter((stream) => {
    const alike = tables.filter(
      ({ table }) => isFree(table) && isShortenedName(table, connection.tablePrefix + stream.name),
    )
    if (alike.length !== 1 || !alike[0]) return true
    landed.set(alike[0].table, stream)
    return false
  })
  const taken = new Set(tables.map(({ table }) => table))
  const coming = missing.filter(({ name }) => !taken.has(toLandingName(connection.tablePrefix + name)))
  return [
    ...tables.map((table) => toLanded(connection, table, landed.get(table.table))),
    ...coming.map((stream) => toComing(connection, stream)),
  ]
}

function toLanded(
  { connectionId, tablePrefix }: SyncingConnection,
  table: TableFacts,
  stream?: SyncedStream,
): StreamFacts {
  const properties = stream?.jsonSchema?.properties ?? {}
  const columnOf = toLandingColumns(Object.keys(properties))
  const schemaOf = new Map([...columnOf].map(([field, column]) => [column, properties[field]]))
  const names = new Set(table.columns.map(({ name }) => name))
  const key = (stream?.primaryKey ?? []).map((path) => toColumn(path, columnOf))
  const isKnown = key.length > 0 && key.every((column) => column !== undefined && names.has(column))
  return {
    connectionId,
    name: stream?.name ?? table.table.slice(tablePrefix.length),
    table: table.table,
    columns: table.columns.map((column) => {
      const schema = schemaOf.get(column.name)
      return schema ? { ...column, schema } : column
    }),
    primaryKey: table.primaryKey.length > 0 || !isKnown ? table.primaryKey : (key as string[]),
    ...(table.cursor !== undefined && { cursor: table.cursor }),
  }
}

function toComing({ connectionId, tablePrefix }: SyncingConnection, stream: SyncedStream): StreamFacts {
  const properties = Object.entries(stream.jsonSchema?.properties ?? {})
  const columnOf = toLandingColumns(properties.map(([field]) => field))
  const cursor = stream.cursorField?.length === 1 ? columnOf.get(stream.cursorField[0] ?? '') : undefined
  return {
    connectionId,
    name: stream.name,
    table: toLandingName(tablePrefix + stream.name),
    columns: properties.map(([field, schema]) => ({
      name: columnOf.get(field) ?? field,
      type: toLandingType(schema),
      schema,
    })),
    primaryKey: (stream.primaryKey ?? []).flatMap((path) => {
      const column = path.length === 1 ? columnOf.get(path[0] ?? '') : undefined
      return column === undefined ? [] : [column]
    }),
    ...(cursor !== undefined && { cursor }),
  }
}

/** A key's column: by its schema, or as any field lands. */
function toColumn(path: readonly string[], columnOf: ReadonlyMap<string, string>): string | undefined {
  const [field] = path
  return path.length === 1 && field !== undefined ? (columnOf.get(field) ?? toLandingName(field)) : undefined
}
