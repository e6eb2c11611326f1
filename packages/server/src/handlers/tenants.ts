import type { Tenant, TenantSummary } from '@opsai/contract'
import { tenantEnvComments } from '../env/tenant-env-keys.js'
import { type EnvFormat, EnvValueError, writeEnv } from '../env/write-env.js'
import type { Handlers } from '../http/handler.js'
import { invalidRequest, ProblemError } from '../http/problem.js'
import type { Services } from '../services.js'
import { addAudit } from '../store/audit.js'
import { listSources } from '../store/sources.js'
import type { TenantRow } from '../store/tenants.js'
import { toReadyTenant } from '../tenants/tenants.js'

type TenantRoutes = 'putTenant' | 'listTenants' | 'getTenant' | 'rotateTenant' | 'deleteTenant' | 'getTenantEnv'

const PAGE = 50
const MOST = 200

const toDates = ({ created_at, rotated_at }: TenantRow) => ({
  createdAt: created_at.toISOString(),
  ...(rotated_at && { rotatedAt: rotated_at.toISOString() }),
})

function toTenant(row: TenantRow): Tenant {
  const ready = toReadyTenant(row)
  if (!ready) throw new ProblemError('conflict', { detail: 'The tenant is still being made.' })
  const { tenantId, workspaceId, destinationId, slug: schema } = ready
  return { tenantId, workspaceId, destinationId, schema, ...toDates(row) }
}

const toSummary = (row: TenantRow): TenantSummary => ({
  tenantId: row.tenant_id,
  status: row.status,
  schema: row.slug,
  ...toDates(row),
})

const toCursor = (tenantId: string) => Buffer.from(tenantId).toString('base64url')
const fromCursor = (cursor: string) => Buffer.from(cursor, 'base64url').toString()

export const createTenantHandlers = ({ db, tenants }: Services): Pick<Handlers, TenantRoutes> => ({
  putTenant: async ({ params, signal }) => ({
    status: 200,
    body: toTenant(await tenants.ensure(params.tenantId, signal, 'all')),
  }),
  listTenants: async ({ query }) => {
    const limit = Math.min(Number(query.limit ?? PAGE), MOST)
    const rows = await tenants.page(query.cursor ? fromCursor(query.cursor) : '', limit + 1)
    const page = rows.slice(0, limit)
    const last = page.at(-1)
    const isMore = rows.length > limit && last !== undefined
    return {
      status: 200,
      body: { tenants: page.map(toSummary), ...(isMore && { nextCursor: toCursor(last.tenant_id) }) },
    }
  },
  getTenant: async ({ params, query, signal }) => {
    const tenant = toTenant(await tenants.get(params.tenantId))
    if (query.inspect !== 'true') return { status: 200, body: tenant }
    return { status: 200, body: { ...tenant, parts: await tenants.inspect(params.tenantId, signal) } }
  },
  rotateTenant: async ({ params, signal }) => ({
    status: 200,
    body: toTenant(await tenants.rotate(params.tenantId, signal)),
  }),
  deleteTenant: async ({ params, signal }) => {
    await tenants.remove(params.tenantId, signal)
    return { status: 200, body: { tenantId: params.tenantId, syncedData: 'deleted' } }
  },
  getTenantEnv: async ({ params, query }) => {
    const row = await tenants.get(params.tenantId)
    toTenant(row)
    const sources = await listSources(db, params.tenantId)
    const entries = await tenants.envOf(
      row,
      sources.map(({ source_type }) => source_type),
    )
    await addAudit(db, { tenantId: params.tenantId, action: 'env_read' })
    return new Response(toText(entries, query.format ?? 'dotenv'), {
      headers: { 'content-type': 'text/plain; charset=utf-8', 'cache-control': 'no-store' },
    })
  },
})

function toText(entries: Record<string, string>, format: EnvFormat): string {
  try {
    return writeEnv(entries, { format, comments: tenantEnvComments })
  } catch (error) {
    if (!(error instanceof EnvValueError)) throw error
    throw invalidRequest(`${error.message} Another format may: there are dotenv and docker.`, [])
  }
}
