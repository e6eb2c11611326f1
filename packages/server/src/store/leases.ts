// One at a time, over any number of processes: two operations on one source would burn its rotating refresh token.
import { randomUUID } from 'node:crypto'
import { setTimeout as sleep } from 'node:timers/promises'
import type { Db } from './database.js'

const SECONDS = 180

/**
 * Runs `work` while no other process runs any under the same name. A holder that died is waited for at most 3 minutes.
 *
 * @throws AbortError where `signal` fires while waiting
 */
export async function withLease<T>(db: Db, name: string, signal: AbortSignal, work: () => Promise<T>): Promise<T> {
  const holder = randomUUID()
  while (!(await take(db, name, holder))) await sleep(250, undefined, { signal })
  try {
    return await work()
  } finally {
    await db.rows('DELETE FROM opsai.leases WHERE name = $1 AND holder = $2', [name, holder])
  }
}

async function take(db: Db, name: string, holder: string): Promise<boolean> {
  const rows = await db.rows(
    `INSERT INTO opsai.leases (name, holder, until) VALUES ($1, $2, now() + make_interval(secs => $3))
     ON CONFLICT (name) DO UPDATE SET holder = excluded.holder, until = excluded.until
       WHERE opsai.leases.until < now() RETURNING name`,
    [name, holder, SECONDS],
  )
  return rows.length > 0
}
