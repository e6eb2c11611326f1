// A tenant and all that is theirs. What lets anybody in goes first.
import { randomUUID } from 'node:crypto'
import { addOperation, findPending } from '../outbox/rows.js'
import { addAudit } from '../store/audit.js'
import type { Lease } from '../store/leases.js'
import { removeTenant as removeRow, setTenant, type TenantRow } from '../store/tenants.js'
import { assertReachable, type PartsReach, toTenantInParts } from './parts.js'
import type { PartName } from './provisioner.js'

const order: readonly PartName[] = ['redis', 'storage', 'warehouse', 'destination', 'workspace']

/** Removes, or takes up a removal that was begun. The caller holds the tenant's lease. */
export async function removeTenant(
  reach: PartsReach & { removeApp(tenantId: string, signal: AbortSignal): Promise<void> },
  row: TenantRow,
  lease: Lease,
): Promise<void> {
  const { db, sealer, provisioners } = reach
  const { tenant_id: tenantId } = row
  assertReachable(row, provisioners)
  await db.transaction(async (inside) => {
    const opId = (await findPending(inside, tenantId, 'removal'))?.op_id ?? randomUUID()
    await addOperation(inside, { op_id: opId, tenant_id: tenantId, kind: 'removal', on_doubt: 'finish', payload: null })
    await setTenant(inside, tenantId, { status: 'deleting' })
  })
  // Before the data it reads: nothing of a tenant's may be left running.
  await reach.removeApp(tenantId, lease.signal)
  for (const name of order) {
    // Also what was never recorded: it may have been begun.
    const provisioner = provisioners.find(({ part }) => part === name)
    // Who has lost it takes nothing more away: the names are the same when the tenant is made anew.
    await lease.confirm(db)
    await provisioner?.remove(toTenantInParts(sealer, row, name), lease.signal)
  }
  await db.transaction(async (inside) => {
    await lease.confirm(inside)
    await removeRow(inside, tenantId)
    await addAudit(inside, { tenantId, action: 'tenant_deleted' })
  })
}
