// What is to be done with a tenant, as it is by now: since somebody looked it may have been finished, or removed and made
// anew. To remove that one, or to turn its passwords again, would be the worst one could do.
import { findPending } from '../outbox/rows.js'
import type { Lease } from '../store/leases.js'
import { findTenant, type Unfinished } from '../store/tenants.js'
import { makeTenant } from './make-tenant.js'
import { lackingParts } from './provisioner.js'
import { removeTenant } from './remove-tenant.js'
import { rotateTenant } from './rotate-tenant.js'
import type { TenantsReach } from './tenants.js'

/** Finishes what is not. The caller holds the tenant's lease. @returns what that was */
export async function takeUpTenant(
  reach: TenantsReach,
  tenantId: string,
  lease: Lease,
): Promise<Unfinished['what'] | 'nothing'> {
  const row = await findTenant(reach.db, tenantId)
  if (!row) return 'nothing'
  if (row.status === 'deleting') {
    await removeTenant(reach, row, lease)
    return 'removal'
  }
  if (await findPending(reach.db, tenantId, 'rotation')) {
    await rotateTenant(reach, await makeTenant(reach, tenantId, 'enough', lease), lease)
    return 'rotation'
  }
  if (row.status === 'ready' && lackingParts(row, reach.provisioners).length === 0) return 'nothing'
  await makeTenant(reach, tenantId, 'all', lease)
  return row.status === 'ready' ? 'parts' : 'provisioning'
}
