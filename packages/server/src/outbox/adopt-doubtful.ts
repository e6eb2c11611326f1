// After a crash or a lost answer: finds at Airbyte what was made without our hearing of it.
import type { Airbyte } from '../services.js'
import { addConnection, releaseTablePrefix } from '../store/connections.js'
import type { Database } from '../store/database.js'
import { addSource } from '../store/sources.js'
import { findTenant } from '../store/tenants.js'
import type { Sealer } from '../secrets/seal.js'
import { findMarked } from './mark.js'
import { openConnectionFacts, openSourceFacts } from './payload.js'
import { claimOperation, endOperation, listDoubtful, type OperationRow, postponeOperation } from './rows.js'

const GIVE_UP_AFTER_MS = 10 * 60_000

interface Reach {
  db: Database
  airbyte: Airbyte
  sealer: Sealer
  now(): Date
}

/**
 * Adopts what pending operations made; one that made nothing within ten minutes is given up.
 * Airbyte may still be at work on a request whose answer was lost, so that it is not given up at once.
 */
export async function adoptDoubtful(reach: Reach): Promise<void> {
  for (const { op_id } of await listDoubtful(reach.db)) {
    const operation = await claimOperation(reach.db, op_id)
    if (operation) await adopt(reach, operation)
  }
}

async function adopt(reach: Reach, operation: OperationRow): Promise<void> {
  const { db, now } = reach
  const made = await findMade(reach, operation)
  if (made) {
    await db.transaction(async (inside) => {
      await made.record(inside)
      await endOperation(inside, operation.op_id, { resultId: made.id })
    })
  } else if (now().getTime() - operation.created_at.getTime() > GIVE_UP_AFTER_MS) {
    await endOperation(db, operation.op_id, 'failed')
    await releaseTablePrefix(db, operation.op_id)
  } else {
    await postponeOperation(db, operation.op_id)
  }
}

interface Made {
  id: string
  record(db: Parameters<typeof addSource>[0]): Promise<void>
}

async function findMade({ db, airbyte, sealer }: Reach, operation: OperationRow): Promise<Made | undefined> {
  const { op_id, tenant_id, kind, payload } = operation
  const tenant = await findTenant(db, tenant_id)
  if (!tenant?.workspace_id || !payload) return undefined
  if (kind === 'source') {
    const source = findMarked(await airbyte.sources.list({ workspaceId: tenant.workspace_id }), op_id)
    const facts = openSourceFacts(sealer, op_id, payload)
    return (
      source && {
        id: source.sourceId,
        record: (inside) => addSource(inside, { source_id: source.sourceId, tenant_id, op_id, ...facts }),
      }
    )
  }
  if (kind === 'connection') {
    const connection = findMarked(await airbyte.connections.list({ workspaceId: tenant.workspace_id }), op_id)
    const facts = openConnectionFacts(sealer, op_id, payload)
    return (
      connection && {
        id: connection.connectionId,
        record: (inside) =>
          addConnection(inside, { connection_id: connection.connectionId, tenant_id, op_id, ...facts }),
      }
    )
  }
  return undefined
}
