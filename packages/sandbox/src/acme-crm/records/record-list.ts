// Records of one kind in the order that lists have: by updatedAt, then id.
import type { RecordBase } from './records.js'

/** A place in the order; a page begins after it. */
export interface Position {
  updatedAt: string
  id: string
}

export interface RecordList<Item extends RecordBase> {
  readonly size: number
  get(id: string): Item | undefined
  /** The longest untouched first. */
  at(index: number): Item | undefined
  /** Adds a record, or puts it in the place of the one with its id. */
  put(item: Item): void
  /** Up to `limit` records after a position, or from a moment on; `more` says whether others follow. */
  page(query: { after?: Position; since?: string; limit: number }): { items: Item[]; more: boolean }
}

export function createRecordList<Item extends RecordBase>(initial: Item[]): RecordList<Item> {
  const byId = new Map(initial.map((item) => [item.id, item]))
  const ordered = [...initial].sort(compare)

  return {
    get size() {
      return ordered.length
    },
    get: (id) => byId.get(id),
    at: (index) => ordered[index],
    put(item) {
      const before = byId.get(item.id)
      if (before) ordered.splice(lowerBound(ordered, before), 1)
      ordered.splice(lowerBound(ordered, item), 0, item)
      byId.set(item.id, item)
    },
    page({ after, since, limit }) {
      const fromSince = since === undefined ? 0 : lowerBound(ordered, { updatedAt: since, id: '' })
      const fromCursor = after === undefined ? 0 : upperBound(ordered, after)
      const start = Math.max(fromSince, fromCursor)
      return { items: ordered.slice(start, start + limit), more: start + limit < ordered.length }
    },
  }
}

function compare(one: Position, other: Position): number {
  if (one.updatedAt !== other.updatedAt) return one.updatedAt < other.updatedAt ? -1 : 1
  return one.id < other.id ? -1 : Number(one.id > other.id)
}

/** Index of the first record at or after a position. */
function lowerBound(ordered: Position[], position: Position): number {
  let [low, high] = [0, ordered.length]
  while (low < high) {
    const middle = (low + high) >> 1
    const item = ordered[middle]
    if (item && compare(item, position) < 0) low = middle + 1
    else high = middle
  }
  return low
}

function upperBound(ordered: Position[], position: Position): number {
  const index = lowerBound(ordered, position)
  const item = ordered[index]
  return item && compare(item, position) === 0 ? index + 1 : index
}
