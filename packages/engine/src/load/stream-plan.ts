// What loading one stream means: decided once from its settings, then carried out.
import { ConnectorError } from '../connector/connector-error.js'
import type { JsonSchema } from '../protocol/messages.js'
import type { Column } from './column-type.js'
import { toColumnType } from './column-type.js'
import type { TableKeys, TableName } from './layout.js'
import { ownColumnNames } from './layout.js'
import { nameColumns, toIdentifier, toIdentifierOf } from './naming.js'
import type { StoredStreamState } from './stream-state.js'

/** How rows move, in the words of Airbyte's public API. */
export type SyncMode =
  'full_refresh_overwrite' | 'full_refresh_append' | 'incremental_append' | 'incremental_deduped_history'

/** A stream of a sync, as the connection has it. */
export interface SyncStream {
  name: string
  namespace?: string
  syncMode: SyncMode
  /** Needed by incremental modes. */
  cursorField?: string[]
  /** Needed by `incremental_deduped_history`. */
  primaryKey?: string[][]
  /** The stream's schema from discover. */
  jsonSchema: JsonSchema
  /** The schema its table goes to. Default: the destination's. */
  schema?: string
  /** Rows of older generations than `minimumGenerationId` go when the stream has been read to its end. */
  generationId: number
  minimumGenerationId: number
}

/** Whose tables they are and where they go. */
export interface LoadPlace {
  /** Holds the tables users read. */
  schema: string
  /** Holds the states and the sync's own tables; `schema` itself where the destination has no schema for them. */
  stateSchema: string
  connectionId: string
}

/** Rows are copied here, and go on in the transaction of the state that covers them. */
export interface Staging extends TableName {
  landing: 'appended' | 'deduplicated'
}

export interface StreamPlan {
  columns: Column[]
  keys: TableKeys
  /** The table users read. */
  table: TableName
  /** Rows build up here and take the table's place at the end; absent where they go on into the table. */
  building?: TableName
  /** Absent where rows are copied straight to where they stay. */
  staging?: Staging
}

/** The table a stream's rows come to rest in until it was read to its end. */
export function landingTable({ building, table }: StreamPlan): TableName {
  return building ?? table
}

function toColumns(schema: JsonSchema): Column[] {
  const properties = Object.entries(schema.properties ?? {})
  const names = nameColumns(
    properties.map(([field]) => field),
    ownColumnNames,
  )
  return properties.map(([field, inner]) => ({ field, name: names.get(field)!, type: toColumnType(inner) }))
}

function toKeys(stream: SyncStream, columns: Column[]): TableKeys {
  const nameOf = (path: string[], what: string): string => {
    const column = path.length === 1 ? columns.find(({ field }) => field === path[0]) : undefined
    if (column) return column.name
    throw new ConnectorError(
      'config_error',
      `Stream "${stream.name}" has no field "${path.join('.')}" to use as its ${what}.`,
    )
  }
  const primaryKey = (stream.primaryKey ?? []).map((path) => nameOf(path, 'primary key'))
  if (stream.syncMode === 'incremental_deduped_history' && primaryKey.length === 0) {
    throw new ConnectorError(
      'config_error',
      `Stream "${stream.name}" needs a primary key to deduplicate by. Choose one.`,
    )
  }
  const incremental = stream.syncMode.startsWith('incremental')
  const cursor = incremental && stream.cursorField?.length ? nameOf(stream.cursorField, 'cursor') : undefined
  return cursor === undefined ? { primaryKey } : { primaryKey, cursor }
}

/** Whether rows of earlier generations are to be replaced by this sync's. */
export function isReplacing(stream: SyncStream, stored: StoredStreamState | undefined): boolean {
  if (stream.syncMode === 'full_refresh_overwrite') return true
  if (stream.minimumGenerationId <= 0) return false
  return stored === undefined || stored.generationId < stream.minimumGenerationId || stored.building
}

/** Where a sync takes a stream up: what it starts from, or that this job has read it already. */
export function takeUp(
  stream: SyncStream,
  stored: StoredStreamState | undefined,
  syncId: number,
): { kind: 'done'; stored: StoredStreamState } | { kind: 'reading'; start: StoredStreamState } {
  const sameJob = stored?.syncId === syncId && stored.generationId === stream.generationId
  if (stored && sameJob && stored.complete) return { kind: 'done', stored }
  const replacing = isReplacing(stream, stored)
  const keepsPlace = stream.syncMode.startsWith('incremental') ? !replacing || stored?.building : sameJob
  return {
    kind: 'reading',
    start: {
      state: (keepsPlace && stored?.state) || null,
      generationId: stream.generationId,
      syncId,
      committedRecords: sameJob ? stored.committedRecords : 0,
      committedBytes: sameJob ? stored.committedBytes : 0,
      complete: false,
      building: replacing,
    },
  }
}

function toLanding(stream: SyncStream, replacing: boolean, place: LoadPlace): Staging['landing'] | undefined {
  if (stream.syncMode === 'incremental_deduped_history') return 'deduplicated'
  return !replacing && place.stateSchema !== place.schema ? 'appended' : undefined
}

/** The stream's own schema instead of the destination's, where it has one. */
export function placeOf<P extends LoadPlace>(place: P, { schema }: Pick<SyncStream, 'schema'>): P {
  return schema === undefined ? place : { ...place, schema }
}

/** The tables a sync keeps for itself while it fills one of this name. */
export function workTables(place: LoadPlace, name: string): TableName[] {
  return [ownTable(place, `${name}_airbyte_tmp`), ownTable(place, `${name}_airbyte_new`)]
}

/** The raw schema may be shared by connections, and by destinations of other schemas. */
function ownTable({ schema, stateSchema, connectionId }: LoadPlace, name: string): TableName {
  if (stateSchema === schema) return { schema, table: toIdentifier(name) }
  return { schema: stateSchema, table: toIdentifierOf(name, [connectionId, schema]) }
}

/**
 * With a schema of the sync's own, nothing is ever copied into the users' one: Postgres refuses COPY into a table whose
 * row security binds its owner, while INSERT and a table that moves in are fine with it.
 * @throws {ConnectorError} when a key names no field
 */
export function planStream(stream: SyncStream, name: string, replacing: boolean, place: LoadPlace): StreamPlan {
  const columns = toColumns(stream.jsonSchema)
  const keys = toKeys(stream, columns)
  const landing = toLanding(stream, replacing, place)
  return {
    columns,
    keys,
    table: { schema: place.schema, table: name },
    ...(replacing && { building: ownTable(place, `${name}_airbyte_tmp`) }),
    ...(landing && { staging: { ...ownTable(place, `${name}_airbyte_new`), landing } }),
  }
}
