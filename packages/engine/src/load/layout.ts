// The tables a sync writes: destination-postgres 3.x "direct load" layout, as SQL.
import type { Column } from './column-type.js'
import { quoteName, toIdentifier } from './naming.js'

/** Airbyte's columns, first in every table. */
export const ownColumns = [
  { name: '_airbyte_raw_id', type: 'varchar' },
  { name: '_airbyte_extracted_at', type: 'timestamp with time zone' },
  { name: '_airbyte_meta', type: 'jsonb' },
  { name: '_airbyte_generation_id', type: 'bigint' },
] as const

export const ownColumnNames: readonly string[] = ownColumns.map((column) => column.name)

export interface TableName {
  schema: string
  table: string
}

/** Columns that rows are told apart and ordered by, as column names. */
export interface TableKeys {
  primaryKey: string[]
  cursor?: string
}

export function quoteTable({ schema, table }: TableName): string {
  return `${quoteName(schema)}.${quoteName(table)}`
}

/** @param kind `unlogged` where a crash of the server may empty it: faster to write */
export function createTableSql(name: TableName, columns: Column[], kind: 'logged' | 'unlogged' = 'logged'): string {
  const own = ownColumns.map((column) => `${quoteName(column.name)} ${column.type} NOT NULL`)
  const fields = columns.map((column) => `${quoteName(column.name)} ${column.type}`)
  const create = kind === 'unlogged' ? 'CREATE UNLOGGED TABLE' : 'CREATE TABLE'
  return `${create} IF NOT EXISTS ${quoteTable(name)} (${[...own, ...fields].join(', ')})`
}

/** Plain indexes, never unique: NULL keys and repeated rows must land. */
export function indexesOf(table: string, keys: TableKeys): { name: string; columns: string[] }[] {
  const indexes = [
    { name: toIdentifier(`idx_pk_${table}`), columns: keys.primaryKey },
    { name: toIdentifier(`idx_cursor_${table}`), columns: keys.cursor === undefined ? [] : [keys.cursor] },
    { name: toIdentifier(`idx_extracted_at_${table}`), columns: ['_airbyte_extracted_at'] },
  ]
  return indexes.filter((index) => index.columns.length > 0)
}

export function createIndexesSql(name: TableName, keys: TableKeys): string[] {
  return indexesOf(name.table, keys).map(
    (index) =>
      `CREATE INDEX IF NOT EXISTS ${quoteName(index.name)} ON ${quoteTable(name)} (${index.columns.map(quoteName).join(', ')})`,
  )
}

/** All columns a sync writes, as a list in SQL. */
export function columnList(columns: Column[]): string {
  return [...ownColumnNames, ...columns.map((column) => column.name)].map(quoteName).join(', ')
}

/** Where COPY puts a line's fields. */
export function copySql(name: TableName, columns: Column[]): string {
  return `COPY ${quoteTable(name)} (${columnList(columns)}) FROM STDIN`
}
