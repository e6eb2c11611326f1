// New passwords everywhere. What leaked is shut out first; Airbyte, which only loads, is told last: where it does not
// answer, the app already has what it needs, and the rest is taken up later.
import { randomUUID } from 'node:crypto'
import type { Log } from '../log.js'
import { addOperation, clearPayload, countAttempt, endOperation, findOperation, findPending } from '../outbox/rows.js'
import { addAudit } from '../store/audit.js'
import type { Lease } from '../store/leases.js'
import { findTenant, setRotated, setTenant, type TenantRow } from '../store/tenants.js'
import { drawPasswords, openNext, sealNext, sealPasswords } from './passwords.js'
import { assertReachable, type PartsReach, toChange, toTenantInParts } from './parts.js'
import type { Provisioner } from './provisioner.js'

/** Rotates, or takes up a rotation that was begun. The caller holds the tenant's lease. */
export async function rotateTenant(reach: PartsReach & { log: Log }, row: TenantRow, lease: Lease): Promise<void> {
  const { db, provisioners, log } = reach
  assertReachable(row, provisioners)
  const opId = await begin(reach, row.tenant_id)
  const payload = (await findOperation(db, opId))?.payload
  const made = provisioners.filter(({ part }) => row.parts[part] !== undefined)
  if (payload)
    await shutOut(reach, { row, opId, payload, parts: made.filter(({ part }) => part !== 'destination'), lease })
  const now = (await findTenant(db, row.tenant_id)) ?? row
  for (const destination of made.filter(({ part }) => part === 'destination')) {
    const tenant = toTenantInParts(reach.sealer, now, 'destination')
    await lease.confirm(db)
    await destination.rotate(tenant, tenant.passwords, lease.signal)
  }
  await endOperation(db, opId, { resultId: 'rotation' })
  log.info('tenant rotated', { slug: row.slug })
}

/** The passwords are drawn and written down before anything changes: whoever takes it up goes to the same ones. */
async function begin({ db, sealer }: PartsReach, tenantId: string): Promise<string> {
  const pending = await findPending(db, tenantId, 'rotation')
  const opId = pending?.op_id ?? randomUUID()
  const payload = sealNext(sealer, opId, drawPasswords())
  await addOperation(db, { op_id: opId, tenant_id: tenantId, kind: 'rotation', on_doubt: 'finish', payload })
  await countAttempt(db, opId)
  return opId
}

interface Begun {
  row: TenantRow
  opId: string
  payload: Buffer
  parts: readonly Provisioner[]
  lease: Lease
}

/** After this the old ones open nothing, and the new ones are what the app is told. */
async function shutOut({ db, sealer }: PartsReach, { row, opId, payload, parts, lease }: Begun): Promise<void> {
  const { tenant_id: tenantId, slug } = row
  const next = openNext(sealer, opId, payload)
  for (const part of parts) {
    const current = (await findTenant(db, tenantId)) ?? row
    await lease.confirm(db)
    const { settle, ...made } = await part.rotate(toTenantInParts(sealer, current, part.part), next, lease.signal)
    await setTenant(db, tenantId, toChange(sealer, slug, made))
    await settle?.()
  }
  await db.transaction(async (inside) => {
    await lease.confirm(inside)
    await setTenant(inside, tenantId, sealPasswords(sealer, slug, next))
    await setRotated(inside, tenantId)
    await clearPayload(inside, opId)
    await addAudit(inside, { tenantId, action: 'tenant_rotated' })
  })
}
