import { isAirbyteError } from '@opsai/airbyte-client'
import type { Job, UpdateConnectionRequest } from '@opsai/contract'
import { makeConnection } from '../connections/make-connection.js'
import { readConnection, readConnections, requireConnection, withLatestJob } from '../connections/read-connection.js'
import type { Handlers } from '../http/handler.js'
import { isFinal } from '../jobs/read-job.js'
import { guardSchedule, guardStreams } from '../map/connection.js'
import { isGone } from '../map/is-gone.js'
import { markName } from '../outbox/mark.js'
import type { Services } from '../services.js'
import { requireSource } from '../sources/require-source.js'
import { addAudit } from '../store/audit.js'
import { removeConnection, renameConnection } from '../store/connections.js'

type ConnectionRoutes =
  'listConnections' | 'createConnection' | 'getConnection' | 'updateConnection' | 'deleteConnection' | 'syncConnection'

export const createConnectionHandlers = (services: Services): Pick<Handlers, ConnectionRoutes> => ({
  listConnections: async ({ caller }) => ({
    status: 200,
    body: { connections: await readConnections(services, caller.tenant) },
  }),

  createConnection: async ({ caller, body, operationId }) => {
    guardStreams(body.streams)
    guardSchedule(body.schedule)
    const source = await requireSource(services, caller.tenant, body.sourceId)
    const connectionId = await makeConnection(services, { opId: operationId, caller, source, request: body })
    const row = await requireConnection(services, caller.tenant, connectionId)
    return { status: 201, body: await readConnection(services, caller.tenant, row) }
  },

  getConnection: async ({ caller, params }) => {
    const row = await requireConnection(services, caller.tenant, params.connectionId)
    return { status: 200, body: await readConnection(services, caller.tenant, row) }
  },

  updateConnection: async ({ caller, params, body }) => {
    guardStreams(body.streams ?? [])
    guardSchedule(body.schedule)
    const row = await requireConnection(services, caller.tenant, params.connectionId)
    const from = await services.airbyte.connections.update(row.connection_id, toPatch(body, row.op_id))
    if (body.name) await renameConnection(services.db, row.connection_id, body.name)
    const renamed = { ...row, name: body.name ?? row.name }
    return { status: 200, body: await withLatestJob(services, caller.tenant, renamed, from) }
  },

  deleteConnection: async ({ caller, params }) => {
    const { tenant, userId } = caller
    const row = await requireConnection(services, tenant, params.connectionId)
    await services.airbyte.connections.delete(row.connection_id).catch((error: unknown) => {
      if (!isGone(error)) throw error
    })
    await removeConnection(services.db, row.connection_id)
    await addAudit(services.db, {
      tenantId: tenant.tenantId,
      userId,
      action: 'connection_deleted',
      subject: row.connection_id,
    })
    return { status: 200, body: { connectionId: row.connection_id, syncedData: 'kept' } }
  },

  syncConnection: async ({ caller, params }) => {
    const row = await requireConnection(services, caller.tenant, params.connectionId)
    return { status: 202, body: await startSync(services, row.connection_id) }
  },
})

function toPatch({ name, status, streams, schedule }: UpdateConnectionRequest, opId: string) {
  return {
    ...(name && { name: markName(name, opId) }),
    ...(status && { status }),
    ...(streams && { streams }),
    ...(schedule && { schedule }),
  }
}

/** Starts a sync; where one already runs, that is the one that was asked for. */
async function startSync({ airbyte, jobs }: Services, connectionId: string): Promise<Job> {
  try {
    const started = await airbyte.jobs.create({ connectionId, jobType: 'sync' })
    return await jobs.read(started.jobId)
  } catch (error) {
    if (!isAirbyteError(error) || error.code !== 'conflict') throw error
    const [latest] = await airbyte.jobs.list({ connectionId, limit: 1 })
    const running = latest && (await jobs.read(latest.jobId))
    if (running && !isFinal(running)) return running
    throw error
  }
}
