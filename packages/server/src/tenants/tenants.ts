// A tenant and all that is theirs alone: workspace, destination, schemas, roles. Made in steps that may be repeated.
import { randomBytes } from 'node:crypto'
import type { Log } from '../log.js'
import { listMarked, markName } from '../outbox/mark.js'
import { createOnce } from '../outbox/create-once.js'
import { findOperationOf, onlyOperationOf } from '../outbox/rows.js'
import { notFound, ProblemError } from '../http/problem.js'
import type { Sealer } from '../secrets/seal.js'
import type { Airbyte, ReadyTenant } from '../services.js'
import { addAudit } from '../store/audit.js'
import type { Database } from '../store/database.js'
import { withLease } from '../store/leases.js'
import { addTenant, findTenant, removeTenant, setTenant, type TenantRow } from '../store/tenants.js'
import type { Warehouse } from '../warehouse/warehouse.js'
import { isGone } from '../map/is-gone.js'
import { inScope } from '../upstream/scope.js'
import { toUuid } from '../upstream/to-uuid.js'
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
  /** Where workspaces are made; Airbyte Cloud only. */
  organizationId?: string | undefined
  inBackground(what: string, work: () => Promise<void>): void
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
    const started =
      running.get(tenantId) ??
      inScope({ tenantId }, () => withLease(db, leaseOf(tenantId), signal, () => provision(reach, tenantId)))
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
        // Half made, it may have a workspace whose id never arrived.
        const begun = row.workspace_id ? undefined : await findOperationOf(db, tenantId, 'workspace')
        const lost = begun ? await listLostWorkspaces(airbyte, begun.op_id) : []
        for (const workspaceId of row.workspace_id ? [row.workspace_id] : lost) {
          await airbyte.workspaces.delete(workspaceId).catch(unlessGone)
        }
        await warehouse.deprovision(row.slug)
        await removeTenant(db, tenantId)
        await addAudit(db, { tenantId, action: 'tenant_deleted' })
      }),
    appPasswordOf: ({ slug, app_password }) => sealer.open(app_password, passwordPlace(slug, 'app')),
  }
}

async function provision(reach: Reach, tenantId: string): Promise<TenantRow> {
  const { db, sealer } = reach
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
  return await provisionRow(reach, row)
}

async function provisionRow(reach: Reach, row: TenantRow): Promise<TenantRow> {
  const { db, sealer, warehouse, log } = reach
  // As it was written: made again from a newer key, it would be another.
  const { tenant_id: tenantId, slug } = row
  if (row.status === 'ready') return row
  if (row.status === 'deleting')
    throw new ProblemError('conflict', { detail: 'The tenant is being deleted. Delete it again, then make it.' })
  const sync = sealer.open(row.sync_password, passwordPlace(slug, 'sync'))
  const app = sealer.open(row.app_password, passwordPlace(slug, 'app'))
  await warehouse.provision(slug, { sync, app })
  const workspaceId = row.workspace_id ?? (await makeWorkspace(reach, row))
  const destinationId = row.destination_id ?? (await makeDestination(reach, { tenantId, slug, workspaceId, sync }))
  await setTenant(db, tenantId, { status: 'ready' })
  await addAudit(db, { tenantId, action: 'tenant_provisioned', facts: { workspaceId, destinationId, schema: slug } })
  log.info('tenant provisioned', { slug, workspaceId })
  return { ...row, status: 'ready', workspace_id: workspaceId, destination_id: destinationId }
}

async function makeWorkspace({ db, airbyte, organizationId, inBackground }: Reach, row: TenantRow): Promise<string> {
  const opId = await onlyOperationOf(db, row.tenant_id, 'workspace')
  const name = markName(row.slug, opId)
  return await createOnce(db, {
    opId,
    tenantId: row.tenant_id,
    kind: 'workspace',
    onDoubt: 'finish',
    payload: null,
    create: async () =>
      toUuid((await airbyte.workspaces.create({ name, ...(organizationId && { organizationId }) })).workspaceId),
    listMade: () => listLostWorkspaces(airbyte, opId),
    removeTwin: (workspaceId) => airbyte.workspaces.delete(workspaceId),
    inBackground,
    record: (inside, workspaceId) => setTenant(inside, row.tenant_id, { workspaceId }),
  })
}

/**
 * The one place that looks at the workspaces of everybody: a workspace whose answer was lost has an id nobody knows.
 * By our own mark in its name, never by the tenant's; nothing of the others leaves this function.
 */
async function listLostWorkspaces(airbyte: Airbyte, opId: string): Promise<string[]> {
  const everybodys = await airbyte.workspaces.list({ workspaceIds: 'all' })
  return listMarked(everybodys, opId).map(({ workspaceId }) => workspaceId)
}

interface DestinationOf {
  tenantId: string
  slug: string
  workspaceId: string
  sync: string
}

async function makeDestination(
  { db, airbyte, warehouse, inBackground }: Reach,
  tenant: DestinationOf,
): Promise<string> {
  const { tenantId, slug, workspaceId, sync } = tenant
  const definitionId = await findDestinationDefinition(airbyte, workspaceId)
  const opId = await onlyOperationOf(db, tenantId, 'destination')
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
      return toUuid(made.destinationId)
    },
    listMade: async () =>
      listMarked(await airbyte.destinations.list({ workspaceId }), opId).map(({ destinationId }) => destinationId),
    removeTwin: (destinationId) => airbyte.destinations.delete(destinationId),
    inBackground,
    record: (inside, destinationId) => setTenant(inside, tenantId, { destinationId }),
  })
}

function unlessGone(error: unknown): void {
  if (!isGone(error)) throw error
}
