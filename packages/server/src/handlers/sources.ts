import type { SourceDetail } from '@opsai/contract'
import type { Call, Handlers } from '../http/handler.js'
import { guardConfiguration } from '../http/guard-configuration.js'
import { isGone } from '../map/is-gone.js'
import { lacksApp, wantsSignIn } from '../map/sign-in.js'
import { toSource, toSourceDetail } from '../map/source.js'
import { ProblemError } from '../http/problem.js'
import { launchFlow } from '../oauth/launch-flow.js'
import { toStoredTarget } from '../oauth/stored-target.js'
import { takeSignedIn } from '../oauth/take-signed-in.js'
import type { Caller, ReadyTenant, Services } from '../services.js'
import { requireTenant } from '../session/session-door.js'
import { checkEdit } from '../sources/check-edit.js'
import { checkConfiguration, checkSource, onSource } from '../sources/check-source.js'
import { editSource } from '../sources/edit-source.js'
import { makeSource } from '../sources/make-source.js'
import { readSource, requireSource } from '../sources/require-source.js'
import { revokeTokens } from '../sources/revoke-tokens.js'
import { sampleSource } from '../sources/sample-source.js'
import { addAudit } from '../store/audit.js'
import { listConnectionsOf, removeConnection } from '../store/connections.js'
import { listSources, removeSource, type SourceRow } from '../store/sources.js'

type SourceRoutes =
  | 'createSource'
  | 'testSource'
  | 'sampleSource'
  | 'getSource'
  | 'updateSource'
  | 'deleteSource'
  | 'signInAgain'
  | 'listConnectedSources'

const DEFAULT_ROWS = 20

export const createSourceHandlers = (services: Services): Pick<Handlers, SourceRoutes> => ({
  createSource: (call) => createSource(services, call),

  testSource: async ({ caller, body, signal }) => {
    const { tenant } = caller
    if ('sourceId' in body) {
      const row = await requireSource(services, tenant, body.sourceId)
      const result =
        'configuration' in body
          ? await checkEdit(services, tenant, row, body.configuration, signal)
          : await checkSource(services, tenant, row, signal)
      return { status: 200, body: result }
    }
    return { status: 200, body: await checkConfiguration(services, tenant, body, signal) }
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
    const before = await requireSource(services, caller.tenant, params.sourceId)
    const { row, source } = await editSource(services, caller, before, body, signal)
    return { status: 200, body: toSourceDetail(row, source) }
  },

  deleteSource: async ({ caller, params, signal }) => {
    const row = await requireSource(services, caller.tenant, params.sourceId)
    const connectionIds = await onSource(services, row.source_id, signal, () =>
      removeWithConnections(services, caller, row),
    )
    return { status: 200, body: { sourceId: row.source_id, connectionIds, syncedData: 'kept' } }
  },

  signInAgain: async ({ caller, params, operationId, request }) => {
    const row = await requireSource(services, caller.tenant, params.sourceId)
    const target = await toStoredTarget(services, caller.tenant, row)
    return { status: 200, body: await launchFlow(services, { opId: operationId, caller, target }, request) }
  },

  listConnectedSources: async ({ caller }) => {
    const rows = await listSources(services.db, caller.tenant.tenantId)
    return { status: 200, body: { sources: rows.map(toSource) } }
  },
})

/** Every step may be repeated: what is gone already is no error. */
async function removeWithConnections(
  services: Services,
  { tenant, userId }: Caller,
  row: SourceRow,
): Promise<string[]> {
  const { db, airbyte } = services
  const { source_id, authorized_by } = row
  const connections = await listConnectionsOf(db, source_id)
  for (const { connection_id } of connections) {
    await airbyte.connections.delete(connection_id).catch(unlessGone)
    await removeConnection(db, connection_id)
  }
  const revocation = authorized_by === 'oauth' && (await revokeTokens(services, tenant, row))
  const facts = { ...(revocation && { revocation }) }
  await airbyte.sources.delete(source_id).catch(unlessGone)
  await db.transaction(async (inside) => {
    await removeSource(inside, source_id)
    await addAudit(inside, { tenantId: tenant.tenantId, userId, action: 'source_deleted', subject: source_id, facts })
  })
  return connections.map(({ connection_id }) => connection_id)
}

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
  guardConfiguration(configuration, { specification: spec.connectionSpecification })
  if (wantsSignIn(spec, configuration)) {
    if (lacksApp(spec, configuration)) throw signInNotOffered(connector.name)
    const target = {
      source_type: body.sourceType,
      definition_id: definition.sourceDefinitionId,
      for_source_id: null,
      name: body.name,
      configuration,
    }
    return { status: 200 as const, body: await launchFlow(services, { opId: operationId, caller, target }, request) }
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
  await checkSource(services, tenant, row, signal).catch((error: unknown) =>
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

function unlessGone(error: unknown): void {
  if (!isGone(error)) throw error
}
