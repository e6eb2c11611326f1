// Syncs nobody watches: those that were started here, and those Airbyte starts by schedule.
import { isGone } from '../map/is-gone.js'
import type { Services } from '../services.js'
import { claimSyncs, claimTenantsToLookAt, endSync, type SyncRow, type TenantToLookAt } from '../store/syncs.js'
import { inScope } from '../upstream/scope.js'
import { reportSync } from './report-sync.js'

const LOOK_EVERY_MS = 2_000
const FIND_EVERY_MS = 10_000
const AT_ONCE = 10
const TENANTS_AT_ONCE = 20
/** Looked at twice over: Airbyte's clock and ours need not agree. */
const OVERLAP_MS = 5 * 60_000
/** What ended while no proxy ran is found again, but not for ever. */
const AT_MOST_MS = 24 * 60 * 60_000

/** Looks at running syncs every two seconds, and for new ones at once and every ten, until it is stopped. */
export function startWatchingSyncs(services: Services): { stop(): void } {
  const stops = [
    every(LOOK_EVERY_MS, (done) => services.inBackground('look at syncs', () => lookAtSyncs(services).finally(done))),
    every(FIND_EVERY_MS, (done) => services.inBackground('find syncs', () => findSyncs(services).finally(done))),
  ]
  return { stop: () => stops.forEach((stop) => stop()) }
}

/** Starts work at intervals, never twice at once. */
function every(ms: number, start: (done: () => void) => void): () => void {
  let working = false
  const begin = () => {
    if (working) return
    working = true
    start(() => (working = false))
  }
  begin()
  const timer = setInterval(begin, ms)
  timer.unref()
  return () => clearInterval(timer)
}

/** Reads each running sync that is due. */
export async function lookAtSyncs(services: Services): Promise<void> {
  const due = await claimSyncs(services.db, AT_ONCE)
  await Promise.all(due.map((row) => inScope({ tenantId: row.tenant_id }, () => look(services, row))))
}

async function look(services: Services, row: SyncRow): Promise<void> {
  try {
    await reportSync(services, await services.jobs.read(Number(row.job_id)))
  } catch (error) {
    if (!isGone(error)) return services.log.warn('a sync could not be read', { jobId: row.job_id, error })
    const { job_id: jobId, tenant_id: tenantId, connection_id: connectionId } = row
    await endSync(services.db, { jobId, tenantId, connectionId, status: 'gone' })
  }
}

/** Finds syncs Airbyte started by itself: a list a tenant, a few tenants at a time, each at most once a minute. */
export async function findSyncs(services: Services): Promise<void> {
  for (const tenant of await claimTenantsToLookAt(services.db, TENANTS_AT_ONCE)) {
    const owner = { tenantId: tenant.tenant_id, workspaceId: tenant.workspace_id }
    await inScope(owner, () => findSyncsOf(services, tenant)).catch((error: unknown) =>
      services.log.warn('syncs of a workspace could not be listed', { workspaceId: tenant.workspace_id, error }),
    )
  }
}

async function findSyncsOf({ airbyte, db, jobs, now }: Services, tenant: TenantToLookAt): Promise<void> {
  const at = now().getTime()
  const last = tenant.looked_at?.getTime() ?? at
  const since = new Date(Math.max(last - OVERLAP_MS, at - AT_MOST_MS))
  const found = await airbyte.jobs.list({
    workspaceId: tenant.workspace_id,
    jobType: 'sync',
    updatedAtStart: `${since.toISOString().slice(0, 19)}Z`,
    orderBy: 'updatedAt|DESC',
    limit: 100,
  })
  for (const { jobId } of found) await reportSync({ db }, await jobs.read(jobId))
}
