import type { AppError, AppStatus, AppStep, AppTarget } from '@opsai/contract'
import type { Db } from './database.js'

export interface AppRow {
  tenant_id: string
  name: string | null
  target: AppTarget
  status: AppStatus
  step: AppStep | null
  message: string | null
  wanted: number
  /** The last revision a round has ended for, well or not. */
  settled: number
  deployed: number
  due_at: Date
  /** Rounds begun for what is wanted now. */
  attempts: number
  url: string | null
  deployment_id: string | null
  digest: string | null
  connectors: string[]
  error: AppError | null
  updated_at: Date
}

/**
 * Whether this deployment makes apps: where not, no change makes one wanted.
 *
 * @param quietMs how long changes are waited for before they are taken together; none: it makes no apps
 * @returns whether it did not before
 */
export async function setAppsTarget(db: Db, quietMs: number | undefined): Promise<boolean> {
  if (quietMs === undefined) {
    await db.rows('DELETE FROM opsai.apps_target')
    return false
  }
  const [row] = await db.rows<{ fresh: boolean }>(
    `INSERT INTO opsai.apps_target (quiet) VALUES (make_interval(secs => $1))
     ON CONFLICT (one) DO UPDATE SET quiet = excluded.quiet RETURNING xmax = 0 AS fresh`,
    [quietMs / 1000],
  )
  return row?.fresh ?? false
}

export async function findApp(db: Db, tenantId: string): Promise<AppRow | undefined> {
  const [row] = await db.rows<AppRow>('SELECT * FROM opsai.apps WHERE tenant_id = $1', [tenantId])
  return row
}

/**
 * Asks for an app: at once where none is made right now, after that one where one is.
 *
 * @returns nothing where the tenant is not ready, or its app is being removed
 */
export async function askForApp(
  db: Db,
  app: { tenantId: string; name: string | undefined; target: AppTarget },
): Promise<AppRow | undefined> {
  const [row] = await db.rows<AppRow>(
    `INSERT INTO opsai.apps AS a (tenant_id, name, target)
       SELECT t.tenant_id, $2, $3 FROM opsai.tenants t WHERE t.tenant_id = $1 AND t.status = 'ready'
     ON CONFLICT (tenant_id) DO UPDATE SET wanted = a.wanted + 1, name = coalesce(excluded.name, a.name),
       status = CASE WHEN a.status IN ('generating', 'deploying') THEN a.status ELSE 'waiting' END,
       attempts = 0, due_at = now(), error = NULL, updated_at = now()
     WHERE a.status <> 'removing' RETURNING *`,
    [app.tenantId, app.name, app.target],
  )
  return row
}

/** Wants all apps of a target anew. */
export async function wantAllApps(db: Db, target: AppTarget): Promise<void> {
  await db.rows('SELECT opsai.want_app(a.tenant_id) FROM opsai.apps a WHERE a.target = $1', [target])
}

export async function wantApp(db: Db, tenantId: string): Promise<void> {
  await db.rows('SELECT opsai.want_app($1)', [tenantId])
}

/** Apps that run as far as is known, and of which no more is wanted. */
export const listRunningApps = (db: Db, target: AppTarget): Promise<{ tenant_id: string; slug: string }[]> =>
  db.rows(
    `SELECT a.tenant_id, t.slug FROM opsai.apps a JOIN opsai.tenants t USING (tenant_id)
     WHERE a.target = $1 AND a.status = 'running' AND a.wanted = a.settled AND t.status = 'ready'`,
    [target],
  )

export const appLease = (tenantId: string) => `app:${tenantId}`

/** Apps somebody has to see to and nobody does. */
export const listDueApps = (db: Db, atMost: number): Promise<{ tenant_id: string }[]> =>
  db.rows(
    `SELECT a.tenant_id FROM opsai.apps a
     WHERE (a.wanted > a.settled OR a.status = 'removing') AND a.due_at <= now()
       AND NOT EXISTS (SELECT FROM opsai.leases l WHERE l.name = 'app:' || a.tenant_id AND l.until > now())
     ORDER BY a.due_at LIMIT $1`,
    [atMost],
  )

/** Whether a row is still to be seen to, read by who holds its lease. */
export async function findDueApp(db: Db, tenantId: string): Promise<AppRow | undefined> {
  const [row] = await db.rows<AppRow>(
    `SELECT * FROM opsai.apps
     WHERE tenant_id = $1 AND (wanted > settled OR status = 'removing') AND due_at <= now()`,
    [tenantId],
  )
  return row
}

/** Whether a round has lost its point: the app is being removed, or gone. */
export async function isUnwanted(db: Db, tenantId: string): Promise<boolean> {
  const row = await findApp(db, tenantId)
  return row === undefined || row.status === 'removing'
}

/** From here on it is only taken away. @returns the app, where there is one */
export async function beginRemoval(db: Db, tenantId: string): Promise<AppRow | undefined> {
  const [row] = await db.rows<AppRow>(
    `UPDATE opsai.apps SET status = 'removing', step = NULL, message = NULL, error = NULL, due_at = now(), updated_at = now(),
       attempts = CASE WHEN status = 'removing' THEN attempts ELSE 0 END
     WHERE tenant_id = $1 RETURNING *`,
    [tenantId],
  )
  return row
}

/** A removal that failed is tried again, for as long as it takes. */
export async function postponeRemoval(db: Db, tenantId: string, error: AppError, retryInMs: number): Promise<void> {
  await db.rows(
    `UPDATE opsai.apps SET attempts = attempts + 1, error = $2, due_at = now() + make_interval(secs => $3::float8 / 1000),
       updated_at = now() WHERE tenant_id = $1`,
    [tenantId, error, retryInMs],
  )
}

export async function removeApp(db: Db, tenantId: string): Promise<void> {
  await db.rows('DELETE FROM opsai.apps WHERE tenant_id = $1', [tenantId])
}
