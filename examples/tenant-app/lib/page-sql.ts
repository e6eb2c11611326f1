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
  /** `atOnce`: they are found in all of the table in one go; else rows are looked at in turn. */
  | { kind: 'equal'; column: string; value: string; looking: 'atOnce' | 'inTurn' }

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
  wanted.kind !== 'all' && !(wanted.kind === 'equal' && wanted.looking === 'atOnce')

/** The parts a page is read in, in turn, from a place on. */
export function toParts(
  reading: PageQuery['reading'],
  place: Place | undefined,
): { part: Part; after?: readonly string[] }[] {
  const parts: Part[] = reading === 'forward' ? ['values', 'nulls'] : ['nulls', 'values']
  const from = place ? parts.indexOf(place.part) : 0
  return parts.slice(from).map((part) => (place?.part === part ? { part, after: place.values } : { part }))
}

/** The rows of one part of a page, where no row is looked at in vain. */
export function toPageSql(query: PageQuery): Sql {
  const parameters = new Parameters()
  const rows = toRows(query, parameters)
  const text = `SELECT ${quoteNames(query.select)} ${rows} LIMIT ${parameters.add(query.limit)}`
  return { text, values: parameters.values }
}

/** Names no column of the page has: whether a row is one of those wanted, and the how manieth it is. */
export interface SearchNames {
  hit: string
  place: string
}

/**
 * The rows of one part of a search: of so many rows in turn those wanted, and the last that was looked at, wanted or not.
 * It ends with the page's last row, and looks at each row once.
 */
export function toSearchSql(query: PageQuery): Sql & { names: SearchNames } {
  const parameters = new Parameters()
  const { wanted, select, budget } = query
  const { columns, direction } = toColumns(query)
  const looked = [...new Set([...select, ...columns, ...toLookedAt(wanted)])]
  const alias = new Map(looked.map((name, index) => [name, `c${index}`]))
  const own = (name: string) => alias.get(name) ?? 'NULL'
  const names = { hit: freeName('hit', looked), place: freeName('place', looked) }
  const rows = toRows(query, parameters)
  const seen = `SELECT ${looked.map((name) => `${quoteName(name)} AS ${own(name)}`).join(', ')} ${rows} LIMIT ${parameters.add(budget)}`
  const order = toOrderBy(columns.map(own), direction)
  const judged = `SELECT *, row_number() OVER (${order}) AS nth, coalesce(${toCondition(wanted, parameters, own)}, false) AS wanted FROM (${seen}) AS seen`
  const shown = [
    ...select.map((name) => `${own(name)} AS ${quoteName(name)}`),
    `wanted AS ${quoteName(names.hit)}`,
    `nth AS ${quoteName(names.place)}`,
  ]
  const text =
    `SELECT ${shown.join(', ')} FROM (${judged}) AS judged WHERE wanted OR nth = ${parameters.add(budget)} ` +
    `${order} LIMIT ${parameters.add(query.limit)}`
  return { text, values: parameters.values, names }
}

const freeName = (wish: string, taken: readonly string[]): string =>
  taken.includes(wish) ? freeName(`${wish}_`, taken) : wish

const flip = (direction: Direction): Direction => (direction === 'ascending' ? 'descending' : 'ascending')

/** Rows without a value are in the order of their ids, in either direction. */
function toColumns({ part, order, reading }: PageQuery) {
  const forward = part === 'values' ? order.direction : 'ascending'
  const direction = reading === 'forward' ? forward : flip(forward)
  return { columns: part === 'values' ? order.columns : [rowId], direction }
}

/** @param names quoted */
const toOrderBy = (names: readonly string[], direction: Direction) =>
  `ORDER BY ${names.map((name) => `${name}${direction === 'descending' ? ' DESC' : ''}`).join(', ')}`

/** `FROM … WHERE … ORDER BY …`: the part's rows from the place on. */
function toRows(query: PageQuery, parameters: Parameters): string {
  const { wanted } = query
  const conditions = [...toPart(query), ...toPlace(query, parameters)]
  if (wanted.kind === 'equal' && wanted.looking === 'atOnce')
    conditions.push(toCondition(wanted, parameters, quoteName))
  const where = conditions.length > 0 ? ` WHERE ${conditions.join(' AND ')}` : ''
  const { columns, direction } = toColumns(query)
  return `FROM ${query.table}${where} ${toOrderBy(columns.map(quoteName), direction)}`
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

/** @param toName how a column is called there */
function toCondition(wanted: Wanted, parameters: Parameters, toName: (column: string) => string): string {
  switch (wanted.kind) {
    case 'all':
      return 'true'
    case 'equal':
      return `${toName(wanted.column)} = ${parameters.add(wanted.value)}`
    case 'containing': {
      // One comparison a row: a separator nobody types keeps neighbours apart.
      const texts = wanted.columns.map((name) => `${toName(name)}::text`).join(', ')
      return `concat_ws(chr(31), ${texts}) ILIKE ${parameters.add(`%${escapeLike(wanted.text)}%`)}`
    }
  }
}
