import type { SourceDetail } from '@opsai/contract'
import type { Call, Handlers } from '../http/handler.js'
import { guardConfiguration } from '../http/guard-configuration.js'
import { isGone } from '../map/is-gone.js'
import { lacksApp, wantsSignIn } from '../map/sign-in.js'
import { toSource, toSourceDetail } from '../map/source.js'
import { ProblemError } from '../http/problem.js'
import { markName } from '../outbox/mark.js'
import { launchFlow } from '../oauth/launch-flow.js'
import { takeSignedIn } from '../oauth/take-signed-in.js'
import type { Caller, ReadyTenant, Services } from '../services.js'
import { requireTenant } from '../session/session-door.js'
import { checkConfiguration, checkSource, onSource } from '../sources/check-source.js'
import { makeSource } from '../sources/make-source.js'
import { readSource, requireSource, requireWorkspace } from '../sources/require-source.js'
import { sampleSource } from '../sources/sample-source.js'
import { addAudit } from '../store/audit.js'
import { listConnectionsOf, removeConnection } from '../store/connections.js'
import { listSources, removeSource, setSource } from '../store/sources.js'

type SourceRoutes =
  | 'createSource'
  | 'testSource'
  | 'sampleSource'
  | 'getSource'
  | 'updateSource'
  | 'deleteSource'
  | 'listConnectedSources'

const DEFAULT_ROWS = 20

export const createSourceHandlers = (services: Services): Pick<Handlers, SourceRoutes> => ({
  createSource: (call) => createSource(services, call),

  testSource: async ({ caller, body, signal }) => {
    if ('sourceId' in body) {
      const row = await requireSource(services, caller.tenant, body.sourceId)
      return { status: 200, body: await checkSource(services, row, signal) }
    }
    guardConfiguration(body.configuration)
    return { status: 200, body: await checkConfiguration(services, caller.tenant, body, signal) }
  },

  sampleSource: async ({ caller, body, signal }) => {
    const row = await requireSource(services, caller.tenant, body.sourceId)
    const wish = { streams: body.streams, limit: body.limit ?? DEFAULT_ROWS }
    return { status: 200, body: await sampleSource(services, caller.tenant, row, wish, signal) }
  },

  getSource: async ({ caller, params }) => ({
    status: 200,
    body: await readDetail(services, caller.tenant, params.sourceId),
  }),

  updateSource: async ({ caller, params, body, signal }) => {
    guardConfiguration(body.configuration)
    const row = await requireSource(services, caller.tenant, params.sourceId)
    const before = await readSource(services, caller.tenant, params.sourceId)
    const name = body.name ?? row.name
    const configuration = body.configuration ?? before.configuration
    const after = await onSource(services, row.source_id, signal, () =>
      services.airbyte.sources.replace(row.source_id, { name: markName(name, row.op_id), configuration }),
    )
    requireWorkspace(after, caller.tenant, services.log)
    const checkStatus = body.configuration ? ('untested' as const) : row.check_status
    await setSource(services.db, row.source_id, { name, checkStatus })
    await audit(services, caller, 'source_updated', row.source_id)
    return {
      status: 200,
      body: toSourceDetail({ ...row, name, check_status: checkStatus, updated_at: services.now() }, after),
    }
  },

  deleteSource: async ({ caller, params }) => {
    const row = await requireSource(services, caller.tenant, params.sourceId)
    const connections = await listConnectionsOf(services.db, row.source_id)
    for (const { connection_id } of connections) {
      await services.airbyte.connections.delete(connection_id).catch(unlessGone)
      await removeConnection(services.db, connection_id)
    }
    await services.airbyte.sources.delete(row.source_id).catch(unlessGone)
    await removeSource(services.db, row.source_id)
    await audit(services, caller, 'source_deleted', row.source_id)
    const connectionIds = connections.map(({ connection_id }) => connection_id)
    return { status: 200, body: { sourceId: row.source_id, connectionIds, syncedData: 'kept' } }
  },

  listConnectedSources: async ({ caller }) => {
    const rows = await listSources(services.db, caller.tenant.tenantId)
    return { status: 200, body: { sources: rows.map(toSource) } }
  },
})

async function createSource(services: Services, { caller, body, operationId, request, signal }: Call<'createSource'>) {
  requireTenant(caller, body.tenantId)
  guardConfiguration(body.configuration)
  if (body.authorizationId !== undefined) {
    const sourceId = await takeSignedIn(services, caller, { ...body, flowId: body.authorizationId })
    return { status: 201 as const, body: await readDetail(services, caller.tenant, sourceId) }
  }
  const { tenant, userId } = caller
  const { definition, connector } = await services.connectors.get(tenant.workspaceId, body.sourceType)
  const spec = await services.connectors.spec(tenant.workspaceId, definition)
  const configuration = body.configuration ?? {}
  if (wantsSignIn(spec, configuration)) {
    if (lacksApp(spec, configuration)) throw signInNotOffered(connector.name)
    const launched = { opId: operationId, caller, connector, definition, name: body.name, configuration }
    return { status: 200 as const, body: await launchFlow(services, launched, request) }
  }
  const sourceId = await makeSource(services, {
    opId: operationId,
    tenant,
    userId,
    sourceType: body.sourceType,
    definitionId: definition.sourceDefinitionId,
    name: body.name,
    configuration,
    onDoubt: 'adopt',
  })
  // Wrong credentials are no reason to lose what was typed: the source is kept and says that its test failed.
  const row = await requireSource(services, tenant, sourceId)
  await checkSource(services, row, signal).catch((error: unknown) =>
    services.log.warn('a new source was not tested', { sourceId, error }),
  )
  return { status: 201 as const, body: await readDetail(services, tenant, sourceId) }
}

async function readDetail(services: Services, tenant: ReadyTenant, sourceId: string): Promise<SourceDetail> {
  const row = await requireSource(services, tenant, sourceId)
  return toSourceDetail(row, await readSource(services, tenant, sourceId))
}

const signInNotOffered = (name: string) =>
  new ProblemError('oauth_unsupported', {
    detail: `This Airbyte has no OAuth app for ${name}: configure one, or send credentials in the configuration.`,
    displayMessage: `Signing in to ${name} is not offered here.`,
  })

const audit = ({ db }: Services, caller: Caller, action: string, subject: string) =>
  addAudit(db, { tenantId: caller.tenant.tenantId, userId: caller.userId, action, subject })

function unlessGone(error: unknown): void {
  if (!isGone(error)) throw error
}
