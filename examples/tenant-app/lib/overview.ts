// How much there is of every stream, in two statements, and one more for each that is big.
import 'server-only'
import { MOST_ROWS } from './budget'
import type { Reader } from './database'
import { arrival } from './order'
import { quoteName, quoteTable } from './sql'
import type { Stream } from './stream'
import { estimateRows, type RowCount } from './table-facts'

/** Counted up to here, where there are few streams; beyond it an estimate will do. */
const toMostCounted = (streams: number) =>
  Math.max(1_000, Math.min(MOST_ROWS, Math.floor(100_000 / Math.max(1, streams))))

export type StreamState = { state: 'syncing' } | { state: 'landed'; count: RowCount; newest: string | undefined }

const relations = `
  SELECT c.relname AS name,
         EXISTS (SELECT FROM pg_index i JOIN pg_attribute a ON a.attrelid = i.indrelid AND a.attnum = i.indkey[0]
                  WHERE i.indrelid = c.oid AND i.indisvalid AND i.indpred IS NULL AND a.attname = $3) AS dated
    FROM pg_class c JOIN pg_namespace n ON n.oid = c.relnamespace
   WHERE n.nspname = $1 AND c.relname = ANY ($2) AND c.relkind IN ('r', 'p') AND has_table_privilege(c.oid, 'SELECT')`

/** By slug. */
export async function readOverview(reader: Reader, streams: readonly Stream[]): Promise<Map<string, StreamState>> {
  const values = [reader.schema, streams.map(({ table }) => table), arrival]
  const found = new Map((await reader.query({ text: relations, values })).map((row) => [String(row.name), row]))
  const landed = streams.filter(({ table }) => found.has(table))
  const most = toMostCounted(landed.length)
  const parts = landed.map(({ table }, index) => {
    const name = quoteTable(reader.schema, table)
    const newest = found.get(table)?.dated ? `(SELECT max(${quoteName(arrival)}) FROM ${name})` : 'NULL::timestamptz'
    return `SELECT ${index} AS place, (SELECT count(*) FROM (SELECT FROM ${name} LIMIT ${most + 1}) AS first_rows) AS counted, ${newest} AS newest`
  })
  const counts = parts.length > 0 ? await reader.query({ text: parts.join(' UNION ALL '), values: [] }) : []
  const states = new Map<string, StreamState>(streams.map(({ slug }) => [slug, { state: 'syncing' }]))
  for (const { place, counted, newest } of counts) {
    const stream = landed[Number(place)]
    if (!stream) continue
    const rows = Number(counted)
    const table = quoteTable(reader.schema, stream.table)
    const count = rows > most ? await estimateRows(reader, table, rows) : { exactness: 'exact' as const, rows }
    states.set(stream.slug, { state: 'landed', count, newest: (newest as string | null) ?? undefined })
  }
  return states
}
