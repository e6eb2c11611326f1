// Every create at Airbyte: written down first, looked for before it is repeated, recorded together with our own rows.
import { isAirbyteError } from '@opsai/airbyte-client'
import { ProblemError } from '../http/problem.js'
import type { Db } from '../store/database.js'
import { whileRenewing } from '../store/while-renewing.js'
import {
  addOperation,
  claimOperation,
  endOperation,
  findOperation,
  type OperationKind,
  postponeOperation,
  renewOperation,
} from './rows.js'

export interface Creation {
  opId: string
  tenantId: string
  kind: OperationKind
  /** After a crash: `adopt` what Airbyte made, or also `finish` what it did not. */
  onDoubt: 'finish' | 'adopt'
  /** What adopting needs to know, sealed. */
  payload: Buffer | null
  /** Makes it and answers its id. */
  create(): Promise<string>
  /** The ids of what earlier tries made, by our mark. */
  listMade(): Promise<string[]>
  /** Takes a twin away. Without it there can be none. */
  removeTwin?(id: string): Promise<unknown>
  /** Where work goes that nobody waits for. */
  inBackground?(what: string, work: () => Promise<void>): void
  /** Our own rows, written in the transaction that ends the operation. */
  record(db: Db, id: string): Promise<void>
}

/**
 * Creates one thing at Airbyte exactly once, however often it is tried, by however many processes.
 *
 * @throws ProblemError `idempotency_in_progress` where another process is at it; Airbyte's error otherwise
 */
export async function createOnce(db: Db, creation: Creation): Promise<string> {
  const { opId } = creation
  await addOperation(db, {
    op_id: opId,
    tenant_id: creation.tenantId,
    kind: creation.kind,
    on_doubt: creation.onDoubt,
    payload: creation.payload,
  })
  const claimed = await claimOperation(db, opId)
  if (!claimed) return await answerOfOther(db, opId)
  const id = await whileRenewing(
    () => renewOperation(db, opId),
    async () => (claimed.attempts > 1 ? await lookFor(db, creation) : undefined) ?? (await tryCreate(db, creation)),
  )
  await db.transaction(async (inside) => {
    await creation.record(inside, id)
    await endOperation(inside, opId, { resultId: id })
  })
  creation.inBackground?.('look for twins', () => removeTwins(creation, id))
  return id
}

/** A gateway may deliver one request twice, and we hear of one. What carries our mark and is not ours to keep, goes. */
async function removeTwins({ listMade, removeTwin }: Creation, kept: string): Promise<void> {
  if (!removeTwin) return
  for (const id of await listMade()) if (id.toLowerCase() !== kept) await removeTwin(id)
}

/** Nobody knows what there is: then nothing is made, and the next may look. */
async function lookFor(db: Db, { opId, listMade }: Creation): Promise<string | undefined> {
  try {
    return (await listMade())[0]
  } catch (error) {
    await postponeOperation(db, opId)
    throw error
  }
}

async function answerOfOther(db: Db, opId: string): Promise<string> {
  const operation = await findOperation(db, opId)
  if (operation?.status === 'done' && operation.result_id) return operation.result_id
  throw new ProblemError('idempotency_in_progress', {
    detail: 'The same operation is being done right now, or its outcome is being looked for.',
    headers: { 'retry-after': '5' },
  })
}

async function tryCreate(db: Db, { opId, create, listMade }: Creation): Promise<string> {
  try {
    return await create()
  } catch (error) {
    if (isRefusal(error)) {
      await endOperation(db, opId, 'failed')
      throw error
    }
    const made = await listMade().catch(() => [])
    if (made[0]) return made[0]
    await postponeOperation(db, opId)
    throw error
  }
}

/** Whether Airbyte certainly made nothing. A timeout or a broken answer leaves that open. */
function isRefusal(error: unknown): boolean {
  if (!isAirbyteError(error)) return false
  if (error.nothingDone) return true
  return ['invalid', 'unauthorized', 'forbidden', 'not_found', 'conflict', 'rate_limited', 'not_supported'].includes(
    error.code,
  )
}
