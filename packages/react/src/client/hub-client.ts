import {
  type AnyRoute,
  type Answer,
  type Body,
  type BusinessProfile,
  type ConnectorQuery,
  type ConnectorVersionQuery,
  type FlowStatus,
  type RouteName,
  routes,
} from '@opsai/contract'
import { newId } from './new-id.js'
import { toOpsaiError } from './opsai-error.js'
import { createProxyAccess, type ProxyAccessOptions } from './proxy-access.js'
import { type RequestParts, send, sendForJson } from './send-request.js'

/** What {@link createHubClient} takes. */
export type HubClientOptions = ProxyAccessOptions

/** Members every call takes. */
export interface CallOptions {
  signal?: AbortSignal | undefined
}

type AnswerOf<N extends RouteName> = Promise<Answer<(typeof routes)[N]>>
type BodyOf<N extends RouteName> = Body<(typeof routes)[N]>

/**
 * Speaks the proxy's session routes, typed by the contract. It holds no Airbyte credential: only a session token
 * for one tenant, in memory. Every call rejects with an `OpsaiError` and with nothing else (besides an abort).
 *
 * @example
 * const client = createHubClient({ baseUrl: '/api/airbyte', fetchSession })
 * const { recommendations } = await client.getRecommendations({ industry: 'retail', size: '11-50', type: 'b2c' })
 * const { streams, fields } = await client.sampleData(sourceId)
 */
export function createHubClient(options: HubClientOptions) {
  const proxy = createProxyAccess(options)
  const { session } = proxy

  const call = <N extends RouteName>(name: N, parts: RequestParts) =>
    sendForJson(proxy, routes[name] as AnyRoute, parts) as AnswerOf<N>

  return {
    /** Unlike that of any other client: caches keyed by it never mix two sessions. */
    id: newId(),
    baseUrl: options.baseUrl,
    tenantId: options.tenantId,
    /** The same way to the proxy, for what needs no routes: a sign-in's window. */
    proxy,
    /** The session, if one is at hand; for what must happen inside a click. */
    peekSession: session.peek,
    getSession: () => session.get().catch((thrown: unknown) => Promise.reject(toOpsaiError(thrown))),
    /** Keeps a session at hand until the returned function is called. */
    keepSessionFresh: session.keepFresh,

    listConnectors: (query: ConnectorQuery = {}, { signal }: CallOptions = {}) =>
      call('listConnectors', { query, signal }),
    /** What a connector's form is made from; with `sourceId`, of the version that this source runs. */
    getConnectorSpec: (sourceType: string, { signal, ...version }: ConnectorVersionQuery & CallOptions = {}) =>
      call('getConnectorSpec', { params: { sourceType }, query: version, signal }),
    /** Its setup guide as Markdown, where Airbyte serves one. Not trusted: never put it into a page as HTML. */
    getConnectorDocumentation: (sourceType: string, { signal, ...version }: ConnectorVersionQuery & CallOptions = {}) =>
      call('getConnectorDocumentation', { params: { sourceType }, query: version, signal }),
    /** Which connectors fit this business, best first, each with its reasons. */
    getRecommendations: (businessProfile: BusinessProfile, { signal }: CallOptions = {}) =>
      call('getRecommendations', { body: { businessProfile }, signal }),

    /** Connects a tool. Answers the source, or `{ authUrl, flowId }` where the user must sign in first. */
    createAirbyteSource: (
      sourceType: string,
      source: Omit<BodyOf<'createSource'>, 'sourceType'>,
      { signal }: CallOptions = {},
    ) => call('createSource', { body: { ...source, sourceType }, signal }),
    /** Tests a connected source. A failed test is an answer, not an error. */
    testConnection: (sourceId: string, { signal }: CallOptions = {}) =>
      call('testSource', { body: { sourceId }, signal }),
    /**
     * Tests a configuration before anything is stored: a new one, or that of an edited source, whose stored secrets
     * stand behind ten stars. Rejects with `test_after_save` where an edit can't be tested unsaved.
     */
    testConfiguration: (
      body: ({ sourceType: string } | { sourceId: string }) & { configuration: Record<string, unknown> },
      { signal }: CallOptions = {},
    ) => call('testSource', { body, signal }),
    /** Streams of a source with sample rows; `limit: 0` only lists the streams. */
    sampleData: (
      sourceId: string,
      { signal, ...choice }: Omit<BodyOf<'sampleSource'>, 'sourceId'> & CallOptions = {},
    ) => call('sampleSource', { body: { ...choice, sourceId }, signal }),
    getSource: (sourceId: string, { signal }: CallOptions = {}) => call('getSource', { params: { sourceId }, signal }),
    updateSource: (sourceId: string, body: BodyOf<'updateSource'>, { signal }: CallOptions = {}) =>
      call('updateSource', { params: { sourceId }, body, signal }),
    deleteSource: (sourceId: string, { signal }: CallOptions = {}) =>
      call('deleteSource', { params: { sourceId }, signal }),
    /** Where to sign a stored source in again, for whoever posts no form: open it in a browser, then follow the flow. */
    signInAgain: (sourceId: string, { signal }: CallOptions = {}) =>
      call('signInAgain', { params: { sourceId }, body: {}, signal }),
    listConnectedSources: ({ signal }: CallOptions = {}) => call('listConnectedSources', { signal }),

    listConnections: ({ signal }: CallOptions = {}) => call('listConnections', { signal }),
    createConnection: (body: BodyOf<'createConnection'>, { signal }: CallOptions = {}) =>
      call('createConnection', { body, signal }),
    /** What a connection would use, before it is made. */
    estimateConnection: (body: BodyOf<'estimateConnection'>, { signal }: CallOptions = {}) =>
      call('estimateConnection', { body, signal }),
    /** What it really used. */
    getConnectionUsage: (connectionId: string, { signal }: CallOptions = {}) =>
      call('getConnectionUsage', { params: { connectionId }, signal }),
    getConnection: (connectionId: string, { signal }: CallOptions = {}) =>
      call('getConnection', { params: { connectionId }, signal }),
    updateConnection: (connectionId: string, body: BodyOf<'updateConnection'>, { signal }: CallOptions = {}) =>
      call('updateConnection', { params: { connectionId }, body, signal }),
    deleteConnection: (connectionId: string, { signal }: CallOptions = {}) =>
      call('deleteConnection', { params: { connectionId }, signal }),
    syncConnection: (connectionId: string, { signal }: CallOptions = {}) =>
      call('syncConnection', { params: { connectionId }, body: {}, signal }),

    getJob: (jobId: string, { signal }: CallOptions = {}) => call('getJob', { params: { jobId }, signal }),
    cancelJob: (jobId: string, { signal }: CallOptions = {}) =>
      call('cancelJob', { params: { jobId }, body: {}, signal }),
    /** The raw server-sent events of a job; `watchJob` reads them. */
    openJobEvents: (jobId: string, { signal }: CallOptions = {}) =>
      send(proxy, routes.streamJob, { params: { jobId }, signal }),

    /** Sign-ins of this user that are under way, begun in whatever tab or window. */
    listFlows: ({ signal }: CallOptions = {}) => call('listFlows', { signal }),
    /** A sign-in's state; with `wait` the answer comes when it differs from `since`, at the latest after so many seconds. */
    getFlow: (flowId: string, { signal, ...wait }: { wait?: number; since?: FlowStatus } & CallOptions = {}) =>
      call('getFlow', {
        params: { flowId },
        query: { since: wait.since, wait: wait.wait === undefined ? undefined : String(wait.wait) },
        signal,
      }),
    confirmFlow: (flowId: string, nonce: string, { signal }: CallOptions = {}) =>
      call('confirmFlow', { params: { flowId }, body: { nonce }, signal }),
    cancelFlow: (flowId: string, { signal }: CallOptions = {}) =>
      call('cancelFlow', { params: { flowId }, body: {}, signal }),
  }
}

/** See {@link createHubClient}. */
export type HubClient = ReturnType<typeof createHubClient>
