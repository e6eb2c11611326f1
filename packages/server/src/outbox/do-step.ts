// A step that may be repeated: written down first, and ended in the transaction that records what it made.
import { randomUUID } from 'node:crypto'
import type { Db } from '../store/database.js'
import { addOperation, countAttempt, endOperation, findPending, type OperationKind } from './rows.js'

export interface Step<T> {
  tenantId: string
  kind: OperationKind
  /** Makes it; whatever an earlier try left is found and kept. */
  work(): Promise<T>
  /** Our own rows. */
  record(db: Db, made: T): Promise<void>
}

/**
 * Does one step of a tenant's, whose lease the caller holds: nobody else is at it. Where it throws it stays begun, for
 * whoever takes the tenant up next.
 */
export async function doStep<T>(db: Db, { tenantId, kind, work, record }: Step<T>): Promise<T> {
  const opId = (await findPending(db, tenantId, kind))?.op_id ?? randomUUID()
  await addOperation(db, { op_id: opId, tenant_id: tenantId, kind, on_doubt: 'finish', payload: null })
  await countAttempt(db, opId)
  const made = await work()
  await db.transaction(async (inside) => {
    await record(inside, made)
    await endOperation(inside, opId, { resultId: kind })
  })
  return made
}
