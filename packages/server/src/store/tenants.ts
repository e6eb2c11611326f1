import type { Db } from './database.js'

export interface TenantRow {
  tenant_id: string
  /** `t_…`: the tenant's schema, and the stem of its roles. */
  slug: string
  status: 'provisioning' | 'ready' | 'deleting'
  workspace_id: string | null
  destination_id: string | null
  sync_password: Buffer
  app_password: Buffer
  created_at: Date
}

const names = [
  'tenant_id',
  'slug',
  'status',
  'workspace_id',
  'destination_id',
  'sync_password',
  'app_password',
  'created_at',
]
export const tenantColumns = (alias: string) => names.map((name) => `${alias}.${name}`).join(', ')

export async function findTenant(db: Db, tenantId: string): Promise<TenantRow | undefined> {
  const [row] = await db.rows<TenantRow>(`SELECT ${tenantColumns('t')} FROM opsai.tenants t WHERE tenant_id = $1`, [
    tenantId,
  ])
  return row
}

/** Adds a tenant unless it is there, and answers what is there. */
export async function addTenant(
  db: Db,
  tenant: { tenantId: string; slug: string; syncPassword: Buffer; appPassword: Buffer },
): Promise<TenantRow | undefined> {
  await db.rows(
    `INSERT INTO opsai.tenants (tenant_id, slug, status, sync_password, app_password)
     VALUES ($1, $2, 'provisioning', $3, $4) ON CONFLICT DO NOTHING`,
    [tenant.tenantId, tenant.slug, tenant.syncPassword, tenant.appPassword],
  )
  return await findTenant(db, tenant.tenantId)
}

export async function setTenant(
  db: Db,
  tenantId: string,
  change: { status?: TenantRow['status']; workspaceId?: string; destinationId?: string },
): Promise<void> {
  await db.rows(
    `UPDATE opsai.tenants SET status = coalesce($2, status), workspace_id = coalesce($3, workspace_id),
       destination_id = coalesce($4, destination_id) WHERE tenant_id = $1`,
    [tenantId, change.status, change.workspaceId, change.destinationId],
  )
}

/** Takes all that is the tenant's with it, but the audit trail. */
export async function removeTenant(db: Db, tenantId: string): Promise<void> {
  await db.rows('DELETE FROM opsai.tenants WHERE tenant_id = $1', [tenantId])
}

export async function listTenantSlugs(db: Db): Promise<string[]> {
  return (await db.rows<{ slug: string }>(`SELECT slug FROM opsai.tenants WHERE status = 'ready'`)).map(
    ({ slug }) => slug,
  )
}
