import type { Db } from './database.js'

/** Ready tenants whose workspace does not tell us of its syncs at this address yet. */
export const listUnhooked = (db: Db, baseUrl: string): Promise<{ tenant_id: string; workspace_id: string }[]> =>
  db.rows(
    `SELECT t.tenant_id, t.workspace_id FROM opsai.tenants t LEFT JOIN opsai.notification_hooks h USING (tenant_id)
     WHERE t.status = 'ready' AND t.workspace_id IS NOT NULL
       AND (h.base_url IS DISTINCT FROM $1 OR h.registered_at IS NULL) AND coalesce(h.leased_until <= now(), true)
     LIMIT 20`,
    [baseUrl],
  )

/** Makes a tenant's new secret the one that counts. @returns false where another process is at it */
export async function addHook(
  db: Db,
  hook: { tenantId: string; secretHash: Buffer; baseUrl: string },
): Promise<boolean> {
  const rows = await db.rows(
    `INSERT INTO opsai.notification_hooks (tenant_id, secret_hash, base_url, leased_until)
     VALUES ($1, $2, $3, now() + interval '1 minute')
     ON CONFLICT (tenant_id) DO UPDATE SET secret_hash = excluded.secret_hash, base_url = excluded.base_url,
       registered_at = NULL, leased_until = excluded.leased_until
       WHERE coalesce(opsai.notification_hooks.leased_until <= now(), true)
     RETURNING tenant_id`,
    [hook.tenantId, hook.secretHash, hook.baseUrl],
  )
  return rows.length > 0
}

export async function markHooked(db: Db, secretHash: Buffer): Promise<void> {
  await db.rows(
    'UPDATE opsai.notification_hooks SET registered_at = now(), leased_until = NULL WHERE secret_hash = $1',
    [secretHash],
  )
}

/** Whose notifications come under this secret. */
export async function findHook(db: Db, secretHash: Buffer): Promise<string | undefined> {
  const [row] = await db.rows<{ tenant_id: string }>(
    'SELECT tenant_id FROM opsai.notification_hooks WHERE secret_hash = $1',
    [secretHash],
  )
  return row?.tenant_id
}
