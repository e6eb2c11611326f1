// However a sync's end becomes known (somebody watches, Airbyte notifies us, we ask), the host is told once.
import type { Job } from '@opsai/contract'
import { isFinal } from '../jobs/read-job.js'
import type { Services } from '../services.js'
import { addSync, endSync } from '../store/syncs.js'
import { findTenantOfConnection } from '../store/connections.js'
import { addWebhookEvent } from '../store/webhook-events.js'

/**
 * Writes down how a job stands and, at its end, the event for the host, in one transaction.
 *
 * @param job as read from Airbyte, never as somebody says it is
 */
export async function reportSync({ db }: Pick<Services, 'db'>, job: Job): Promise<void> {
  const { jobId, connectionId, status } = job
  const tenantId = await findTenantOfConnection(db, connectionId)
  // Not one of ours: a preview's, or of somebody else who uses this Airbyte too.
  if (tenantId === undefined) return
  if (!isFinal(job)) return await addSync(db, { jobId, tenantId, connectionId })
  await db.transaction(async (inside) => {
    if (!(await endSync(inside, { jobId, tenantId, connectionId, status }))) return
    // Who cancels a sync knows that it ended.
    if (status === 'cancelled') return
    await addWebhookEvent(inside, {
      tenant_id: tenantId,
      type: status === 'succeeded' ? 'sync.succeeded' : 'sync.failed',
      data: {
        tenantId,
        connectionId,
        jobId,
        rowsSynced: job.rowsSynced,
        bytesSynced: job.bytesSynced,
        ...(status === 'failed' && job.failure && { failure: job.failure.message }),
      },
    })
  })
}
