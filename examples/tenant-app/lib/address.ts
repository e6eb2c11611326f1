// A list's address ⇄ what it asks for. Whatever stands in an address is input like any other.
import { decodePlace, encodePlace, type Place } from './cursor'
import { type Direction, isSortable, type Order, toDefaultOrder, toOrder } from './order'
import { findColumn, type Stream } from './stream'

export interface ListAddress {
  /** What is looked for. */
  search: string
  order: Order
  /** Only rows with this value. */
  filter: { column: string; value: string } | undefined
  place: Place | undefined
  reading: 'forward' | 'backward'
}

export type Query = Readonly<Record<string, string | string[] | undefined>>

const LONGEST_SEARCH = 200

const first = (value: string | string[] | undefined): string => (Array.isArray(value) ? value[0] : value) ?? ''

export function parseListAddress(stream: Stream, query: Query): ListAddress {
  const order = parseOrder(stream, first(query.sort), first(query.order))
  const reading = query.before === undefined ? 'forward' : 'backward'
  const column = first(query.where)
  return {
    search: first(query.q).replaceAll('\0', '').trim().slice(0, LONGEST_SEARCH),
    order,
    filter: findColumn(stream, column) ? { column, value: first(query.is).replaceAll('\0', '') } : undefined,
    place: decodePlace(first(query.before ?? query.after), order.columns.length),
    reading,
  }
}

function parseOrder(stream: Stream, column: string, order: string): Order {
  if (!isSortable(stream, column)) return toDefaultOrder(stream)
  return toOrder(stream, column, order === 'desc' ? 'descending' : 'ascending')
}

type Change = Partial<Pick<ListAddress, 'search' | 'filter' | 'place' | 'reading'>> & {
  sort?: { column: string; direction: Direction }
}

/** What says the order in an address: nothing where it is the usual one. */
export function toOrderFields(
  stream: Stream,
  { column, direction }: Pick<Order, 'column' | 'direction'>,
): [string, string][] {
  const usual = toDefaultOrder(stream)
  if (column === usual.column && direction === usual.direction) return []
  return [['sort', column], ...(direction === 'descending' ? ([['order', 'desc']] as [string, string][]) : [])]
}

/** The address of a list, changed in some respect; any change but of the place leads back to its beginning. */
export function toListHref(stream: Stream, address: ListAddress, change: Change): string {
  const { search, filter, place, reading } = { ...address, place: undefined, reading: 'forward', ...change }
  const sort = change.sort ?? { column: address.order.column, direction: address.order.direction }
  const query = new URLSearchParams()
  if (search) query.set('q', search)
  if (filter) {
    query.set('where', filter.column)
    query.set('is', filter.value)
  }
  for (const [name, value] of toOrderFields(stream, sort)) query.set(name, value)
  if (place) query.set(reading === 'backward' ? 'before' : 'after', encodePlace(place))
  const text = query.toString()
  return `/streams/${stream.slug}${text && `?${text}`}`
}
