// The statements of one page of a stream. Pages are found by key, never by offset: the thousandth costs what the first
// does. Rows without a value to sort by come last, whatever the direction, so a page may be read in two parts.
import type { Place } from './cursor'
import { arrival, type Direction, type Order, rowId } from './order'
import { escapeLike, Parameters, quoteName, quoteNames, type Sql } from './sql'

export type Part = Place['part']

/** Which rows are wanted at all. */
export type Wanted =
  | { kind: 'all' }
  /** Rows one of whose columns has this in it. */
  | { kind: 'containing'; text: string; columns: readonly string[] }
  /** `indexed`: an index finds them, so that nothing else is looked at. */
  | { kind: 'equal'; column: string; value: string; indexed: boolean }

export interface PageQuery {
  /** Quoted. */
  table: string
  select: readonly string[]
  order: Order
  /** Backward reads the page before a place: the rows come in reverse. */
  reading: 'forward' | 'backward'
  part: Part
  after?: readonly string[]
  wanted: Wanted
  /** How many rows are looked at, at most, to find those wanted. */
  budget: number
  limit: number
}

/** Whether rows are looked at one by one to find those wanted. */
export const isSearch = (wanted: Wanted): boolean =>
  wanted.kind !== 'all' && !(wanted.kind === 'equal' && wanted.indexed)

/** The parts a page is read in, in turn, from a place on. */
export function toParts(
  reading: PageQuery['reading'],
  place: Place | undefined,
): { part: Part; after?: readonly string[] }[] {
  const parts: Part[] = reading === 'forward' ? ['values', 'nulls'] : ['nulls', 'values']
  const from = place ? parts.indexOf(place.part) : 0
  return parts.slice(from).map((part) => (place?.part === part ? { part, after: place.values } : { part }))
}

/** The rows of one part of a page. In a search, so many rows are looked at and no more. */
export function toPageSql(query: PageQuery): Sql {
  const parameters = new Parameters()
  const { wanted, select } = query
  const { columns, orderBy } = toColumns(query)
  const rows = toRows(query, parameters)
  const limit = `LIMIT ${parameters.add(query.limit)}`
  if (!isSearch(wanted)) return { text: `SELECT ${quoteNames(select)} ${rows} ${limit}`, values: parameters.values }
  const looked = [...new Set([...select, ...columns, ...toLookedAt(wanted)])]
  const seen = `SELECT ${quoteNames(looked)} ${rows} LIMIT ${parameters.add(query.budget)}`
  const condition = toCondition(wanted, parameters)
  return {
    text: `SELECT ${quoteNames(select)} FROM (${seen}) AS seen WHERE ${condition} ${orderBy} ${limit}`,
    values: parameters.values,
  }
}

/** Where a search that found too little stopped: the last row it looked at; no row where it came to the part's end. */
export function toStopSql(query: PageQuery): Sql {
  const parameters = new Parameters()
  const { columns } = toColumns(query)
  const rows = toRows(query, parameters)
  const text = `SELECT ${quoteNames(columns)} ${rows} OFFSET ${parameters.add(query.budget - 1)} LIMIT 1`
  return { text, values: parameters.values }
}

const flip = (direction: Direction): Direction => (direction === 'ascending' ? 'descending' : 'ascending')

/** Rows without a value are in the order of their ids, in either direction. */
function toColumns({ part, order, reading }: PageQuery) {
  const forward = part === 'values' ? order.direction : 'ascending'
  const direction = reading === 'forward' ? forward : flip(forward)
  const columns = part === 'values' ? order.columns : [rowId]
  const sorted = columns.map((name) => `${quoteName(name)}${direction === 'descending' ? ' DESC' : ''}`)
  return { columns, direction, orderBy: `ORDER BY ${sorted.join(', ')}` }
}

/** `FROM … WHERE … ORDER BY …`: the part's rows from the place on. */
function toRows(query: PageQuery, parameters: Parameters): string {
  const { wanted } = query
  const conditions = [...toPart(query), ...toPlace(query, parameters)]
  if (wanted.kind === 'equal' && wanted.indexed) conditions.push(toCondition(wanted, parameters))
  const where = conditions.length > 0 ? ` WHERE ${conditions.join(' AND ')}` : ''
  return `FROM ${query.table}${where} ${toColumns(query).orderBy}`
}

/** Every column may be null but a row's id and its arrival. */
function toPart({ part, order }: PageQuery): string[] {
  const names = order.columns.filter((name) => name !== rowId && name !== arrival).map(quoteName)
  if (part === 'values') return names.map((name) => `${name} IS NOT NULL`)
  return [names.length > 0 ? `(${names.map((name) => `${name} IS NULL`).join(' OR ')})` : 'false']
}

/** The first column is compared twice: `>=` alone is what an index on it can begin at. */
function toPlace(query: PageQuery, parameters: Parameters): string[] {
  if (!query.after) return []
  const { columns, direction } = toColumns(query)
  const than = direction === 'ascending' ? '>' : '<'
  const places = query.after.map((value) => parameters.add(value))
  const from = columns.length > 1 ? [`${quoteName(columns[0] ?? '')} ${than}= ${places[0]}`] : []
  return [...from, `(${quoteNames(columns)}) ${than} (${places.join(', ')})`]
}

const toLookedAt = (wanted: Wanted): readonly string[] =>
  wanted.kind === 'containing' ? wanted.columns : wanted.kind === 'equal' ? [wanted.column] : []

function toCondition(wanted: Wanted, parameters: Parameters): string {
  switch (wanted.kind) {
    case 'all':
      return 'true'
    case 'equal':
      return `${quoteName(wanted.column)} = ${parameters.add(wanted.value)}`
    case 'containing': {
      // One comparison a row: a separator nobody types keeps neighbours apart.
      const texts = wanted.columns.map((name) => `${quoteName(name)}::text`).join(', ')
      return `concat_ws(chr(31), ${texts}) ILIKE ${parameters.add(`%${escapeLike(wanted.text)}%`)}`
    }
  }
}
