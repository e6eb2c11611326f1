// An app taken away: where it runs, then its folder, then what is known of it. Whoever does it holds the app's lease.
import { join } from 'node:path'
import { removeApp as removeFolder } from '@opsai/apps/node'
import type { Services } from '../services.js'
import { addAudit } from '../store/audit.js'
import { type AppRow, postponeRemoval, removeApp } from '../store/apps.js'
import type { Lease } from '../store/leases.js'
import { findTenant } from '../store/tenants.js'
import { toAppName } from './app-names.js'
import { createBlank, toAppError } from './app-secrets.js'
import type { AppsReach } from './apps-options.js'
import { toRemovalDelay } from './retry-delay.js'

/** @throws what the deployer says, which is also kept: the removal is taken up again later */
export async function takeAway(
  { db, log, tenants }: Services,
  apps: AppsReach,
  row: AppRow,
  lease: Lease,
  signal: AbortSignal,
): Promise<void> {
  const { tenant_id: tenantId } = row
  const tenant = await findTenant(db, tenantId)
  const env = tenant && (await tenants.envOf(tenant, []).catch(() => undefined))
  try {
    if (row.target !== apps.deployer.target) throw apps.wrongTarget(row)
    const name = toAppName(tenant?.slug ?? '')
    await apps.deployer.remove(name, signal)
    await removeFolder(join(apps.directory, name))
    await db.transaction(async (inside) => {
      await lease.confirm(inside)
      await removeApp(inside, tenantId)
      await addAudit(inside, { tenantId, action: 'app_removed' })
    })
    log.info('app removed', { tenantId })
  } catch (error) {
    if (lease.signal.aborted) throw error
    const retryInMs = toRemovalDelay(row.attempts + 1, Math.random())
    await postponeRemoval(db, tenantId, toAppError(error, 'preparing', createBlank(env ?? {}).text), retryInMs)
    throw error
  }
}
