// A finished table takes the place of the one users read, and with it all that was said about that one.
import type { Client } from 'pg'
import type { Column } from './column-type.js'
import type { TableName } from './layout.js'
import { columnList, createTableSql, quoteTable } from './layout.js'
import { quoteName } from './naming.js'
import { ensureTable } from './table.js'
import { describeDressing } from './table-dressing.js'

/**
 * Puts a finished table, of this schema or another, in an old one's place. Grants, comments and row security go over to
 * it. Where the old table has something that can't (views on it, foreign keys, triggers, publications, policies or
 * grants on single columns), its rows are replaced and it stays. Needs an open transaction.
 */
export async function replaceTable(
  client: Client,
  finished: TableName,
  old: TableName,
  columns: Column[],
): Promise<void> {
  // Schemas give rights to the tables made in them, not to those that move in: an empty one made here tells which.
  await client.query(createTableSql(old, columns))
  if (await isHeldInPlace(client, old)) return replaceRows(client, finished, old, columns)
  const dressing = await describeDressing(client, old, finished)
  await client.query(`DROP TABLE ${quoteTable(old)}`)
  if (finished.schema !== old.schema) {
    await client.query(`ALTER TABLE ${quoteTable(finished)} SET SCHEMA ${quoteName(old.schema)}`)
  }
  const moved = quoteTable({ schema: old.schema, table: finished.table })
  await client.query(`ALTER TABLE ${moved} RENAME TO ${quoteName(old.table)}`)
  for (const sql of dressing) await client.query(sql)
}

async function replaceRows(client: Client, finished: TableName, old: TableName, columns: Column[]): Promise<void> {
  await ensureTable(client, old, columns)
  const names = columnList(columns)
  await client.query(`DELETE FROM ${quoteTable(old)}`)
  await client.query(`INSERT INTO ${quoteTable(old)} (${names}) SELECT ${names} FROM ${quoteTable(finished)}`)
  await client.query(`DROP TABLE ${quoteTable(finished)}`)
}

/** A policy that names no column hangs on its table alone ('a'); any more, and it can't be made again for sure. */
async function isHeldInPlace(client: Client, table: TableName): Promise<boolean> {
  const { rows } = await client.query<{ held: boolean }>(
    `SELECT EXISTS (
       SELECT FROM pg_depend d WHERE d.refclassid = 'pg_class'::regclass AND d.refobjid = $1::regclass
         AND (d.classid IN ('pg_rewrite'::regclass, 'pg_trigger'::regclass, 'pg_publication_rel'::regclass)
           OR d.classid = 'pg_policy'::regclass AND NOT (d.deptype = 'a' AND d.refobjsubid = 0)
           OR d.classid = 'pg_constraint'::regclass
             AND EXISTS (SELECT FROM pg_constraint k WHERE k.oid = d.objid AND k.contype <> 'n')))
     OR EXISTS (SELECT FROM pg_attribute WHERE attrelid = $1::regclass AND attacl IS NOT NULL) AS held`,
    [quoteTable(table)],
  )
  return rows[0]?.held ?? false
}
