// The order rows are paged in. It is total: a row's own id comes last, so that no row is skipped or shown twice.
import { findColumn, type Stream } from './stream'

export type Direction = 'ascending' | 'descending'

export interface Order {
  /** What people chose, or the default. */
  column: string
  direction: Direction
  /** All columns it goes by, the last one never null and unique. */
  columns: readonly string[]
}

/** Airbyte's own columns: a row's id, and when it arrived. */
export const rowId = '_airbyte_raw_id'
export const arrival = '_airbyte_extracted_at'

/** Documents have no order worth showing. */
export function isSortable(stream: Stream, name: string): boolean {
  if (name === arrival) return true
  const column = findColumn(stream, name)
  return column !== undefined && column.type !== 'json'
}

/** A whole key is followed where its first column is: its index has that order. */
export function toOrder(stream: Stream, column: string, direction: Direction): Order {
  const isKey = stream.key[0] === column && stream.key.every((name) => isSortable(stream, name))
  return { column, direction, columns: [...(isKey ? stream.key : [column]), rowId] }
}

/** By key, for that has an index and no two rows in one place; else what arrived last comes first. */
export const toDefaultOrder = (stream: Stream): Order =>
  stream.key[0] !== undefined && isSortable(stream, stream.key[0])
    ? toOrder(stream, stream.key[0], 'ascending')
    : toOrder(stream, arrival, 'descending')
