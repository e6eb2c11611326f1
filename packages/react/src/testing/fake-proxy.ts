// A proxy in memory: one tenant, its sources, connections, jobs and sign-ins. Answers every session route of the contract.
import {
  type Answer,
  type Body,
  chooseSyncMode,
  type Connection,
  type ConnectionStream,
  type Flow,
  type RouteName,
  type routes,
  type Source,
  type SourceDetail,
  type WishedStream,
} from '@opsai/contract'
import { OpsaiError } from '../client/opsai-error.js'
import { fakeConnectors, toFakePage, toFakeRecommendations } from './fake-connectors.js'
import { toFakeEstimate, toFakeUsage } from './fake-cost.js'
import { fakeConfigurations, toMasked } from './fake-configurations.js'
import { toFakeDocumentation } from './fake-documentation.js'
import { type FakeRun, toFakeJob, toRunStreams } from './fake-job.js'
import { isSignInChosen, toFakeSpec } from './fake-specs.js'
import { toFakeSample, toFakeStreams } from './fake-streams.js'
import type { Scenario } from './scenario.js'

export interface FakeProxyOptions {
  scenario: Scenario
  /** Milliseconds a sync takes. */
  syncMs: number
  /** Milliseconds a sign-in takes at the provider. */
  signInMs: number
  now: () => number
  /** Whether three sources exist already: one synced, one without streams, one syncing. */
  isConnected: boolean
}

/** A call as the fake sees it: parsed by the contract. */
export interface FakeCall<N extends RouteName> {
  params: Readonly<Record<string, string>>
  query: Readonly<Record<string, string | undefined>>
  body: Body<(typeof routes)[N]>
}

type FakeRoutes = { [N in FakeRouteName]: (call: FakeCall<N>) => Answer<(typeof routes)[N]> }
/** The routes a browser's session may call, less the event streams, which are made of `getJob` and `getFlow`. */
export type FakeRouteName = Exclude<
  RouteName,
  | 'getHealth'
  | 'getOpenApi'
  | 'createSession'
  | 'putTenant'
  | 'listTenants'
  | 'getTenant'
  | 'rotateTenant'
  | 'deleteTenant'
  | 'getTenantEnv'
  | 'revokeSessions'
  | 'createReconnectLink'
  | 'createApp'
  | 'getApp'
  | 'deleteApp'
  | 'verifyAudit'
  | 'listDeadWebhooks'
  | 'resendWebhook'
  | 'receiveNotification'
  | 'startFlow'
  | 'openFlow'
  | 'finishFlow'
  | 'finishAppFlow'
  | 'openReconnectLink'
  | 'useReconnectLink'
  | 'streamJob'
  | 'streamFlow'
>

const schema = 't_4kq7x2m9'

function missing(what: string): never {
  throw new OpsaiError({
    code: 'not_found',
    status: 404,
    message: `There is no such ${what}.`,
    displayMessage: 'This is no longer here.',
    remedy: 'Go back and choose again.',
  })
}

/** Makes the fake; each one starts anew. */
export function createFakeProxy({ scenario, syncMs, signInMs, now, isConnected }: FakeProxyOptions): FakeRoutes {
  const sources = new Map<string, SourceDetail>()
  const connections = new Map<string, Connection>()
  const runs = new Map<string, FakeRun>()
  const flows = new Map<string, { startedMs: number; cancelled: boolean; sourceId: string | undefined }>()
  let serial = 0
  const nextId = (kind: string) => `${kind}_${String((serial += 1)).padStart(4, '0')}`
  const at = () => new Date(now()).toISOString()

  const connectorOf = (sourceType: string | undefined) =>
    fakeConnectors.find((connector) => connector.sourceType === sourceType) ?? missing('connector')
  const sourceOf = (sourceId: string | undefined) => sources.get(sourceId ?? '') ?? missing('source')
  const connectionOf = (connectionId: string | undefined) =>
    connections.get(connectionId ?? '') ?? missing('connection')
  const runOf = (jobId: string | undefined) => runs.get(jobId ?? '') ?? missing('job')
  const streamsOf = ({ sourceType }: Source) => toFakeStreams(connectorOf(sourceType).category, scenario)

  const addSource = (
    sourceType: string,
    name: string,
    authorization: Source['authorization'],
    configuration = fakeConfigurations[sourceType] ?? {},
  ): SourceDetail => {
    const times = { createdAt: at(), updatedAt: at() }
    const source = {
      sourceId: nextId('src'),
      sourceType,
      name,
      authorization,
      checkStatus: 'succeeded',
      ...times,
    } as const
    const detail: SourceDetail = { ...source, configuration: toMasked(configuration) }
    sources.set(detail.sourceId, detail)
    return detail
  }

  const withModes = (sourceId: string, wished: readonly WishedStream[]): ConnectionStream[] => {
    const { streams } = toFakeSample(streamsOf(sourceOf(sourceId)), 0, undefined)
    const modeOf = (name: string) => chooseSyncMode(streams.find((stream) => stream.name === name) ?? missing('stream'))
    return wished.map(({ syncMode, ...stream }) => ({ ...stream, syncMode: syncMode ?? modeOf(stream.name) }))
  }

  const addConnection = (sourceId: string, parts: Pick<Connection, 'streams' | 'schedule'>): Connection => {
    const { sourceType, name } = sourceOf(sourceId)
    const connection: Connection = {
      connectionId: nextId('con'),
      sourceId,
      sourceType,
      name,
      status: 'active',
      ...parts,
      schema,
      tablePrefix: `${sourceType.replaceAll('-', '_')}_`,
      createdAt: at(),
    }
    connections.set(connection.connectionId, connection)
    return connection
  }

  const startRun = (connectionId: string, lastsMs: number): FakeRun => {
    const { sourceId, streams } = connectionOf(connectionId)
    const offered = streamsOf(sourceOf(sourceId))
    const run: FakeRun = {
      jobId: nextId('job'),
      connectionId,
      startedMs: now(),
      streams: toRunStreams(streams, offered),
      lastsMs,
      breaks: scenario === 'failed_sync',
    }
    runs.set(run.jobId, run)
    return run
  }

  const withJob = (connection: Connection): Connection => {
    const run = [...runs.values()].reverse().find(({ connectionId }) => connectionId === connection.connectionId)
    return run ? { ...connection, latestJob: toFakeJob(run, now()) } : connection
  }

  const readFlow = (flowId: string): Flow => {
    // The form's POST opens a page, which no fake can catch: a flow begins when somebody first asks for it.
    // One with a sign-in that has ended is what somebody signs in to again.
    const expired = [...sources.values()].find((source) => source.authorization === 'oauth' && isFailing(source))
    const flow = flows.get(flowId) ?? { startedMs: now(), cancelled: false, sourceId: expired?.sourceId }
    flows.set(flowId, flow)
    const expiresAt = new Date(flow.startedMs + 600_000).toISOString()
    const base = { flowId, sourceType: 'hubspot', expiresAt, ...(flow.sourceId && { sourceId: flow.sourceId }) }
    const elapsed = now() - flow.startedMs
    if (flow.cancelled) return { ...base, status: 'cancelled' }
    if (elapsed < signInMs || scenario === 'waiting_sign_in') return { ...base, status: 'authorizing' }
    if (scenario === 'denied_sign_in') {
      const displayMessage = 'You chose not to give access. Nothing was connected.'
      return { ...base, status: 'denied', error: { code: 'denied', displayMessage } }
    }
    if (elapsed < signInMs * 1.5) return { ...base, status: 'creating' }
    flow.sourceId ??= addSource('hubspot', 'HubSpot', 'oauth').sourceId
    const source = sources.get(flow.sourceId)
    if (source && isFailing(source))
      sources.set(source.sourceId, { ...source, checkStatus: 'succeeded', updatedAt: at() })
    return { ...base, status: 'completed', sourceId: flow.sourceId }
  }

  const openFlow = (sourceId?: string) => {
    const flowId = nextId('flow')
    flows.set(flowId, { startedMs: now(), cancelled: false, sourceId })
    return { authUrl: `https://provider.example/authorize?flow=${flowId}`, flowId }
  }

  const seed = (sourceType: string, name: string, streams: string[], lastsMs: number, agoMs: number) => {
    const { sourceId } = addSource(sourceType, name, 'credentials')
    const chosen = streams.map((stream) => ({ name: stream, syncMode: 'incremental_deduped_history' as const }))
    const { connectionId } = addConnection(sourceId, { streams: chosen, schedule: { scheduleType: 'manual' } })
    startRun(connectionId, lastsMs).startedMs -= agoMs
  }
  if (isConnected) {
    seed('stripe', 'Stripe', ['customers', 'charges', 'invoices'], 1, 7_200_000)
    const hubspot = addSource('hubspot', 'HubSpot', 'oauth')
    if (scenario === 'expired_sign_in') sources.set(hubspot.sourceId, { ...hubspot, checkStatus: 'failed' })
    seed('shopify', 'Shopify', ['customers', 'charges', 'invoices', 'products'], syncMs, syncMs * 0.4)
  }

  return {
    listConnectors: ({ query }) => toFakePage(scenario === 'empty' ? [] : fakeConnectors, query),
    getConnectorSpec: ({ params }) => toFakeSpec(connectorOf(params.sourceType)),
    getRecommendations: ({ body }) => ({
      recommendations: scenario === 'empty' ? [] : toFakeRecommendations(body.businessProfile),
      advisedBy: scenario === 'advised' ? 'claude' : 'rules',
    }),
    getConnectorDocumentation: ({ params }) => toFakeDocumentation(connectorOf(params.sourceType)),
    createSource: ({ body }) => {
      const { sourceType, name, authorizationId, configuration } = body
      const wantsSignIn = !authorizationId && isSignInChosen(toFakeSpec(connectorOf(sourceType)), configuration)
      return wantsSignIn
        ? openFlow()
        : addSource(sourceType, name, authorizationId ? 'oauth' : 'credentials', configuration)
    },
    testSource: ({ body }) => {
      const isEdit = 'sourceId' in body && 'configuration' in body
      if (isEdit && scenario === 'test_after_save') throw testAfterSave()
      return scenario === 'failing_check' ? refuse(body) : { status: 'succeeded' }
    },
    sampleSource: ({ body }) => {
      const source = sourceOf(body.sourceId)
      const offered = streamsOf(source).filter(({ name }) => body.streams?.includes(name) ?? true)
      const namespace = connectorOf(source.sourceType).category === 'Databases' ? 'public' : undefined
      return toFakeSample(offered, body.limit ?? 20, namespace)
    },
    getSource: ({ params }) => sourceOf(params.sourceId),
    updateSource: ({ params, body }) => {
      const source = sourceOf(params.sourceId)
      const configuration = body.configuration ? toMasked(body.configuration) : source.configuration
      const updated = { ...source, name: body.name ?? source.name, configuration, updatedAt: at() }
      sources.set(source.sourceId, updated)
      return updated
    },
    deleteSource: ({ params }) => {
      const { sourceId } = sourceOf(params.sourceId)
      const ended = [...connections.values()].filter((connection) => connection.sourceId === sourceId)
      for (const { connectionId } of ended) connections.delete(connectionId)
      sources.delete(sourceId)
      return { sourceId, connectionIds: ended.map(({ connectionId }) => connectionId), syncedData: 'kept' }
    },
    signInAgain: ({ params }) => openFlow(sourceOf(params.sourceId).sourceId),
    listConnectedSources: () => ({ sources: [...sources.values()].reverse() }),
    listConnections: () => ({ connections: [...connections.values()].map(withJob) }),
    createConnection: ({ body }) =>
      addConnection(body.sourceId, {
        streams: withModes(body.sourceId, body.streams),
        schedule: body.schedule ?? { scheduleType: 'cron', cronExpression: '0 17 4 * * ?' },
      }),
    estimateConnection: ({ body }) =>
      toFakeEstimate(withModes(body.sourceId, body.streams), streamsOf(sourceOf(body.sourceId))),
    getConnectionUsage: ({ params }) => {
      const { connectionId, streams, latestJob } = withJob(connectionOf(params.connectionId))
      return toFakeUsage(connectionId, streams, latestJob?.status === 'succeeded' ? latestJob : undefined)
    },
    getConnection: ({ params }) => withJob(connectionOf(params.connectionId)),
    updateConnection: ({ params, body }) => {
      const before = connectionOf(params.connectionId)
      const { name, status, schedule } = { ...before, ...body }
      const streams = body.streams ? withModes(before.sourceId, body.streams) : before.streams
      const updated = { ...before, name, status, streams, schedule }
      connections.set(updated.connectionId, updated)
      return withJob(updated)
    },
    deleteConnection: ({ params }) => {
      const { connectionId } = connectionOf(params.connectionId)
      connections.delete(connectionId)
      return { connectionId, syncedData: 'kept' }
    },
    syncConnection: ({ params }) => toFakeJob(startRun(connectionOf(params.connectionId).connectionId, syncMs), now()),
    getJob: ({ params }) => toFakeJob(runOf(params.jobId), now()),
    cancelJob: ({ params }) => {
      const run = runOf(params.jobId)
      run.cancelledMs ??= now()
      return toFakeJob(run, now())
    },
    listFlows: () => ({
      flows: [...flows.keys()].map(readFlow).filter(({ status }) => status === 'authorizing' || status === 'creating'),
    }),
    getFlow: ({ params }) => readFlow(params.flowId ?? missing('sign-in')),
    confirmFlow: ({ params }) => readFlow(params.flowId ?? missing('sign-in')),
    cancelFlow: ({ params }) => {
      const flow = readFlow(params.flowId ?? missing('sign-in'))
      const held = flows.get(flow.flowId)
      if (held && flow.status !== 'completed') held.cancelled = true
      return readFlow(flow.flowId)
    },
  }
}

const isFailing = ({ checkStatus }: Source) => checkStatus === 'failed'

const testAfterSave = () =>
  new OpsaiError({
    code: 'test_after_save',
    status: 409,
    message: 'The fake proxy was asked to test edits only once they are stored.',
    displayMessage: 'This change can only be tested once it is saved.',
    remedy: 'Save it, then test again.',
  })

/** A refusal that names the field most likely wrong. */
function refuse(body: Body<(typeof routes)['testSource']>): Answer<(typeof routes)['testSource']> {
  const configuration = 'configuration' in body ? body.configuration : {}
  const field = 'password' in configuration ? 'password' : 'api_key'
  const code = field === 'password' ? 'wrong_password' : 'bad_key'
  return {
    status: 'failed',
    code,
    message: 'The other side refused these credentials.',
    remedy: 'Copy them again, without spaces, and check that they have not ended.',
    fieldErrors: [{ path: [field], code, message: 'This was refused. Check it and try again.' }],
  }
}
