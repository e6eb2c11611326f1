import type { Db } from './database.js'

export interface TenantRow {
  tenant_id: string
  /** `t_…`: the tenant's schema, and the stem of all its names. */
  slug: string
  status: 'provisioning' | 'ready' | 'deleting'
  workspace_id: string | null
  destination_id: string | null
  sync_password: Buffer
  app_password: Buffer
  /** None until Redis is first set up. */
  redis_password: Buffer | null
  storage_key: Buffer | null
  /** Where each part was made, by its name. */
  parts: Record<string, string>
  created_at: Date
  rotated_at: Date | null
}

const names = [
  'tenant_id',
  'slug',
  'status',
  'workspace_id',
  'destination_id',
  'sync_password',
  'app_password',
  'redis_password',
  'storage_key',
  'parts',
  'created_at',
  'rotated_at',
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
  tenant: { tenantId: string; slug: string; syncPassword: Buffer; appPassword: Buffer; redisPassword: Buffer },
): Promise<TenantRow | undefined> {
  await db.rows(
    `INSERT INTO opsai.tenants (tenant_id, slug, status, sync_password, app_password, redis_password)
     VALUES ($1, $2, 'provisioning', $3, $4, $5) ON CONFLICT DO NOTHING`,
    [tenant.tenantId, tenant.slug, tenant.syncPassword, tenant.appPassword, tenant.redisPassword],
  )
  return await findTenant(db, tenant.tenantId)
}

export interface TenantChange {
  status?: TenantRow['status']
  workspaceId?: string
  destinationId?: string
  syncPassword?: Buffer
  appPassword?: Buffer
  redisPassword?: Buffer
  storageKey?: Buffer
  /** A part that is there now, and where. */
  part?: { name: string; place: string }
}

/** Changes what is given and leaves the rest. */
export async function setTenant(db: Db, tenantId: string, change: TenantChange): Promise<void> {
  await db.rows(
    `UPDATE opsai.tenants SET status = coalesce($2, status), workspace_id = coalesce($3, workspace_id),
       destination_id = coalesce($4, destination_id), sync_password = coalesce($5, sync_password),
       app_password = coalesce($6, app_password), redis_password = coalesce($7, redis_password),
       storage_key = coalesce($8, storage_key),
       parts = CASE WHEN $9::text IS NULL THEN parts ELSE parts || jsonb_build_object($9::text, $10::text) END
     WHERE tenant_id = $1`,
    [
      tenantId,
      change.status,
      change.workspaceId,
      change.destinationId,
      change.syncPassword,
      change.appPassword,
      change.redisPassword,
      change.storageKey,
      change.part?.name,
      change.part?.place,
    ],
  )
}

/** Notes that its passwords are new. */
export async function setRotated(db: Db, tenantId: string): Promise<void> {
  await db.rows('UPDATE opsai.tenants SET rotated_at = now() WHERE tenant_id = $1', [tenantId])
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

/** Tenants by their ids, so many after `after`. */
export const pageTenants = (db: Db, after: string, limit: number): Promise<TenantRow[]> =>
  db.rows<TenantRow>(
    `SELECT ${tenantColumns('t')} FROM opsai.tenants t WHERE tenant_id COLLATE "C" > $1 ORDER BY tenant_id COLLATE "C" LIMIT $2`,
    [after, limit],
  )

/** Tenants whose passwords changed within the last two minutes. */
export const listRotated = (db: Db): Promise<{ slug: string; at: Date }[]> =>
  db.rows(`SELECT slug, rotated_at AS at FROM opsai.tenants WHERE rotated_at > now() - interval '2 minutes'`)

/** Ready tenants that have a part, by their slugs. */
export const listTenantsWith = (db: Db, part: string): Promise<TenantRow[]> =>
  db.rows<TenantRow>(`SELECT ${tenantColumns('t')} FROM opsai.tenants t WHERE status = 'ready' AND parts ? $1`, [part])

/** Forgets that a part was made, so that it is made again. */
export async function forgetPart(db: Db, slugs: readonly string[], part: string): Promise<void> {
  await db.rows('UPDATE opsai.tenants SET parts = parts - $2 WHERE slug = ANY ($1)', [slugs, part])
}

export interface Unfinished {
  tenant_id: string
  what: 'provisioning' | 'rotation' | 'removal' | 'parts'
}

/**
 * Tenants with something begun that nobody is at, and those that lack a part.
 *
 * @param places where each part is made now
 */
export const listUnfinishedTenants = (db: Db, places: Readonly<Record<string, string>>): Promise<Unfinished[]> =>
  db.rows<Unfinished>(
    `SELECT t.tenant_id, CASE WHEN t.status = 'deleting' THEN 'removal' WHEN t.status = 'provisioning' THEN 'provisioning'
       WHEN o.op_id IS NOT NULL THEN 'rotation' ELSE 'parts' END AS what
     FROM opsai.tenants t
     LEFT JOIN opsai.outbox o ON o.tenant_id = t.tenant_id AND o.kind = 'rotation' AND o.status = 'pending'
     WHERE (t.status <> 'ready' OR o.op_id IS NOT NULL OR NOT t.parts @> $1::jsonb) AND t.look_at <= now()
       AND NOT EXISTS (SELECT FROM opsai.leases l WHERE l.name = 'tenant:' || t.tenant_id AND l.until > now())
     ORDER BY t.look_at LIMIT 50`,
    [JSON.stringify(places)],
  )

/** Leaves a tenant alone for a minute: what is in the way is in the way of the next try, too. */
export async function postponeTenant(db: Db, tenantId: string): Promise<void> {
  await db.rows(`UPDATE opsai.tenants SET look_at = now() + interval '1 minute' WHERE tenant_id = $1`, [tenantId])
}
