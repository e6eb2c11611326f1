// One at a time, over any number of processes: two operations on one source would burn its rotating refresh token.
// A holder keeps its lease by renewing it. Who could not for a whole term has lost it: its signal fires, and its fence
// no longer stands in the table, so that it can write nothing more.
import { randomUUID } from 'node:crypto'
import { setTimeout as sleep } from 'node:timers/promises'
import { createFairQueue, type FairQueue } from '../upstream/fair-queue.js'
import { currentOwner } from '../upstream/scope.js'
import type { Db } from './database.js'

export interface Lease {
  /** Fires where the caller gives up, and where the lease was lost. */
  signal: AbortSignal
  /** Higher than that of every holder before. */
  fence: string
  /**
   * To be called inside the transaction that writes what the lease protects.
   *
   * @throws LeaseLost where somebody else holds it by now
   */
  confirm(inside: Db): Promise<void>
}

export class LeaseLost extends Error {
  override name = 'LeaseLost' as const
  constructor(name: string) {
    super(`The lease "${name}" was lost: it was not renewed in time.`)
  }
}

export interface LeaseTiming {
  /** How long a holder that died is waited for. */
  termMs: number
  /** How often others look whether it is free. */
  pollMs: number
}

const usual: LeaseTiming = { termMs: 15_000, pollMs: 150 }

/** Those who wait in this process do so in memory, so that one of them at a time asks the database. */
const lines = new WeakMap<Db, Map<string, FairQueue>>()

/**
 * Runs `work` while no other process runs any under the same name; with several names, as many at once as there are
 * names. Waits as long as it takes.
 *
 * @throws the signal's reason where it fires while waiting
 */
export async function withLease<T>(
  db: Db,
  names: string | readonly string[],
  signal: AbortSignal,
  work: (lease: Lease) => Promise<T>,
  timing: LeaseTiming = usual,
): Promise<T> {
  const list = typeof names === 'string' ? [names] : names
  return await inLine(db, list, signal, async () => {
    const taken = await takeOne(db, list, signal, timing)
    const kept = keep(db, taken, timing)
    // Node 20 collects a signal of AbortSignal.timeout that only AbortSignal.any follows; a listener keeps it.
    signal.addEventListener('abort', nothing)
    try {
      return await work({
        signal: AbortSignal.any([signal, kept.lost]),
        fence: taken.fence,
        confirm: (inside) => confirm(inside, taken),
      })
    } finally {
      kept.stop()
      signal.removeEventListener('abort', nothing)
      // Where this fails the lease ends by itself.
      await db
        .rows('DELETE FROM opsai.leases WHERE name = $1 AND fence = $2', [taken.name, taken.fence])
        .catch(() => {})
    }
  })
}

const nothing = () => {}

interface Taken {
  name: string
  fence: string
}

async function inLine<T>(db: Db, names: readonly string[], signal: AbortSignal, work: () => Promise<T>): Promise<T> {
  const byName = lines.get(db) ?? new Map<string, FairQueue>()
  lines.set(db, byName)
  const key = names.join('\n')
  const line =
    byName.get(key) ?? createFairQueue({ concurrency: names.length, perTenant: names.length, maxWaiting: Infinity })
  byName.set(key, line)
  const leave = await line.enter(currentOwner().tenantId ?? '', signal)
  try {
    return await work()
  } finally {
    leave()
    if (line.isIdle()) byName.delete(key)
  }
}

async function takeOne(db: Db, names: readonly string[], signal: AbortSignal, timing: LeaseTiming): Promise<Taken> {
  for (;;) {
    for (const name of names) {
      const fence = await take(db, name, timing)
      if (fence !== undefined) return { name, fence }
    }
    // Not in step with the others who wait.
    await sleep(timing.pollMs * (0.5 + Math.random()), undefined, { signal })
  }
}

async function take(db: Db, name: string, { termMs }: LeaseTiming): Promise<string | undefined> {
  const [row] = await db.rows<{ fence: string }>(
    `INSERT INTO opsai.leases (name, holder, until, fence)
     VALUES ($1, $2, now() + make_interval(secs => $3), nextval('opsai.fences'))
     ON CONFLICT (name) DO UPDATE SET holder = excluded.holder, until = excluded.until, fence = excluded.fence
       WHERE opsai.leases.until < now() RETURNING fence`,
    [name, randomUUID(), termMs / 1000],
  )
  return row?.fence
}

/**
 * Renews three times a term, and gives up a tenth of a term before others may take it: a database that is away for
 * less costs nobody their lease, and nobody works on who has lost it.
 */
function keep(db: Db, taken: Taken, { termMs }: LeaseTiming): { lost: AbortSignal; stop(): void } {
  const lost = new AbortController()
  const lose = () => lost.abort(new LeaseLost(taken.name))
  const loseIn = (ms: number) => setTimeout(lose, ms).unref()
  let end = loseIn(termMs * 0.9)
  const renew = async () => {
    const asked = performance.now()
    const rows = await db
      .rows(
        'UPDATE opsai.leases SET until = now() + make_interval(secs => $3) WHERE name = $1 AND fence = $2 RETURNING 1',
        [taken.name, taken.fence, termMs / 1000],
      )
      .catch(() => undefined)
    if (rows?.length === 0) lose()
    if (!rows?.length || lost.signal.aborted) return
    clearTimeout(end)
    end = loseIn(termMs * 0.9 - (performance.now() - asked))
  }
  const timer = setInterval(() => void renew(), termMs / 3)
  timer.unref()
  return {
    lost: lost.signal,
    stop: () => {
      clearInterval(timer)
      clearTimeout(end)
    },
  }
}

async function confirm(inside: Db, { name, fence }: Taken): Promise<void> {
  const held = await inside.rows('SELECT 1 FROM opsai.leases WHERE name = $1 AND fence = $2 FOR SHARE', [name, fence])
  if (held.length === 0) throw new LeaseLost(name)
}
