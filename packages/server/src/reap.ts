// Tenants hold real logins to a shared database: who goes over their role's limits is ended, whatever they have set.
import type { Services } from './services.js'
import { listRotated } from './store/tenants.js'

const EVERY_MS = 10_000

/** Looks every ten seconds, apart from the sweep: that waits for others, and this must not. */
export function startReaping({ db, warehouse, log, inBackground }: Services): { stop(): void } {
  let reaping = false
  const reap = async () => {
    const ended = await warehouse.reap(await listRotated(db))
    if (ended.length > 0)
      log.warn('tenants took longer than they may', { roles: [...new Set(ended)], ended: ended.length })
  }
  const timer = setInterval(() => {
    if (reaping) return
    reaping = true
    inBackground('end sessions that take too long', () => reap().finally(() => (reaping = false)))
  }, EVERY_MS)
  timer.unref()
  return { stop: () => clearInterval(timer) }
}
