// One round of an app's, from its beginning to whatever end. Whoever does it holds the app's lease.
import type { AppError, AppStep } from '@opsai/contract'
import type { Db } from './database.js'

/** Begins a round for all that is wanted by now. @returns which revision that is; none where it is being removed */
export async function beginRound(db: Db, tenantId: string): Promise<number | undefined> {
  const [row] = await db.rows<{ wanted: number }>(
    `UPDATE opsai.apps SET status = 'generating', step = 'generating', message = 'Looking at what is connected',
       attempts = attempts + 1, wanted_since = NULL, error = NULL, updated_at = now()
     WHERE tenant_id = $1 AND status <> 'removing' RETURNING wanted`,
    [tenantId],
  )
  return row?.wanted
}

/** Notes how far a round is, while there is one: what comes after its end is not heard. @returns whether it shall go on */
export async function noteStep(
  db: Db,
  tenantId: string,
  at: { status: 'generating' | 'deploying'; step: AppStep; message: string },
): Promise<boolean> {
  const rows = await db.rows(
    `UPDATE opsai.apps SET status = $2, step = $3, message = $4, updated_at = now()
     WHERE tenant_id = $1 AND status IN ('generating', 'deploying') RETURNING 1`,
    [tenantId, at.status, at.step, at.message],
  )
  return rows.length > 0
}

export interface Running {
  revision: number
  digest: string
  connectors: readonly string[]
  url: string | undefined
  deploymentId: string
}

/** What runs from now on. Where more was wanted meanwhile, that is waited for. */
export async function settleRunning(db: Db, tenantId: string, running: Running): Promise<void> {
  await db.rows(
    `UPDATE opsai.apps SET settled = $2, deployed = $2, digest = $3, connectors = $4, url = $5, deployment_id = $6,
       status = CASE WHEN status = 'removing' THEN status WHEN wanted > $2 THEN 'waiting' ELSE 'running' END,
       step = NULL, message = NULL, error = NULL, attempts = 0, updated_at = now()
     WHERE tenant_id = $1`,
    [
      tenantId,
      running.revision,
      running.digest,
      JSON.stringify(running.connectors),
      running.url ?? null,
      running.deploymentId,
    ],
  )
}

/** A round that failed. @param retryInMs when it is tried again; none: when something changes or somebody asks */
export async function settleFailed(
  db: Db,
  tenantId: string,
  failure: { revision: number; error: AppError; retryInMs: number | undefined },
): Promise<void> {
  await db.rows(
    `UPDATE opsai.apps SET
       settled = CASE WHEN $4::float8 IS NULL THEN greatest(settled, $2) ELSE settled END,
       due_at = CASE WHEN $4::float8 IS NULL OR wanted > $2 THEN due_at ELSE now() + make_interval(secs => $4::float8 / 1000) END,
       status = CASE WHEN status = 'removing' THEN status WHEN wanted > $2 THEN 'waiting' ELSE 'failed' END,
       error = $3, step = NULL, message = NULL, updated_at = now()
     WHERE tenant_id = $1`,
    [tenantId, failure.revision, failure.error, failure.retryInMs],
  )
}

/** A round that was stopped before it came to anything is none. */
export async function forgetRound(db: Db, tenantId: string): Promise<void> {
  await db.rows(
    `UPDATE opsai.apps SET attempts = greatest(attempts - 1, 0), status = 'waiting', step = NULL, message = NULL, updated_at = now()
     WHERE tenant_id = $1 AND status IN ('generating', 'deploying')`,
    [tenantId],
  )
}
