// What there is of a stream right now: whether it has landed, how much of it, since when, and what is indexed.
import 'server-only'
import { MOST_ROWS } from './budget'
import type { Reader } from './database'
import { arrival } from './order'
import { quoteTable } from './sql'

export type RowCount =
  | { exactness: 'exact'; rows: number }
  /** An estimate from some of its blocks. */
  | { exactness: 'about'; rows: number; blocks: number }

export interface TableFacts {
  count: RowCount
  /** When the newest row arrived. */
  newest: string | undefined
  /** Columns an index begins with. */
  indexed: ReadonlySet<string>
}

const relation = `
  SELECT coalesce((
    SELECT json_agg(a.attname) FROM pg_index i JOIN pg_attribute a ON a.attrelid = i.indrelid AND a.attnum = i.indkey[0]
     WHERE i.indrelid = c.oid AND i.indisvalid AND i.indpred IS NULL), '[]') AS indexed
    FROM pg_class c JOIN pg_namespace n ON n.oid = c.relnamespace
   WHERE n.nspname = $1 AND c.relname = $2 AND c.relkind IN ('r', 'p') AND has_table_privilege(c.oid, 'SELECT')`

/** @returns undefined where the table has not been made yet: the first sync is still to come */
export async function readTableFacts({ schema, query }: Reader, table: string): Promise<TableFacts | undefined> {
  const [found] = await query({ text: relation, values: [schema, table] })
  if (!found) return undefined
  const indexed = new Set(found.indexed as string[])
  const name = quoteTable(schema, table)
  const newest = indexed.has(arrival) ? `(SELECT max("${arrival}") FROM ${name})` : 'NULL'
  const [counted] = await query({
    text: `SELECT (SELECT count(*) FROM (SELECT FROM ${name} LIMIT $1) AS first_rows) AS counted, ${newest} AS newest`,
    values: [MOST_ROWS + 1],
  })
  const rows = Number(counted?.counted ?? 0)
  return {
    count: rows > MOST_ROWS ? await estimateRows({ query }, name, rows) : { exactness: 'exact', rows },
    newest: (counted?.newest as string | null) ?? undefined,
    indexed,
  }
}

/** Blocks whose rows are counted to tell how many there are in all. */
const BLOCKS = 60

/**
 * About how many rows a table has: those of some of its blocks, times its blocks. The planner would know better once it
 * has looked, which may be a minute after a sync; counting would read all of it.
 * @param table quoted
 * @param atLeast rows that were seen
 */
export async function estimateRows(
  { query }: Pick<Reader, 'query'>,
  table: string,
  atLeast: number,
): Promise<RowCount> {
  const size = `SELECT pg_relation_size($1::regclass) / current_setting('block_size')::int AS blocks`
  const blocks = Number((await query({ text: size, values: [table] }))[0]?.blocks ?? 0)
  const percent = blocks > BLOCKS ? (100 * BLOCKS) / blocks : 100
  const [seen] = await query({
    text:
      `SELECT count(*) AS rows, count(DISTINCT (ctid::text::point)[0]) AS blocks ` +
      `FROM ${table} TABLESAMPLE SYSTEM (${percent.toFixed(6)}) REPEATABLE (1)`,
    values: [],
  })
  const rows = (Number(seen?.rows ?? 0) / Math.max(1, Number(seen?.blocks ?? 0))) * blocks
  return { exactness: 'about', rows: Math.max(atLeast, Math.round(rows)), blocks }
}
