// Who may go next. Every tenant waits in a line of its own and the lines take turns, so a long line delays nobody else.

export interface FairQueueOptions {
  /** How many run at once, of all tenants together. */
  concurrency: number
  /** How many of one tenant run at once. */
  perTenant: number
  /** Starts per second, of all tenants together. Default: no limit. */
  requestsPerSecond?: number
  /** How many of one tenant may wait. Default: 200. */
  maxWaiting?: number
  /** How long one may wait, in milliseconds. Default: as long as it takes. */
  waitMs?: number
}

/** Why a call was not let in; nothing of it was sent. */
export class QueueRefusal extends Error {
  override name = 'QueueRefusal' as const
  constructor(
    readonly reason: 'full' | 'waited',
    readonly retryAfterMs: number,
  ) {
    super(`The queue is ${reason}.`)
  }
}

export interface FairQueue {
  /**
   * Waits for its turn. Answers how to leave again, which may be called twice.
   *
   * @throws QueueRefusal, or the signal's reason
   */
  enter(tenant: string, signal?: AbortSignal): Promise<() => void>
  /** Lets nobody start for a while, and then one at a time; those who run go on. */
  pause(ms: number): void
  /** Ends the caution after a pause. */
  resume(): void
  /** Whether nobody runs and nobody waits. */
  isIdle(): boolean
}

interface Waiting {
  go(): void
}

export function createFairQueue(options: FairQueueOptions, now = () => performance.now()): FairQueue {
  const { concurrency, perTenant, requestsPerSecond, maxWaiting = 200, waitMs } = options
  const lines = new Map<string, Waiting[]>()
  const running = new Map<string, number>()
  const pace = createPace(requestsPerSecond, now)
  let total = 0
  let pausedUntil = 0
  let careful = false
  let timer: NodeJS.Timeout | undefined

  const most = () => (careful ? 1 : concurrency)
  const mayRun = (tenant: string) => total < most() && (running.get(tenant) ?? 0) < perTenant

  const leave = (tenant: string) => {
    let left = false
    return () => {
      if (left) return
      left = true
      total -= 1
      const rest = (running.get(tenant) ?? 1) - 1
      if (rest > 0) running.set(tenant, rest)
      else running.delete(tenant)
      pump()
    }
  }

  const start = (tenant: string) => {
    total += 1
    running.set(tenant, (running.get(tenant) ?? 0) + 1)
    pace.spend()
  }

  const wakeIn = (ms: number) => {
    if (timer) return
    timer = setTimeout(() => {
      timer = undefined
      pump()
    }, Math.ceil(ms))
    timer.unref()
  }

  const pump = () => {
    while (lines.size > 0 && total < most()) {
      const wait = Math.max(pausedUntil - now(), pace.waitMs())
      if (wait > 0) return wakeIn(wait)
      const next = [...lines].find(([tenant]) => mayRun(tenant))
      if (!next) return
      const [tenant, line] = next
      // The line that was served goes behind the others: a Map keeps the order of insertion.
      lines.delete(tenant)
      const first = line.shift()
      if (line.length > 0) lines.set(tenant, line)
      first?.go()
    }
  }

  const drop = (tenant: string, one: Waiting) => {
    const line = lines.get(tenant)
    const at = line?.indexOf(one) ?? -1
    if (!line || at < 0) return
    line.splice(at, 1)
    if (line.length === 0) lines.delete(tenant)
  }

  return {
    enter: async (tenant, signal) => {
      signal?.throwIfAborted()
      if (!lines.has(tenant) && mayRun(tenant) && pausedUntil <= now() && pace.waitMs() <= 0) {
        start(tenant)
        return leave(tenant)
      }
      const line = lines.get(tenant) ?? []
      if (line.length >= maxWaiting) throw new QueueRefusal('full', 1_000)
      return await new Promise<() => void>((resolve, reject) => {
        let tooLong: NodeJS.Timeout | undefined
        const settle = () => {
          clearTimeout(tooLong)
          signal?.removeEventListener('abort', giveUp)
        }
        const refuse = (reason: unknown) => {
          settle()
          drop(tenant, one)
          reject(reason as Error)
        }
        const giveUp = () => refuse(signal?.reason)
        const one: Waiting = {
          go: () => {
            settle()
            start(tenant)
            resolve(leave(tenant))
          },
        }
        if (waitMs !== undefined) tooLong = setTimeout(() => refuse(new QueueRefusal('waited', 1_000)), waitMs)
        line.push(one)
        lines.set(tenant, line)
        signal?.addEventListener('abort', giveUp, { once: true })
        pump()
      })
    },
    pause: (ms) => {
      careful = true
      pausedUntil = Math.max(pausedUntil, now() + ms)
    },
    resume: () => {
      if (!careful) return
      careful = false
      pump()
    },
    isIdle: () => total === 0 && lines.size === 0,
  }
}

/** A token bucket of one second's worth. */
function createPace(perSecond: number | undefined, now: () => number) {
  if (perSecond === undefined) return { waitMs: () => 0, spend: () => {} }
  const most = Math.max(1, perSecond)
  let tokens = most
  let at = now()
  const refill = () => {
    tokens = Math.min(most, tokens + ((now() - at) / 1000) * perSecond)
    at = now()
  }
  return {
    waitMs: () => {
      refill()
      return tokens >= 1 ? 0 : ((1 - tokens) / perSecond) * 1000
    },
    spend: () => {
      tokens -= 1
    },
  }
}
