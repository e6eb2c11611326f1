// Webhooks as a whole, for whoever starts and stops the proxy.
import type { Job } from '@opsai/contract'
import { isFinal } from '../jobs/read-job.js'
import type { Services } from '../services.js'
import { setWebhookTarget } from '../store/webhook-events.js'
import { listTenantSlugs } from '../store/tenants.js'
import { startDelivery } from './delivery.js'
import { reportSync } from './report-sync.js'
import { startWatchingSyncs } from './watch-syncs.js'

/** What follows from how a job was seen to stand: new tables get their guard, and the host is told of the end. */
export function createOnJob({ settings, db, warehouse }: Pick<Services, 'settings' | 'db' | 'warehouse'>) {
  return async (job: Job): Promise<void> => {
    if (isFinal(job)) await warehouse.guard(await listTenantSlugs(db))
    if (settings.webhooks || settings.apps) await reportSync({ db }, job)
  }
}

/** Starts what sends events, where the host wants them. */
export async function startWebhooks(services: Services): Promise<{ stop(): void; close(): Promise<void> }> {
  const target = services.settings.webhooks
  await setWebhookTarget(services.db, target !== undefined)
  // An app, too, has to hear of a sync that ended.
  const watching = target || services.settings.apps ? startWatchingSyncs(services) : undefined
  const delivery = target && startDelivery(services, target)
  return {
    stop: () => {
      watching?.stop()
      delivery?.stop()
    },
    close: async () => delivery?.close(),
  }
}
