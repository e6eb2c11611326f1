import { orAborted } from './or-aborted.js'

export type Turns = <T>(key: string, work: () => Promise<T>, signal?: AbortSignal) => Promise<T>

/** One at a time for each key, in the order they came. A signal ends the waiting; what has begun sees to it itself. */
export function createTurns(): Turns {
  const last = new Map<string, Promise<unknown>>()
  return async (key, work, signal = new AbortController().signal) => {
    const before = last.get(key) ?? Promise.resolve()
    const own = orAborted(before, signal).then(() => {
      signal.throwIfAborted()
      return work()
    })
    const settled = Promise.allSettled([before, own])
    last.set(key, settled)
    void settled.then(() => last.get(key) === settled && last.delete(key))
    return own
  }
}
