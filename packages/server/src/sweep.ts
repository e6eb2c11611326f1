// What time alone makes necessary: ends, leftovers, and the work of processes that died.
import { sweepIdempotency } from './http/idempotency.js'
import { finishFlow } from './oauth/finish-flow.js'
import { overdueErrors } from './oauth/flow-answer.js'
import { adoptDoubtful } from './outbox/adopt-doubtful.js'
import { sweepOperations } from './outbox/rows.js'
import type { Services } from './services.js'
import { sweepRecords } from './sweep-records.js'
import { sweepPreviews } from './sources/preview-clear.js'
import { endOverdueFlows, listUnfinishedFlows, sweepFlows } from './store/flows.js'
import { sweepReconnectLinks } from './store/reconnect-links.js'
import { sweepSessions } from './store/sessions.js'
import { sweepBuckets } from './store/rate-buckets.js'
import { listTenantSlugs } from './store/tenants.js'
import { inScope } from './upstream/scope.js'

const EVERY_MS = 20_000

/** Sweeps at once and then every 20 seconds. */
export function startSweeping(services: Services): { stop(): void } {
  let sweeping = false
  const start = () => {
    if (sweeping) return
    sweeping = true
    services.inBackground('sweep', () => inScope({}, () => sweep(services)).finally(() => (sweeping = false)))
  }
  start()
  const timer = setInterval(start, EVERY_MS)
  timer.unref()
  return { stop: () => clearInterval(timer) }
}

/** One round. Every step may run in any number of processes at once. */
export async function sweep(services: Services): Promise<void> {
  const { db, now, warehouse } = services
  await sweepRecords(services)
  await endOverdueFlows(db, now(), overdueErrors)
  for (const flowId of await listUnfinishedFlows(db)) await finishFlow(services, flowId)
  await adoptDoubtful(services)
  await services.tenants.reconcile()
  await sweepPreviews(services)
  await warehouse.guard(await listTenantSlugs(db))
  await sweepFlows(db, now())
  await sweepReconnectLinks(db, now())
  await sweepSessions(db, now())
  await sweepIdempotency(db)
  await sweepBuckets(db)
  await sweepOperations(db)
}
