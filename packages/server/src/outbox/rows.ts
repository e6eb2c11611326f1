import { randomUUID } from 'node:crypto'
import type { Db } from '../store/database.js'
import { ROW_LEASE } from '../store/while-renewing.js'

export type OperationKind =
  | 'workspace'
  | 'destination'
  | 'source'
  | 'connection'
  | 'sync'
  | 'warehouse'
  | 'storage'
  | 'redis'
  | 'rotation'
  | 'removal'

export interface OperationRow {
  op_id: string
  tenant_id: string
  kind: OperationKind
  on_doubt: 'finish' | 'adopt'
  status: 'pending' | 'done' | 'failed'
  payload: Buffer | null
  result_id: string | null
  attempts: number
  created_at: Date
}

/** Writes the intent down; an operation that is known already stays as it is. */
export async function addOperation(
  db: Db,
  operation: Pick<OperationRow, 'op_id' | 'tenant_id' | 'kind' | 'on_doubt' | 'payload'>,
): Promise<void> {
  await db.rows(
    `INSERT INTO opsai.outbox (op_id, tenant_id, kind, on_doubt, payload) VALUES ($1, $2, $3, $4, $5)
     ON CONFLICT (op_id) DO NOTHING`,
    [operation.op_id, operation.tenant_id, operation.kind, operation.on_doubt, operation.payload],
  )
}

/** Makes the operation ours for as long as we renew it, unless it is done or somebody is at it. */
export async function claimOperation(db: Db, opId: string): Promise<OperationRow | undefined> {
  const [row] = await db.rows<OperationRow>(
    `UPDATE opsai.outbox SET attempts = attempts + 1, status = 'pending', leased_until = now() + ${ROW_LEASE}
     WHERE op_id = $1 AND (status = 'failed' OR (status = 'pending' AND coalesce(leased_until <= now(), true)))
     RETURNING *`,
    [opId],
  )
  return row
}

export async function findOperation(db: Db, opId: string): Promise<OperationRow | undefined> {
  const [row] = await db.rows<OperationRow>('SELECT * FROM opsai.outbox WHERE op_id = $1', [opId])
  return row
}

export async function renewOperation(db: Db, opId: string): Promise<void> {
  await db.rows(`UPDATE opsai.outbox SET leased_until = now() + ${ROW_LEASE} WHERE op_id = $1 AND status = 'pending'`, [
    opId,
  ])
}

/** The operation that makes the tenant's one thing of a kind: the one begun before, or a new one. */
export async function onlyOperationOf(db: Db, tenantId: string, kind: OperationKind): Promise<string> {
  return (await findOperationOf(db, tenantId, kind))?.op_id ?? randomUUID()
}

/** The operation of a kind that was begun and has not ended. */
export async function findPending(db: Db, tenantId: string, kind: OperationKind): Promise<OperationRow | undefined> {
  const operation = await findOperationOf(db, tenantId, kind)
  return operation?.status === 'pending' ? operation : undefined
}

/** Counts one more try of an operation that nobody else can be at. */
export async function countAttempt(db: Db, opId: string): Promise<void> {
  await db.rows('UPDATE opsai.outbox SET attempts = attempts + 1 WHERE op_id = $1', [opId])
}

export async function findOperationOf(
  db: Db,
  tenantId: string,
  kind: OperationKind,
): Promise<OperationRow | undefined> {
  const [row] = await db.rows<OperationRow>(
    'SELECT * FROM opsai.outbox WHERE tenant_id = $1 AND kind = $2 ORDER BY created_at DESC LIMIT 1',
    [tenantId, kind],
  )
  return row
}

/** Forgets what an operation carried, where the rest of it does without. */
export async function clearPayload(db: Db, opId: string): Promise<void> {
  await db.rows('UPDATE opsai.outbox SET payload = NULL WHERE op_id = $1', [opId])
}

/** Ends an operation; what it carried is forgotten. */
export async function endOperation(db: Db, opId: string, end: { resultId: string } | 'failed'): Promise<void> {
  const resultId = end === 'failed' ? null : end.resultId
  await db.rows(
    `UPDATE opsai.outbox SET status = $2, result_id = $3, payload = NULL, leased_until = NULL WHERE op_id = $1`,
    [opId, end === 'failed' ? 'failed' : 'done', resultId],
  )
}

/**
 * Lets go of an operation whose outcome is unknown. Its request has had its whole deadline already; five seconds more
 * and what it made is there to be found.
 */
export async function postponeOperation(db: Db, opId: string): Promise<void> {
  await db.rows(`UPDATE opsai.outbox SET leased_until = now() + interval '5 seconds' WHERE op_id = $1`, [opId])
}

/** Operations nobody is at whose maker has gone: what there is is adopted, nothing new is made. */
export const listDoubtful = (db: Db): Promise<OperationRow[]> =>
  db.rows<OperationRow>(
    `SELECT * FROM opsai.outbox WHERE status = 'pending' AND on_doubt = 'adopt' AND coalesce(leased_until <= now(), created_at < now() - interval '1 minute')
     ORDER BY created_at LIMIT 20`,
  )

/** Ended operations are remembered for a week, longer than any key; what nobody finished in a day, nobody will. */
export async function sweepOperations(db: Db): Promise<void> {
  await db.rows(
    `DELETE FROM opsai.outbox WHERE (status <> 'pending' AND created_at < now() - interval '7 days')
       OR (status = 'pending' AND kind = 'sync' AND created_at < now() - interval '1 day')`,
  )
}
