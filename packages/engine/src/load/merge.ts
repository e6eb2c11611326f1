// Newly staged rows going on into their table: all of them, or of each primary key the latest.
import type { Column } from './column-type.js'
import type { TableKeys, TableName } from './layout.js'
import { columnList, quoteTable } from './layout.js'
import { quoteName } from './naming.js'

/** The statement that adds staged rows as they are, in the order they came. */
export function appendSql(staged: TableName, target: TableName, columns: Column[]): string {
  const names = columnList(columns)
  return `INSERT INTO ${quoteTable(target)} (${names}) SELECT ${names} FROM ${quoteTable(staged)}`
}

/**
 * The statements that deduplicate staged rows into a table, to run in one transaction. Latest is by cursor (NULLs oldest), then by time of extraction, then by
 * arrival. Rows with a NULL in their primary key match nothing, as in SQL: each of them stays.
 */
export function mergeSql(staged: TableName, target: TableName, columns: Column[], keys: TableKeys): string[] {
  const key = keys.primaryKey.map(quoteName)
  const cursor = keys.cursor === undefined ? undefined : quoteName(keys.cursor)
  const newestFirst = [
    ...(cursor === undefined ? [] : [`${cursor} DESC NULLS LAST`]),
    '"_airbyte_extracted_at" DESC',
    'ctid DESC',
  ].join(', ')
  const hasKey = key.map((column) => `${column} IS NOT NULL`).join(' AND ')
  const same = key.map((column) => `kept.${column} = new.${column}`).join(' AND ')
  const notNewer =
    cursor === undefined
      ? 'true'
      : `(kept.${cursor} > new.${cursor} OR (kept.${cursor} IS NOT NULL AND new.${cursor} IS NULL)) IS NOT TRUE`
  const names = columnList(columns)
  return [
    `DELETE FROM ${quoteTable(staged)} AS doubled USING (
       SELECT ctid AS place, row_number() OVER (PARTITION BY ${key.join(', ')} ORDER BY ${newestFirst}) AS nth
       FROM ${quoteTable(staged)} WHERE ${hasKey}) AS ranked
     WHERE doubled.ctid = ranked.place AND ranked.nth > 1`,
    `DELETE FROM ${quoteTable(target)} AS kept USING ${quoteTable(staged)} AS new WHERE ${same} AND ${notNewer}`,
    `INSERT INTO ${quoteTable(target)} (${names}) SELECT ${names} FROM ${quoteTable(staged)} AS new
     WHERE NOT EXISTS (SELECT FROM ${quoteTable(target)} AS kept WHERE ${same})`,
  ]
}
