import type { AirbyteStream } from '../../protocol/messages.js'
import type { TableColumn } from './column-kind.js'
import { isOrdered, toJsonSchema } from './column-kind.js'
import type { Table } from './tables.js'

const changedAt = /^(last_?)?(updated?|modified|modification|changed?)(_?(at|on|date|time|timestamp|ts))?$/i
const isMoment = (column: TableColumn) => column.typeName === 'timestamptz' || column.typeName === 'timestamp'
const isWhole = (column: TableColumn) => ['int2', 'int4', 'int8'].includes(column.typeName)

/**
 * The column that most likely says what is new: a time of change, else a number that counts up.
 * A number finds new rows only; a time of change finds changed ones too, so it goes first.
 */
export function proposeCursor(table: Table): string | undefined {
  const time = table.columns.find((column) => isMoment(column) && changedAt.test(column.name))
  if (time) return time.name
  const key = table.columns.find((column) => column.name === table.primaryKey[0])
  return table.primaryKey.length === 1 && key && isWhole(key) ? key.name : undefined
}

/** Whether rows can be read in primary key order and taken up again. */
export function isResumable(table: Table): boolean {
  const keys = table.columns.filter((column) => table.primaryKey.includes(column.name))
  return keys.length > 0 && keys.every(isOrdered)
}

/** A table as a stream. */
export function toStream(table: Table): AirbyteStream {
  const cursor = proposeCursor(table)
  return {
    name: table.name,
    namespace: table.schema,
    json_schema: {
      type: 'object',
      properties: Object.fromEntries(table.columns.map((column) => [column.name, toJsonSchema(column)])),
    },
    supported_sync_modes: table.columns.some(isOrdered) ? ['full_refresh', 'incremental'] : ['full_refresh'],
    source_defined_cursor: false,
    ...(cursor !== undefined && { default_cursor_field: [cursor] }),
    ...(table.primaryKey.length > 0 && { source_defined_primary_key: table.primaryKey.map((column) => [column]) }),
    is_resumable: isResumable(table),
  }
}
