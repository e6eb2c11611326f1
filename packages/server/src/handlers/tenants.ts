import type { Tenant } from '@opsai/contract'
import { toTenantEnv } from '../env/tenant-env.js'
import { writeEnv } from '../env/write-env.js'
import type { Handlers } from '../http/handler.js'
import { ProblemError } from '../http/problem.js'
import type { Services } from '../services.js'
import { addAudit } from '../store/audit.js'
import { listSources } from '../store/sources.js'
import type { TenantRow } from '../store/tenants.js'
import { toReadyTenant } from '../tenants/tenants.js'

type TenantRoutes = 'putTenant' | 'getTenant' | 'deleteTenant' | 'getTenantEnv'

function toTenant(row: TenantRow): Tenant {
  const ready = toReadyTenant(row)
  if (!ready) throw new ProblemError('conflict', { detail: 'The tenant is still being made.' })
  const { tenantId, workspaceId, destinationId, slug: schema } = ready
  return { tenantId, workspaceId, destinationId, schema, createdAt: row.created_at.toISOString() }
}

export const createTenantHandlers = ({ db, tenants, warehouse }: Services): Pick<Handlers, TenantRoutes> => ({
  putTenant: async ({ params, signal }) => ({
    status: 200,
    body: toTenant(await tenants.ensure(params.tenantId, signal)),
  }),
  getTenant: async ({ params }) => ({ status: 200, body: toTenant(await tenants.get(params.tenantId)) }),
  deleteTenant: async ({ params, signal }) => {
    await tenants.remove(params.tenantId, signal)
    return { status: 200, body: { tenantId: params.tenantId, syncedData: 'deleted' } }
  },
  getTenantEnv: async ({ params }) => {
    const row = await tenants.get(params.tenantId)
    const sources = await listSources(db, params.tenantId)
    await addAudit(db, { tenantId: params.tenantId, action: 'env_read' })
    const entries = toTenantEnv({
      tenant: toTenant(row),
      address: warehouse.address,
      appPassword: tenants.appPasswordOf(row),
      sourceTypes: sources.map(({ source_type }) => source_type),
    })
    return new Response(writeEnv(entries), {
      headers: { 'content-type': 'text/plain; charset=utf-8', 'cache-control': 'no-store' },
    })
  },
})
