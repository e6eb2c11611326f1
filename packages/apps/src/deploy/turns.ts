export type Turns = <T>(key: string, work: () => Promise<T>, signal?: AbortSignal) => Promise<T>

/** One at a time for each key, in the order they came. A signal ends the waiting; what has begun sees to it itself. */
export function createTurns(): Turns {
  const last = new Map<string, Promise<unknown>>()
  return async (key, work, signal) => {
    const before = last.get(key) ?? Promise.resolve()
    const own = untilAborted(before, signal).then(() => work())
    const settled = Promise.allSettled([before, own])
    last.set(key, settled)
    void settled.then(() => last.get(key) === settled && last.delete(key))
    return own
  }
}

async function untilAborted(turn: Promise<unknown>, signal?: AbortSignal): Promise<void> {
  if (!signal) return void (await turn)
  signal.throwIfAborted()
  let onAbort = () => {}
  const aborted = new Promise<never>((_, reject) => {
    onAbort = () => reject(signal.reason as Error)
    signal.addEventListener('abort', onAbort)
  })
  await Promise.race([turn, aborted]).finally(() => signal.removeEventListener('abort', onAbort))
  signal.throwIfAborted()
}
