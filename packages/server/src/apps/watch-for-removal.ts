import { isUnwanted } from '../store/apps.js'
import type { Db } from '../store/database.js'

const EVERY_MS = 1_000

/** Fires once the app a process is at is to be removed, whichever process was asked to. */
export function watchForRemoval(db: Db, tenantId: string): { signal: AbortSignal; stop(): void } {
  const unwanted = new AbortController()
  const look = async () => {
    if (await isUnwanted(db, tenantId).catch(() => false)) unwanted.abort(new Error('The app is being removed.'))
  }
  const timer = setInterval(() => void look(), EVERY_MS)
  timer.unref()
  return { signal: unwanted.signal, stop: () => clearInterval(timer) }
}
