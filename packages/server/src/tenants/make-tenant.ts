// A tenant from nothing, or from wherever an earlier try left it.
import { ProblemError } from '../http/problem.js'
import type { Log } from '../log.js'
import { addAudit } from '../store/audit.js'
import type { Lease } from '../store/leases.js'
import { addTenant, setTenant, type TenantRow } from '../store/tenants.js'
import { toSlug } from './names.js'
import { drawPasswords, sealPasswords, sealRedisPassword } from './passwords.js'
import { ensurePart, type PartsReach } from './parts.js'
import { lackingParts, type Provisioner } from './provisioner.js'

/** `enough`: what lets the tenant in; `all`: also what it could do without. */
export type Extent = 'enough' | 'all'

/** Makes what is lacking. The caller holds the tenant's lease. */
export async function makeTenant(
  reach: PartsReach & { log: Log },
  tenantId: string,
  extent: Extent,
  lease: Lease,
): Promise<TenantRow> {
  let row = await begin(reach, tenantId)
  const lacking = lackingParts(row, reach.provisioners)
  const ensure = async (need: Provisioner['need']) => {
    for (const part of lacking.filter((one) => one.need === need)) {
      await lease.confirm(reach.db)
      row = await ensurePart(reach, row, part, lease.signal)
    }
  }
  await ensure('always')
  if (row.status !== 'ready') row = await open(reach, row)
  if (extent === 'all') await ensure('extra')
  return row
}

async function begin({ db, sealer }: PartsReach, tenantId: string): Promise<TenantRow> {
  const slug = toSlug(sealer, tenantId)
  const row = await addTenant(db, { tenantId, slug, ...sealPasswords(sealer, slug, drawPasswords()) })
  if (!row) throw new Error('A tenant was deleted while it was being made.')
  if (row.status === 'deleting')
    throw new ProblemError('conflict', { detail: 'The tenant is being deleted. Delete it again, then make it.' })
  if (row.redis_password) return row
  // As it was written: a slug made again from a newer key would be another.
  const redisPassword = sealRedisPassword(sealer, row.slug)
  await setTenant(db, tenantId, { redisPassword })
  return { ...row, redis_password: redisPassword }
}

async function open({ db, log }: PartsReach & { log: Log }, row: TenantRow): Promise<TenantRow> {
  const { tenant_id: tenantId, slug, workspace_id: workspaceId, destination_id: destinationId } = row
  await db.transaction(async (inside) => {
    await setTenant(inside, tenantId, { status: 'ready' })
    await addAudit(inside, {
      tenantId,
      action: 'tenant_provisioned',
      facts: { workspaceId: workspaceId ?? '', destinationId: destinationId ?? '', schema: slug },
    })
  })
  log.info('tenant provisioned', { slug, workspaceId })
  return { ...row, status: 'ready' }
}
