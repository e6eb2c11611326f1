import { useState } from 'react'

export interface ItemKeys {
  /** One for each item, in order. */
  keys: readonly number[]
  /** Gives the key of the new one, at the end. */
  added: () => number
  removed: (index: number) => void
  moved: (from: number, to: number) => void
}

const toKeys = (from: number, count: number): number[] => Array.from({ length: count }, (_, at) => from + at)

/** Keys that travel with the items of a list, whose values have no identity: an open item stays open where it goes. */
export function useItemKeys(count: number): ItemKeys {
  const [held, setHeld] = useState(() => ({ keys: toKeys(0, count), next: count }))
  const change = (reshape: (keys: readonly number[], next: number) => number[]): void =>
    setHeld(({ keys, next }) => ({ keys: reshape(keys, next), next: next + 1 }))
  // The list was changed from outside, by starting over: what is there now are other items.
  const isStale = held.keys.length !== count
  const keys = isStale ? toKeys(held.next, count) : held.keys
  if (isStale) setHeld({ keys: toKeys(held.next, count), next: held.next + count })
  return {
    keys,
    added: () => {
      change((now, next) => [...now, next])
      return held.next
    },
    removed: (index) => change((now) => now.filter((_, at) => at !== index)),
    moved: (from, to) => change((now) => toMoved(now, from, to)),
  }
}

function toMoved(keys: readonly number[], from: number, to: number): number[] {
  const others = keys.filter((_, at) => at !== from)
  return [...others.slice(0, to), ...keys.slice(from, from + 1), ...others.slice(to)]
}
