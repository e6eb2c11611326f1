import type { ConnectionStream, UpdateConnectionRequest, WishedStream } from '@opsai/contract'
import { areComplete, fillStreams } from '../connections/fill-streams.js'
import { makeConnection } from '../connections/make-connection.js'
import { readConnection, readConnections, requireConnection, withLatestJob } from '../connections/read-connection.js'
import { estimateConnection } from '../cost/estimate-connection.js'
import { readUsage } from '../cost/read-usage.js'
import type { Handlers } from '../http/handler.js'
import { startSync } from '../jobs/start-sync.js'
import { guardSchedule, guardStreams } from '../map/connection.js'
import { isGone } from '../map/is-gone.js'
import { markName } from '../outbox/mark.js'
import type { Caller, Services } from '../services.js'
import { onSource } from '../sources/check-source.js'
import { discover } from '../sources/sample-source.js'
import { requireSource } from '../sources/require-source.js'
import { addAudit } from '../store/audit.js'
import type { Db } from '../store/database.js'
import { removeConnection, renameConnection } from '../store/connections.js'

type ConnectionRoutes =
  | 'listConnections'
  | 'createConnection'
  | 'estimateConnection'
  | 'getConnection'
  | 'getConnectionUsage'
  | 'updateConnection'
  | 'deleteConnection'
  | 'syncConnection'

export const createConnectionHandlers = (services: Services): Pick<Handlers, ConnectionRoutes> => ({
  listConnections: async ({ caller }) => ({
    status: 200,
    body: { connections: await readConnections(services, caller.tenant) },
  }),

  createConnection: async ({ caller, body, operationId, signal }) => {
    guardStreams(body.streams)
    guardSchedule(body.schedule)
    const source = await requireSource(services, caller.tenant, body.sourceId)
    // Airbyte looks into the source before it makes a connection.
    const streams = await complete(services, source, body.streams, signal)
    const connectionId = await onSource(services, source.source_id, signal, () =>
      makeConnection(services, { opId: operationId, caller, source, request: { ...body, streams } }),
    )
    const row = await requireConnection(services, caller.tenant, connectionId)
    return { status: 201, body: await readConnection(services, caller.tenant, row) }
  },

  estimateConnection: async ({ caller, body, signal }) => {
    guardStreams(body.streams)
    guardSchedule(body.schedule)
    const source = await requireSource(services, caller.tenant, body.sourceId)
    const streams = await complete(services, source, body.streams, signal)
    return { status: 200, body: await estimateConnection(services, caller.tenant, source, { ...body, streams }) }
  },

  getConnectionUsage: async ({ caller, params }) => {
    const row = await requireConnection(services, caller.tenant, params.connectionId)
    const connection = await readConnection(services, caller.tenant, row)
    return { status: 200, body: await readUsage(services, caller.tenant, row, connection) }
  },

  getConnection: async ({ caller, params }) => {
    const row = await requireConnection(services, caller.tenant, params.connectionId)
    return { status: 200, body: await readConnection(services, caller.tenant, row) }
  },

  updateConnection: async ({ caller, params, body, signal }) => {
    guardStreams(body.streams ?? [])
    guardSchedule(body.schedule)
    const row = await requireConnection(services, caller.tenant, params.connectionId)
    const streams = body.streams && (await complete(services, row, body.streams, signal))
    const patch = () => services.airbyte.connections.patch(row.connection_id, toPatch({ ...body, streams }, row.op_id))
    const from = await (body.streams ? onSource(services, row.source_id, signal, patch) : patch())
    await services.db.transaction(async (inside) => {
      if (body.name) await renameConnection(inside, row.connection_id, body.name)
      const facts = { changed: Object.keys(body).join(' ') }
      await audit(inside, caller, 'connection_updated', row.connection_id, facts)
    })
    const renamed = { ...row, name: body.name ?? row.name }
    return { status: 200, body: await withLatestJob(services, caller.tenant, renamed, from) }
  },

  deleteConnection: async ({ caller, params }) => {
    const row = await requireConnection(services, caller.tenant, params.connectionId)
    await services.airbyte.connections.delete(row.connection_id).catch((error: unknown) => {
      if (!isGone(error)) throw error
    })
    await services.db.transaction(async (inside) => {
      await removeConnection(inside, row.connection_id)
      await audit(inside, caller, 'connection_deleted', row.connection_id)
    })
    return { status: 200, body: { connectionId: row.connection_id, syncedData: 'kept' } }
  },

  syncConnection: async ({ caller, params, operationId }) => {
    const row = await requireConnection(services, caller.tenant, params.connectionId)
    return { status: 202, body: await startSync(services, { row, opId: operationId, userId: caller.userId }) }
  },
})

/** Looks into the source where a stream does not say how it syncs. */
async function complete(
  services: Services,
  source: { source_id: string },
  streams: readonly WishedStream[],
  signal: AbortSignal,
): Promise<ConnectionStream[]> {
  if (areComplete(streams)) return [...streams]
  return fillStreams(streams, await discover(services, source, signal))
}

type Patch = Omit<UpdateConnectionRequest, 'streams'> & { streams: ConnectionStream[] | undefined }

function toPatch({ name, status, streams, schedule }: Patch, opId: string) {
  return {
    ...(name && { name: markName(name, opId) }),
    ...(status && { status }),
    ...(streams && { streams }),
    ...(schedule && { schedule }),
  }
}

const audit = (db: Db, { tenant, userId }: Caller, action: string, subject: string, facts = {}) =>
  addAudit(db, { tenantId: tenant.tenantId, userId, action, subject, facts })
