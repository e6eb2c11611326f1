// A process that died in the middle of making, rotating or removing a tenant has left a row that says so: whoever sweeps
// takes it up. The same for tenants from before there was a part that all have now.
import { listUnfinishedTenants, postponeTenant, type Unfinished } from '../store/tenants.js'
import type { Tenants, TenantsReach } from './tenants.js'

const AT_ONCE = 4
const DEADLINE_MS = 120_000

/** One round. Any number of processes may: each tenant has its lease. What fails is looked at again in a minute. */
export async function reconcileTenants({ db, provisioners, log }: TenantsReach, tenants: Tenants): Promise<void> {
  const places = Object.fromEntries(provisioners.map(({ part, place }) => [part, place]))
  const left = await listUnfinishedTenants(db, places)
  const finish = async ({ tenant_id: tenantId, what }: Unfinished) => {
    const signal = AbortSignal.timeout(DEADLINE_MS)
    try {
      if (what === 'removal') await tenants.remove(tenantId, signal)
      else if (what === 'rotation') await tenants.rotate(tenantId, signal)
      else await tenants.ensure(tenantId, signal, 'all')
      log.info('took up a tenant', { tenantId, what })
    } catch (error) {
      log.warn('a tenant is still to be finished', { tenantId, what, error })
      await postponeTenant(db, tenantId)
    }
  }
  const worker = async () => {
    for (let next = left.shift(); next; next = left.shift()) await finish(next)
  }
  await Promise.all(Array.from({ length: AT_ONCE }, worker))
}
