// What the page of a stream has to show: one state, decided here, drawn elsewhere.
import 'server-only'
import type { ListAddress } from './address'
import { MOST_BLOCKS, MOST_ROWS } from './budget'
import { type Reader, read } from './database'
import { describeFailure, type Failure, toFailure } from './failure'
import { toAddress } from './find-row'
import { encodeAddress } from './cursor'
import { listRows, type Page } from './list-rows'
import { type Order, toDefaultOrder } from './order'
import type { Wanted } from './page-sql'
import { canBeKey, toSearchedColumns } from './search'
import { findColumn, type Row, type Stream } from './stream'
import { readTableFacts, type TableFacts } from './table-facts'

export interface Rows extends Page<Row> {
  state: 'rows'
  facts: TableFacts
  /** As it was followed: not always what was asked for. */
  order: Order
  /** Rows whose key is what was looked for, wherever they stand. */
  exact: readonly Row[]
  /** Columns that can be sorted by. */
  sortable: ReadonlySet<string>
  /** `onlyIndexed`: the table is too big to sort by any other column. */
  sorting: 'any' | 'onlyIndexed'
}

export type StreamView =
  | Rows
  /** The first sync has not made the table yet. */
  | { state: 'syncing' }
  | { state: 'empty'; facts: TableFacts }
  | { state: 'failed'; failure: Failure }

/** Never throws: what fails is a state as well. */
export async function viewStream(stream: Stream, address: ListAddress): Promise<StreamView> {
  try {
    return await read(async (reader) => {
      const facts = await readTableFacts(reader, stream.table)
      if (!facts) return { state: 'syncing' as const }
      if (facts.count.rows === 0) return { state: 'empty' as const, facts }
      return await viewRows(reader, stream, address, facts)
    })
  } catch (error) {
    console.error(`${stream.slug}: ${describeFailure(error)}`)
    return { state: 'failed', failure: toFailure(error) }
  }
}

async function viewRows(reader: Reader, stream: Stream, address: ListAddress, facts: TableFacts): Promise<Rows> {
  const isSmall = facts.count.rows <= MOST_ROWS
  const isOffered = ({ name, type }: { name: string; type: string }) =>
    type !== 'json' && (isSmall || facts.indexed.has(name))
  const sortable = new Set(stream.columns.filter(isOffered).map(({ name }) => name))
  const wanted = toWanted(stream, address, facts)
  // Left to itself the planner may read and sort all of a table to spare itself some jumps.
  if (!isSmall && !isReadWhole(address, facts))
    await reader.query({ text: 'SET LOCAL enable_seqscan = off', values: [] })
  const order = isSmall || facts.indexed.has(address.order.column) ? address.order : toDefaultOrder(stream)
  const isMoved = order.column !== address.order.column
  const page = await listRows(reader, stream, {
    order,
    columns: stream.list,
    wanted,
    ...(isSmall && { budget: MOST_ROWS + 1 }),
    place: isMoved ? undefined : address.place,
    reading: isMoved ? 'forward' : address.reading,
  })
  const exact = !isSmall && !address.place ? await findExact(reader, stream, address.search, facts) : []
  const ids = new Set(exact.map((row) => toRowId(row)))
  const rows = page.rows.filter((row) => !ids.has(toRowId(row)))
  return { ...page, rows, state: 'rows', facts, order, exact, sortable, sorting: isSmall ? 'any' : 'onlyIndexed' }
}

/** Rows that name another one are what a link leads to: where all of a table is soon read, none of them is searched for in turn. */
const isReadWhole = ({ filter }: Pick<ListAddress, 'filter'>, { count, indexed }: TableFacts) =>
  filter !== undefined && !indexed.has(filter.column) && count.exactness === 'about' && count.blocks <= MOST_BLOCKS

const toRowId = (row: Row) => row._airbyte_raw_id

function toWanted(stream: Stream, { search, filter }: ListAddress, facts: TableFacts): Wanted {
  if (filter) {
    const isFoundAtOnce = facts.indexed.has(filter.column) || isReadWhole({ filter }, facts)
    return { kind: 'equal', ...filter, looking: isFoundAtOnce ? 'atOnce' : 'inTurn' }
  }
  return search ? { kind: 'containing', text: search, columns: toSearchedColumns(stream) } : { kind: 'all' }
}

/** A search looks at a big table a part at a time; a key is found in all of it at once. */
async function findExact(reader: Reader, stream: Stream, search: string, facts: TableFacts): Promise<readonly Row[]> {
  const [key] = stream.key
  const type = key === undefined ? undefined : findColumn(stream, key)?.type
  if (!search || key === undefined || type === undefined || !facts.indexed.has(key) || !canBeKey(type, search))
    return []
  const wanted = { kind: 'equal' as const, column: key, value: search, looking: 'atOnce' as const }
  return (await listRows(reader, stream, { order: toDefaultOrder(stream), columns: stream.list, wanted, size: 5 })).rows
}

/** The address of a row's own page. */
export function toRowHref(stream: Stream, row: Row, facts: TableFacts): string {
  const isKeyQuick = facts.count.rows <= MOST_ROWS || facts.indexed.has(stream.key[0] ?? '')
  return `/streams/${stream.slug}/${encodeAddress(toAddress(stream, row, isKeyQuick))}`
}
