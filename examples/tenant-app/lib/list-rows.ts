// A page of a stream's rows.
import 'server-only'
import { PAGE_SIZE, toSearchBudget } from './budget'
import type { Place } from './cursor'
import type { Reader } from './database'
import { arrival, type Order, rowId } from './order'
import { isSearch, type PageQuery, toPageSql, toParts, toSearchSql, type Wanted } from './page-sql'
import { quoteTable } from './sql'
import type { Row, Stream, Value } from './stream'

export interface PageRequest<R> {
  order: Order
  /** Columns to read. @default all */
  columns?: readonly (keyof R & string)[]
  wanted?: Wanted
  /** Where it begins, or, reading backward, ends. */
  place?: Place | undefined
  reading?: 'forward' | 'backward'
  /** @default 50 */
  size?: number
  /** Rows a search looks at, at most. @default as many as a table of any size bears */
  budget?: number
}

export interface Page<R> {
  rows: readonly R[]
  previous?: Place
  next?: Place
  /** Whether a search stopped before the end: so many rows were looked at. `next` or `previous` goes on. */
  stoppedAfter?: number
}

/**
 * Reads one page.
 *
 * @example
 * const page = await read((reader) => listRows(reader, acmeCrmDeals, { order: toDefaultOrder(acmeCrmDeals) }))
 */
export async function listRows<R>(reader: Reader, stream: Stream<R>, request: PageRequest<R>): Promise<Page<R>> {
  const { order, wanted = { kind: 'all' }, place, reading = 'forward', size = PAGE_SIZE } = request
  const columns = request.columns ?? stream.columns.map(({ name }) => name)
  const base = {
    table: quoteTable(reader.schema, stream.table),
    select: [...new Set([...columns, ...order.columns, ...stream.key, rowId, arrival])],
    order,
    reading,
    wanted,
    budget: request.budget ?? toSearchBudget(wanted.kind === 'containing' ? wanted.columns.length : 1),
  }
  const rows: Row[] = []
  for (const part of toParts(reading, place)) {
    const query: PageQuery = { ...base, ...part, limit: size + 1 - rows.length }
    const found = await readPart(reader, query)
    rows.push(...found.rows)
    if (rows.length > size) break
    if (found.stop) return toPage(rows, request, toPlace(order, found.stop), base.budget)
  }
  const isMore = rows.length > size
  const shown = rows.slice(0, size)
  const last = shown.at(-1)
  return toPage(shown, request, isMore && last ? toPlace(order, last) : undefined)
}

/** `stop`: the row at which a search had looked at as many as it may. */
async function readPart(reader: Reader, query: PageQuery): Promise<{ rows: Row[]; stop?: Row }> {
  if (!isSearch(query.wanted)) return { rows: await reader.query(toPageSql(query)) }
  const { names, ...sql } = toSearchSql(query)
  const seen = await reader.query(sql)
  const stop = seen.find((row) => Number(row[names.place]) === query.budget)
  const hits = seen.filter((row) => row[names.hit] === true)
  return { rows: hits.map((row) => without(row, Object.values(names))), ...(stop && { stop }) }
}

function without(row: Row, names: readonly string[]): Row {
  const rest = Object.assign(Object.create(null), row) as Record<string, Value>
  for (const name of names) delete rest[name]
  return rest
}

/** @param end where reading on would begin */
function toPage<R>(read: Row[], request: PageRequest<R>, end: Place | undefined, stoppedAfter?: number): Page<R> {
  const { reading = 'forward', order, place } = request
  const inOrder = reading === 'forward' ? read : [...read].reverse()
  const [first, last] = [inOrder[0], inOrder.at(-1)]
  const rows = inOrder as R[]
  const stopped = stoppedAfter === undefined ? {} : { stoppedAfter }
  if (reading === 'forward') {
    const previous = place && (first ? toPlace(order, first) : place)
    return { rows, ...(previous && { previous }), ...(end && { next: end }), ...stopped }
  }
  const next = last ? toPlace(order, last) : place
  return { rows, ...(end && { previous: end }), ...(next && { next }), ...stopped }
}

/** A row's place in the order. */
export function toPlace(order: Order, row: Row): Place {
  const values = order.columns.map((name) => row[name])
  if (values.some((value) => value === null || value === undefined)) {
    return { part: 'nulls', values: [String(row[rowId])] }
  }
  return { part: 'values', values: values.map(String) }
}
