import type { ConnectionStream, CreateConnectionRequest } from '@opsai/contract'
import { toPrefixStem } from '../map/connection.js'
import { createOnce } from '../outbox/create-once.js'
import { listMarked, markName } from '../outbox/mark.js'
import { sealFacts } from '../outbox/payload.js'
import type { Caller, Services } from '../services.js'
import { addAudit } from '../store/audit.js'
import { addConnection, releaseTablePrefix, reserveTablePrefix } from '../store/connections.js'
import type { SourceRow } from '../store/sources.js'
import { toUuid } from '../upstream/to-uuid.js'
import { toOwnSchedule } from './spread-schedule.js'

export interface ConnectionToMake {
  opId: string
  caller: Caller
  source: SourceRow
  request: Omit<CreateConnectionRequest, 'streams'> & { streams: ConnectionStream[] }
}

/** Makes a connection into the tenant's schema, exactly once. Answers its id. */
export async function makeConnection(
  { db, airbyte, sealer, settings, inBackground }: Services,
  wish: ConnectionToMake,
): Promise<string> {
  const { opId, source, request, caller } = wish
  const { tenantId, workspaceId, destinationId } = caller.tenant
  const name = request.name ?? source.name
  const prefix = await reserveTablePrefix(db, tenantId, toPrefixStem(source.source_type), opId)
  const facts = { source_id: source.source_id, name, table_prefix: prefix }
  const creation = createOnce(db, {
    opId,
    tenantId,
    kind: 'connection',
    onDoubt: 'adopt',
    payload: sealFacts(sealer, opId, facts),
    create: async () => {
      const made = await airbyte.connections.create({
        name: markName(name, opId),
        sourceId: source.source_id,
        destinationId,
        namespaceDefinition: 'destination',
        prefix,
        schedule: request.schedule ?? toOwnSchedule(tenantId, settings.syncEvery),
        streams: request.streams,
      })
      return toUuid(made.connectionId)
    },
    listMade: async () =>
      listMarked(await airbyte.connections.list({ workspaceId }), opId).map(({ connectionId }) => connectionId),
    removeTwin: (connectionId) => airbyte.connections.delete(connectionId),
    inBackground,
    record: async (inside, connectionId) => {
      await addConnection(inside, { connection_id: connectionId, tenant_id: tenantId, op_id: opId, ...facts })
      await addAudit(inside, {
        tenantId,
        userId: caller.userId,
        action: 'connection_created',
        subject: connectionId,
        facts: { sourceId: source.source_id, streams: request.streams.length },
      })
    },
  })
  return await creation.catch(async (error: unknown) => {
    await releasePrefixOfFailed(db, opId)
    throw error
  })
}

/** A refused connection gives its prefix back; one whose outcome is unknown keeps it. */
async function releasePrefixOfFailed(db: Services['db'], opId: string): Promise<void> {
  const failed = await db.rows(`SELECT 1 AS failed FROM opsai.outbox WHERE op_id = $1 AND status = 'failed'`, [opId])
  if (failed.length > 0) await releaseTablePrefix(db, opId)
}
