// What there is of a stream right now: whether it has landed, how much of it, since when, and what is indexed.
import 'server-only'
import { MOST_ROWS } from './budget'
import { countRows, type RowCount } from './count-rows'
import type { Reader } from './database'
import { arrival } from './order'
import { quoteName, quoteTable } from './sql'

export interface TableFacts {
  count: RowCount
  /** When the newest row arrived. */
  newest: string | undefined
  /** Columns an index begins with. */
  indexed: ReadonlySet<string>
}

/** A table that has landed. */
export interface Landed {
  /** Quoted. */
  table: string
  blocks: number
  indexed: ReadonlySet<string>
}

const relations = `
  SELECT c.relname AS name, pg_relation_size(c.oid) / current_setting('block_size')::int AS blocks, coalesce((
    SELECT json_agg(a.attname) FROM pg_index i JOIN pg_attribute a ON a.attrelid = i.indrelid AND a.attnum = i.indkey[0]
     WHERE i.indrelid = c.oid AND i.indisvalid AND i.indpred IS NULL), '[]') AS indexed
    FROM pg_class c JOIN pg_namespace n ON n.oid = c.relnamespace
   WHERE n.nspname = $1 AND c.relname = ANY ($2) AND c.relkind IN ('r', 'p') AND has_table_privilege(c.oid, 'SELECT')`

/** Those of the tables that are there, by their names: for the others the first sync is still to come. */
export async function readLanded({ schema, query }: Reader, names: readonly string[]): Promise<Map<string, Landed>> {
  const found = await query({ text: relations, values: [schema, names] })
  return new Map(
    found.map(({ name, blocks, indexed }) => [
      String(name),
      { table: quoteTable(schema, String(name)), blocks: Number(blocks), indexed: new Set(indexed as string[]) },
    ]),
  )
}

/** When the newest row of each arrived, where an index tells; in one statement. */
export async function readNewest({ query }: Pick<Reader, 'query'>, tables: readonly Landed[]) {
  const parts = tables.map(({ table, indexed }) =>
    indexed.has(arrival) ? `(SELECT max(${quoteName(arrival)})::text FROM ${table})` : 'NULL::text',
  )
  if (parts.length === 0) return []
  const [row] = await query({ text: `SELECT to_json(ARRAY[${parts.join(', ')}]) AS times`, values: [] })
  return (row?.times as (string | null)[]).map((time) => time ?? undefined)
}

/** @returns undefined where the table has not been made yet */
export async function readTableFacts(reader: Reader, name: string): Promise<TableFacts | undefined> {
  const landed = (await readLanded(reader, [name])).get(name)
  if (!landed) return undefined
  const [count] = await countRows(reader, [landed], MOST_ROWS)
  const [newest] = await readNewest(reader, [landed])
  return { count: count ?? { exactness: 'exact', rows: 0 }, newest, indexed: landed.indexed }
}
