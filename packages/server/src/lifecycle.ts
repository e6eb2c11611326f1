// A proxy that stops takes no new work, finishes what it has begun, and is waited for.
import { setTimeout as sleep } from 'node:timers/promises'

export interface Lifecycle {
  isStopping(): boolean
  /** From now on nothing new is begun. */
  stop(): void
  /** Counts one piece of work for as long as it runs. */
  run<T>(work: () => Promise<T>): Promise<T>
  /** Resolves once nothing runs any more, or after so many milliseconds; says which. */
  settle(deadlineMs: number): Promise<'settled' | 'late'>
}

export function createLifecycle(): Lifecycle {
  let stopping = false
  let onIdle = () => {}
  const running = new Set<Promise<unknown>>()
  return {
    isStopping: () => stopping,
    stop: () => {
      stopping = true
    },
    run: (work) => {
      const task = work()
      const done = () => {
        running.delete(task)
        if (running.size === 0) onIdle()
      }
      running.add(task)
      task.then(done, done)
      return task
    },
    settle: async (deadlineMs) => {
      if (running.size === 0) return 'settled'
      const idle = new Promise<void>((resolve) => (onIdle = resolve)).then(() => 'settled' as const)
      const timer = new AbortController()
      const late = sleep(deadlineMs, 'late' as const, { signal: timer.signal }).catch(() => 'late' as const)
      return await Promise.race([idle, late]).finally(() => timer.abort())
    },
  }
}
