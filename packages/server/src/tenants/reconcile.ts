// A process that died in the middle of making, rotating or removing a tenant has left a row that says so: whoever sweeps
// takes it up. The same for tenants from before there was a part that all have now.
import {
  forgetPart,
  listTenantsWith,
  listUnfinishedTenants,
  postponeTenant,
  type Unfinished,
} from '../store/tenants.js'
import type { Provisioner } from './provisioner.js'
import type { Tenants, TenantsReach } from './tenants.js'

const AT_ONCE = 4
const DEADLINE_MS = 120_000

/** One round. Any number of processes may: each tenant has its lease. What fails is looked at again in a minute. */
export async function reconcileTenants(reach: TenantsReach, tenants: Tenants): Promise<void> {
  const { db, provisioners, log } = reach
  for (const provisioner of provisioners) await noteLost(reach, provisioner)
  const places = Object.fromEntries(provisioners.map(({ part, place }) => [part, place]))
  const left = await listUnfinishedTenants(db, places)
  const finish = async ({ tenant_id: tenantId, what }: Unfinished) => {
    try {
      const done = await tenants.takeUp(tenantId, AbortSignal.timeout(DEADLINE_MS))
      if (done !== 'nothing') log.info('took up a tenant', { tenantId, what: done })
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

/** What is gone by itself is written down as not made: it is made again like any part that is lacking. */
async function noteLost({ db, log }: TenantsReach, { part, lost }: Provisioner): Promise<void> {
  if (!lost) return
  try {
    const slugs = (await listTenantsWith(db, part)).map(({ slug }) => slug)
    const gone = slugs.length > 0 ? await lost(slugs) : []
    if (gone.length === 0) return
    log.warn('parts of tenants are gone and are made again', { part, tenants: gone.length })
    await forgetPart(db, gone, part)
  } catch (error) {
    log.warn('a part could not be looked at', { part, error })
  }
}
