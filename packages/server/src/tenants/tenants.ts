// A tenant and all that is theirs alone: workspace, destination, schemas, roles. Made in steps that may be repeated.
import { randomBytes, randomUUID } from 'node:crypto'
import type { Log } from '../log.js'
import { findMarked, markName } from '../outbox/mark.js'
import { createOnce } from '../outbox/create-once.js'
import { toOperationId } from '../http/idempotency.js'
import { notFound, ProblemError } from '../http/problem.js'
import type { Sealer } from '../secrets/seal.js'
import type { Airbyte, ReadyTenant } from '../services.js'
import { addAudit } from '../store/audit.js'
import type { Database } from '../store/database.js'
import { withLease } from '../store/leases.js'
import { addTenant, findTenant, removeTenant, setTenant, type TenantRow } from '../store/tenants.js'
import type { Warehouse } from '../warehouse/warehouse.js'
import { isGone } from '../map/is-gone.js'
import { findDestinationDefinition, toDestinationConfiguration } from './destination.js'
import { toSlug } from './names.js'

export interface Tenants {
  /** The tenant, provisioned first where it is new or half made. */
  ensure(tenantId: string, signal: AbortSignal): Promise<TenantRow>
  /** @throws ProblemError `not_found` */
  get(tenantId: string): Promise<TenantRow>
  /** Deletes the workspace, the synced rows, the roles and all sessions. */
  remove(tenantId: string, signal: AbortSignal): Promise<void>
  /** The app role's password. */
  appPasswordOf(row: Pick<TenantRow, 'slug' | 'app_password'>): string
}

interface Reach {
  db: Database
  airbyte: Airbyte
  warehouse: Warehouse
  sealer: Sealer
  log: Log
}

const passwordPlace = (slug: string, role: 'sync' | 'app') => `tenants|${slug}|${role}_password`
const leaseOf = (tenantId: string) => `tenant:${tenantId}`

/** A row with everything in place; nothing else lets anybody in. */
export function toReadyTenant(row: TenantRow): ReadyTenant | undefined {
  const { tenant_id: tenantId, slug, workspace_id: workspaceId, destination_id: destinationId } = row
  if (row.status !== 'ready' || !workspaceId || !destinationId) return undefined
  return { tenantId, slug, workspaceId, destinationId }
}

export function createTenants(reach: Reach): Tenants {
  const { db, airbyte, warehouse, sealer } = reach
  const running = new Map<string, Promise<TenantRow>>()

  const provisionOnce = (tenantId: string, signal: AbortSignal) => {
    const started = running.get(tenantId) ?? withLease(db, leaseOf(tenantId), signal, () => provision(reach, tenantId))
    running.set(tenantId, started)
    return started.finally(() => running.delete(tenantId))
  }

  return {
    ensure: async (tenantId, signal) => {
      const row = await findTenant(db, tenantId)
      return row?.status === 'ready' ? row : await provisionOnce(tenantId, signal)
    },
    get: async (tenantId) => {
      const row = await findTenant(db, tenantId)
      if (!row || row.status !== 'ready') throw notFound()
      return row
    },
    remove: (tenantId, signal) =>
      withLease(db, leaseOf(tenantId), signal, async () => {
        const row = await findTenant(db, tenantId)
        if (!row) throw notFound()
        await setTenant(db, tenantId, { status: 'deleting' })
        if (row.workspace_id) await airbyte.workspaces.delete(row.workspace_id).catch(unlessGone)
        await warehouse.deprovision(row.slug)
        await removeTenant(db, tenantId)
        await addAudit(db, { tenantId, action: 'tenant_deleted' })
      }),
    appPasswordOf: ({ slug, app_password }) => sealer.open(app_password, passwordPlace(slug, 'app')),
  }
}

async function provision(reach: Reach, tenantId: string): Promise<TenantRow> {
  const { db, sealer, warehouse, log } = reach
  const slug = toSlug(sealer, tenantId)
  const newPassword = (role: 'sync' | 'app') =>
    sealer.seal(randomBytes(24).toString('base64url'), passwordPlace(slug, role))
  const row = await addTenant(db, {
    tenantId,
    slug,
    syncPassword: newPassword('sync'),
    appPassword: newPassword('app'),
  })
  if (!row) throw new Error('A tenant was deleted while it was being made.')
  if (row.status === 'ready') return row
  if (row.status === 'deleting')
    throw new ProblemError('conflict', { detail: 'The tenant is being deleted. Delete it again, then make it.' })
  const sync = sealer.open(row.sync_password, passwordPlace(slug, 'sync'))
  const app = sealer.open(row.app_password, passwordPlace(slug, 'app'))
  await warehouse.provision(slug, { sync, app })
  const workspaceId = row.workspace_id ?? (await makeWorkspace(reach, tenantId, slug))
  const destinationId = row.destination_id ?? (await makeDestination(reach, { tenantId, slug, workspaceId, sync }))
  await setTenant(db, tenantId, { status: 'ready' })
  await addAudit(db, { tenantId, action: 'tenant_provisioned', facts: { workspaceId, destinationId, schema: slug } })
  log.info('tenant provisioned', { slug, workspaceId })
  return { ...row, status: 'ready', workspace_id: workspaceId, destination_id: destinationId }
}

async function makeWorkspace({ db, airbyte }: Reach, tenantId: string, slug: string): Promise<string> {
  const opId = randomUUID()
  return await createOnce(db, {
    opId,
    tenantId,
    kind: 'workspace',
    onDoubt: 'finish',
    payload: null,
    create: async () => (await airbyte.workspaces.create({ name: markName(slug, opId) })).workspaceId,
    // Airbyte lists workspaces by id only, so a lost answer leaves an empty workspace behind and nothing else.
    findMade: () => Promise.resolve(undefined),
    record: (inside, workspaceId) => setTenant(inside, tenantId, { workspaceId }),
  })
}

interface DestinationOf {
  tenantId: string
  slug: string
  workspaceId: string
  sync: string
}

async function makeDestination({ db, airbyte, sealer, warehouse }: Reach, tenant: DestinationOf): Promise<string> {
  const { tenantId, slug, workspaceId, sync } = tenant
  const definitionId = await findDestinationDefinition(airbyte, workspaceId)
  const opId = toOperationId(sealer, 'provision', `${tenantId}\0${workspaceId}`, 'destination')
  return await createOnce(db, {
    opId,
    tenantId,
    kind: 'destination',
    onDoubt: 'finish',
    payload: null,
    create: async () => {
      const configuration = toDestinationConfiguration(slug, warehouse.address, sync)
      const made = await airbyte.destinations.create({
        workspaceId,
        name: markName('Warehouse', opId),
        definitionId,
        configuration,
      })
      return made.destinationId
    },
    findMade: async () => findMarked(await airbyte.destinations.list({ workspaceId }), opId)?.destinationId,
    record: (inside, destinationId) => setTenant(inside, tenantId, { destinationId }),
  })
}

function unlessGone(error: unknown): void {
  if (!isGone(error)) throw error
}
