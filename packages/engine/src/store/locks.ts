// Locks that many engine processes share. Each is held by a session of its own, so it is gone the moment its
// process dies, kill -9 included. The database must therefore be reached directly or through a session pooler.
import { Pool, type PoolClient } from 'pg'

export interface HeldLock {
  /** Aborts when the session broke and somebody else may have the lock now. */
  lost: AbortSignal
  release(): Promise<void>
}

export interface Locks {
  /** `undefined` where somebody else holds it. */
  tryHold(name: string): Promise<HeldLock | undefined>
  /** Waits for it, at most `waitMs`; `undefined` when the time is up. */
  hold(name: string, waitMs: number, signal: AbortSignal): Promise<HeldLock | undefined>
  close(): Promise<void>
}

const pollMs = 150

export function createLocks(databaseUrl: string, max: number): Locks {
  const pool = new Pool({
    connectionString: databaseUrl,
    max,
    application_name: 'airbyte-engine locks',
    keepAlive: true,
    keepAliveInitialDelayMillis: 10_000,
  })
  pool.on('error', () => undefined)

  async function tryHold(name: string): Promise<HeldLock | undefined> {
    const client = await pool.connect()
    try {
      const { rows } = await client.query<{ held: boolean }>(
        'SELECT pg_try_advisory_lock(hashtextextended($1, 0)) AS held',
        [`airbyte_engine ${name}`],
      )
      if (rows[0]?.held) return toHeldLock(client, name)
    } catch (error) {
      client.release(true)
      throw error
    }
    client.release()
    return undefined
  }

  return {
    tryHold,
    async hold(name, waitMs, signal) {
      const until = Date.now() + waitMs
      for (;;) {
        signal.throwIfAborted()
        const lock = await tryHold(name)
        if (lock || Date.now() >= until) return lock
        await new Promise((resolve) => setTimeout(resolve, pollMs))
      }
    },
    close: () => pool.end(),
  }
}

function toHeldLock(client: PoolClient, name: string): HeldLock {
  const lost = new AbortController()
  const onError = () => lost.abort()
  client.on('error', onError)
  client.on('end', onError)
  let released = false
  return {
    lost: lost.signal,
    async release() {
      if (released) return
      released = true
      client.off('error', onError)
      client.off('end', onError)
      const broken = lost.signal.aborted || (await unlock(client, name))
      client.release(broken)
    },
  }
}

/** Whether the session is of no more use. */
async function unlock(client: PoolClient, name: string): Promise<boolean> {
  try {
    await client.query('SELECT pg_advisory_unlock(hashtextextended($1, 0))', [`airbyte_engine ${name}`])
    return false
  } catch {
    return true
  }
}
