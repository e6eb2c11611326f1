// A tenant and all that is theirs alone, made and changed by one process at a time, and finished by another where that dies.
import { toTenantEnv, type TenantEnvironment } from '../env/tenant-env.js'
import { notFound, ProblemError } from '../http/problem.js'
import type { Log } from '../log.js'
import { findPending } from '../outbox/rows.js'
import type { ReadyTenant } from '../services.js'
import { type Lease, withLease } from '../store/leases.js'
import { findTenant, pageTenants, type TenantRow, type Unfinished } from '../store/tenants.js'
import { inScope } from '../upstream/scope.js'
import { type Extent, makeTenant } from './make-tenant.js'
import { openAppPassword, toSitePassword } from './passwords.js'
import { type PartsReach, toTenantInParts } from './parts.js'
import { type Inspection, lackingParts, type PartName } from './provisioner.js'
import { reconcileTenants } from './reconcile.js'
import { removeTenant } from './remove-tenant.js'
import { rotateTenant } from './rotate-tenant.js'
import { takeUpTenant } from './take-up.js'

export type PartInspection = { part: PartName } & (Inspection | { state: 'unknown'; what: string })

export interface Tenants {
  /**
   * The tenant, made first where it is new or half made.
   *
   * @param extent `enough` to be let in, or `all` there is; what lacks then is made in the background. Default: `enough`
   */
  ensure(tenantId: string, signal: AbortSignal, extent?: Extent): Promise<TenantRow>
  /** @throws ProblemError `not_found` */
  get(tenantId: string): Promise<TenantRow>
  /** Tenants in whatever state, by their ids, after one of them. */
  page(after: string, limit: number): Promise<TenantRow[]>
  /** What there really is of each part. */
  inspect(tenantId: string, signal: AbortSignal): Promise<PartInspection[]>
  /** New passwords and keys; whoever came in by the old ones is put out. */
  rotate(tenantId: string, signal: AbortSignal): Promise<TenantRow>
  /** Deletes the workspace, rows, files, keys, roles and all sessions. */
  remove(tenantId: string, signal: AbortSignal): Promise<void>
  /** Finishes what is not finished by now with one tenant, if anything. */
  takeUp(tenantId: string, signal: AbortSignal): Promise<Unfinished['what'] | 'nothing'>
  /** Finishes what processes that died left, and gives tenants the parts they lack. */
  reconcile(): Promise<void>
  /** The `.env` of the tenant's app. @throws ProblemError `conflict` in the middle of a rotation */
  envOf(row: TenantRow, sourceTypes: readonly string[]): Promise<TenantEnvironment>
  /** The app role's password. */
  appPasswordOf(row: Pick<TenantRow, 'slug' | 'app_password'>): string
}

export interface TenantsReach extends PartsReach {
  log: Log
  /** Whether apps run where others than this machine reach them: then their pages ask for a password. */
  appsReach: 'public' | 'this machine'
  /** Takes a tenant's app away, where there is one. */
  removeApp(tenantId: string, signal: AbortSignal): Promise<void>
  inBackground(what: string, work: () => Promise<void>): void
}

const leaseOf = (tenantId: string) => `tenant:${tenantId}`

/** A row with everything in place; nothing else lets anybody in. */
export function toReadyTenant(row: TenantRow): ReadyTenant | undefined {
  const { tenant_id: tenantId, slug, workspace_id: workspaceId, destination_id: destinationId } = row
  if (row.status !== 'ready' || !workspaceId || !destinationId) return undefined
  return { tenantId, slug, workspaceId, destinationId }
}

export function createTenants(reach: TenantsReach): Tenants {
  const { db, sealer, provisioners } = reach
  const running = new Map<string, { made: Promise<TenantRow>; signal: AbortSignal }>()

  const alone = <T>(tenantId: string, signal: AbortSignal, work: (lease: Lease) => Promise<T>) =>
    inScope({ tenantId }, () => withLease(db, leaseOf(tenantId), signal, work))

  /** All who ask meanwhile get the same one. */
  const makeOnce = async (tenantId: string, extent: Extent, signal: AbortSignal): Promise<TenantRow> => {
    const key = `${extent} ${tenantId}`
    const others = running.get(key)
    if (others)
      return await others.made.catch((error: unknown) => {
        // Who asked first has left, which is nothing to the rest.
        if (!others.signal.aborted || signal.aborted) throw error
        return makeOnce(tenantId, extent, signal)
      })
    const made = alone(tenantId, signal, (lease) => makeTenant(reach, tenantId, extent, lease)).finally(() =>
      running.delete(key),
    )
    running.set(key, { made, signal })
    return await made
  }
  const takeUp = (tenantId: string, signal: AbortSignal) =>
    alone(tenantId, signal, (lease) => takeUpTenant(reach, tenantId, lease))

  const known = async (tenantId: string) => {
    const row = await findTenant(db, tenantId)
    if (!row) throw notFound()
    return row
  }
  const get = async (tenantId: string) => {
    const row = await known(tenantId)
    if (row.status !== 'ready') throw notFound()
    return row
  }

  const tenants: Tenants = {
    ensure: async (tenantId, signal, extent = 'enough') => {
      const row = await findTenant(db, tenantId)
      const isWhole = row?.status === 'ready' && (extent === 'enough' || lackingParts(row, provisioners).length === 0)
      if (isWhole) return row
      const made = await makeOnce(tenantId, extent, signal)
      if (lackingParts(made, provisioners).length > 0)
        reach.inBackground('give a tenant the rest', async () => {
          await takeUp(tenantId, AbortSignal.timeout(60_000))
        })
      return made
    },
    get,
    page: (after, limit) => pageTenants(db, after, limit),
    inspect: async (tenantId, signal) => {
      const row = await known(tenantId)
      const look = async (provisioner: (typeof provisioners)[number]): Promise<PartInspection> => {
        const { part } = provisioner
        try {
          return { part, ...(await provisioner.inspect(toTenantInParts(sealer, row, part), signal)) }
        } catch (error) {
          reach.log.warn('a part could not be looked at', { part, error })
          return { part, state: 'unknown', what: 'it does not answer, or not to this proxy' }
        }
      }
      return await inScope({ tenantId }, () => Promise.all(provisioners.map(look)))
    },
    rotate: (tenantId, signal) =>
      alone(tenantId, signal, async (lease) => {
        await get(tenantId)
        // One of before parts were recorded has them recorded first: what is not known to be there is not rotated.
        await rotateTenant(reach, await makeTenant(reach, tenantId, 'enough', lease), lease)
        return await get(tenantId)
      }),
    remove: (tenantId, signal) =>
      alone(tenantId, signal, async (lease) => removeTenant(reach, await known(tenantId), lease)),
    takeUp,
    reconcile: () => reconcileTenants(reach, tenants),
    envOf: async (row, sourceTypes) => {
      // Until it has got so far, neither the old passwords nor the new ones are sure to open anything.
      if ((await findPending(db, row.tenant_id, 'rotation'))?.payload)
        throw new ProblemError('conflict', {
          detail: "The tenant's passwords are being changed right now. Ask again in a moment.",
          headers: { 'retry-after': '5' },
          retryable: true,
        })
      const made = provisioners.filter(({ part, place, need }) => need === 'always' || row.parts[part] === place)
      const parts = made.map((provisioner) => provisioner.toEnv(toTenantInParts(sealer, row, provisioner.part)))
      const own = reach.appsReach === 'public' ? [{ APP_PASSWORD: toSitePassword(sealer, row) }] : []
      return toTenantEnv({ tenantId: row.tenant_id, parts: [...parts, ...own], sourceTypes })
    },
    appPasswordOf: (row) => openAppPassword(sealer, row),
  }
  return tenants
}
