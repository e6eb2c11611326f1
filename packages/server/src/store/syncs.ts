import type { Job } from '@opsai/contract'
import type { Db } from './database.js'

export interface SyncRow {
  job_id: string
  tenant_id: string
  connection_id: string
  looks: number
}

/** A sync somebody has seen running, to be looked at until it has ended. One that is known stays as it is. */
export async function addSync(db: Db, sync: { jobId: string; tenantId: string; connectionId: string }): Promise<void> {
  await db.rows(
    `INSERT INTO opsai.syncs (job_id, tenant_id, connection_id, look_at) VALUES ($1, $2, $3, now() + interval '2 seconds')
     ON CONFLICT DO NOTHING`,
    [sync.jobId, sync.tenantId, sync.connectionId],
  )
}

/** Makes running syncs that are due ours for a while; the longer one runs, the more seldom it is looked at. */
export const claimSyncs = (db: Db, atOnce: number): Promise<SyncRow[]> =>
  db.rows<SyncRow>(
    `UPDATE opsai.syncs SET looks = looks + 1, look_at = now() + make_interval(secs => least(2 * 1.5 ^ looks, 60))
     WHERE job_id IN (
       SELECT job_id FROM opsai.syncs WHERE status = 'running' AND look_at <= now()
       ORDER BY look_at LIMIT $1 FOR UPDATE SKIP LOCKED
     ) RETURNING job_id, tenant_id, connection_id, looks`,
    [atOnce],
  )

/** Writes a sync's end down. @returns whether this is the first time it is heard of */
export async function endSync(
  db: Db,
  sync: { jobId: string; tenantId: string; connectionId: string; status: Job['status'] | 'gone' },
): Promise<boolean> {
  const rows = await db.rows(
    `INSERT INTO opsai.syncs (job_id, tenant_id, connection_id, status) VALUES ($1, $2, $3, $4)
     ON CONFLICT (job_id) DO UPDATE SET status = excluded.status WHERE opsai.syncs.status = 'running' RETURNING job_id`,
    [sync.jobId, sync.tenantId, sync.connectionId, sync.status],
  )
  return rows.length > 0
}

export interface TenantToLookAt {
  tenant_id: string
  workspace_id: string
  /** When this was last done. */
  looked_at: Date | null
}

/** Makes tenants with connections ours to look for syncs of, each once a minute, whichever process it is. */
export const claimTenantsToLookAt = (db: Db, atOnce: number): Promise<TenantToLookAt[]> =>
  db.rows<TenantToLookAt>(
    `WITH due AS (
       SELECT t.tenant_id, t.workspace_id, t.syncs_looked_at AS looked_at FROM opsai.tenants t
       WHERE t.status = 'ready' AND coalesce(t.syncs_looked_at < now() - interval '1 minute', true)
         AND EXISTS (SELECT FROM opsai.connections c WHERE c.tenant_id = t.tenant_id)
       ORDER BY t.syncs_looked_at NULLS FIRST LIMIT $1 FOR UPDATE SKIP LOCKED
     )
     UPDATE opsai.tenants t SET syncs_looked_at = now() FROM due WHERE t.tenant_id = due.tenant_id RETURNING due.*`,
    [atOnce],
  )

/** Ended syncs are remembered for thirty days: a late notification of one is told from news by that. */
export async function sweepSyncs(db: Db): Promise<void> {
  await db.rows(`DELETE FROM opsai.syncs WHERE status <> 'running' AND known_at < now() - interval '30 days'`)
}
