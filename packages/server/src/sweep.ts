// What time alone makes necessary: ends, leftovers, and the work of processes that died.
import { sweepIdempotency } from './http/idempotency.js'
import { finishFlow } from './oauth/finish-flow.js'
import { toFlowError } from './oauth/flow-answer.js'
import { adoptDoubtful } from './outbox/adopt-doubtful.js'
import type { Services } from './services.js'
import { expireFlows, listUnfinishedFlows, sweepFlows } from './store/flows.js'
import { sweepSessions } from './store/sessions.js'
import { listTenantSlugs } from './store/tenants.js'

const EVERY_MS = 20_000

/** Sweeps at once and then every 20 seconds. */
export function startSweeping(services: Services): { stop(): void } {
  let sweeping = false
  const start = () => {
    if (sweeping) return
    sweeping = true
    services.inBackground('sweep', () => sweep(services).finally(() => (sweeping = false)))
  }
  start()
  const timer = setInterval(start, EVERY_MS)
  timer.unref()
  return { stop: () => clearInterval(timer) }
}

/** One round. Every step may run in any number of processes at once. */
export async function sweep(services: Services): Promise<void> {
  const { db, now, warehouse } = services
  await expireFlows(db, now(), toFlowError('expired'))
  for (const flowId of await listUnfinishedFlows(db)) await finishFlow(services, flowId)
  await adoptDoubtful(services)
  await warehouse.guard(await listTenantSlugs(db))
  await sweepFlows(db, now())
  await sweepSessions(db, now())
  await sweepIdempotency(db)
}
