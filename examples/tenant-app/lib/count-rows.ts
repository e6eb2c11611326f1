// How many rows tables have: exactly as long as there are few, about where there are many.
import type { Reader } from './database'

export type RowCount =
  | { exactness: 'exact'; rows: number }
  /** An estimate from some of its blocks. */
  | { exactness: 'about'; rows: number; blocks: number }

/** A table, quoted, and how big it is on the disk. */
export interface SizedTable {
  table: string
  blocks: number
}

/** Blocks whose rows are counted to tell how many there are in all. */
const BLOCKS = 60

/**
 * Counts up to `most` rows exactly; of more it says about how many there are. All tables together take two statements.
 *
 * The planner would know better once it has looked, which may be a minute after a sync; counting would read everything.
 */
export async function countRows(
  { query }: Pick<Reader, 'query'>,
  tables: readonly SizedTable[],
  most: number,
): Promise<RowCount[]> {
  const guesses = await ask(
    query,
    tables.filter(({ blocks }) => blocks > BLOCKS),
    toEstimate,
  )
  const toGuess = (one: SizedTable) => guesses.get(one) ?? 0
  // Twice as many leave no doubt, and need not be counted.
  const few = tables.filter((one) => toGuess(one) <= 2 * most)
  const counts = await ask(query, few, (one) => toCount(one, most))
  return tables.map((one): RowCount => {
    const rows = counts.get(one)
    if (rows !== undefined && rows <= most) return { exactness: 'exact', rows }
    return { exactness: 'about', rows: Math.max(rows ?? 0, Math.round(toGuess(one))), blocks: one.blocks }
  })
}

/** A table of few blocks has no more rows than can be counted. */
const toCount = ({ table, blocks }: SizedTable, most: number) =>
  blocks > 0 && blocks <= BLOCKS
    ? `SELECT count(*) FROM ${table}`
    : `SELECT count(*) FROM (SELECT FROM ${table} LIMIT ${most + 1}) AS first_rows`

/**
 * Rows of blocks all through it, as many as all blocks have. Blocks a sync has emptied count as well: `TABLESAMPLE` does
 * not say how many of those it came by. Ranges of `ctid` are read as such since PostgreSQL 14.
 */
function toEstimate({ table, blocks }: SizedTable): string {
  const chosen = Array.from({ length: BLOCKS }, (_, index) => Math.floor(((index + 0.5) * blocks) / BLOCKS))
  const inBlock = `SELECT count(*) FROM ${table} WHERE ctid >= format('(%s,0)', block)::tid AND ctid < format('(%s,0)', block + 1)::tid`
  return `SELECT sum((${inBlock})) * ${blocks / BLOCKS} FROM unnest('{${chosen.join(',')}}'::bigint[]) AS block`
}

/** A number for each table, all in one statement. */
async function ask(
  query: Reader['query'],
  tables: readonly SizedTable[],
  toSql: (table: SizedTable) => string,
): Promise<Map<SizedTable, number>> {
  if (tables.length === 0) return new Map()
  const numbers = tables.map((table) => `(${toSql(table)})::float8`)
  const [row] = await query({ text: `SELECT to_json(ARRAY[${numbers.join(', ')}]) AS numbers`, values: [] })
  const answers = row?.numbers as readonly unknown[]
  return new Map(tables.map((table, index) => [table, Number(answers[index])]))
}
