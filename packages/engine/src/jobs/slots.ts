// Only so many at a time; the others wait their turn, first come first served.

export interface Slots {
  /** Waits for a free place, works, and frees it. Throws the signal's reason where that comes first. */
  run<T>(signal: AbortSignal, work: () => Promise<T>): Promise<T>
}

/**
 * @example
 * const slots = createSlots(5)
 * await slots.run(signal, () => connector.discover(config, context))
 */
export function createSlots(count: number): Slots {
  let free = count
  const waiting: (() => void)[] = []

  async function take(signal: AbortSignal): Promise<void> {
    signal.throwIfAborted()
    if (free > 0) {
      free -= 1
      return
    }
    await new Promise<void>((resolve, reject) => {
      const onTurn = () => {
        signal.removeEventListener('abort', onAbort)
        resolve()
      }
      const onAbort = () => {
        waiting.splice(waiting.indexOf(onTurn), 1)
        reject(signal.reason as Error)
      }
      waiting.push(onTurn)
      signal.addEventListener('abort', onAbort, { once: true })
    })
  }

  /** A place that is freed goes straight to whoever waits. */
  function give() {
    const next = waiting.shift()
    if (next) next()
    else free += 1
  }

  return {
    async run(signal, work) {
      await take(signal)
      try {
        return await work()
      } finally {
        give()
      }
    },
  }
}
