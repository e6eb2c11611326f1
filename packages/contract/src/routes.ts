// The whole API between a browser or host and the proxy, on one screen. Paths are below `/api/airbyte`.
import * as z from 'zod/mini'
import { App, CreateAppRequest, RemovedApp } from './app.js'
import { AuditVerification } from './audit.js'
import {
  Connection,
  Connections,
  CreateConnectionRequest,
  DeletedConnection,
  UpdateConnectionRequest,
} from './connection.js'
import {
  ConnectorDocumentation,
  ConnectorPage,
  ConnectorQuery,
  ConnectorSpec,
  ConnectorVersionQuery,
} from './connector.js'
import { Estimate, Usage } from './cost.js'
import { Health } from './health.js'
import { Job } from './job.js'
import {
  ConfirmFlowRequest,
  CreateReconnectLinkRequest,
  Flow,
  FlowQuery,
  Flows,
  ReconnectLink,
  StartFlowForm,
} from './oauth.js'
import { Recommendations, RecommendationsRequest } from './recommendation.js'
import { type AnyRoute, defineRoute } from './route.js'
import { CreateSessionRequest, RevokedSessions, RevokeSessionsQuery, Session } from './session.js'
import {
  CheckResult,
  ConnectedSources,
  CreateSourceRequest,
  DeletedSource,
  SignInNeeded,
  SourceDetail,
  TestSourceRequest,
  UpdateSourceRequest,
} from './source.js'
import { Sample, SampleRequest } from './stream.js'
import { DeletedTenant, Tenant, TenantEnvQuery, TenantListQuery, TenantPage, TenantQuery } from './tenant.js'
import { DeadWebhooks, ResentWebhook } from './webhook-event.js'

const html = z.string()
const empty = z.strictObject({})

/** Every route by name. `door` says who may knock: anybody, the host's backend, or a browser with a session. */
export const routes = {
  getHealth: defineRoute('public', 'GET', '/health', { answers: { 200: Health, 503: Health } }),
  getOpenApi: defineRoute('public', 'GET', '/openapi.json', {
    answers: { 200: z.record(z.string(), z.unknown()) },
  }),

  createSession: defineRoute('host', 'POST', '/sessions', {
    body: CreateSessionRequest,
    answers: { 201: Session },
  }),
  putTenant: defineRoute('host', 'PUT', '/tenants/{tenantId}', { answers: { 200: Tenant } }),
  listTenants: defineRoute('host', 'GET', '/tenants', { query: TenantListQuery, answers: { 200: TenantPage } }),
  getTenant: defineRoute('host', 'GET', '/tenants/{tenantId}', { query: TenantQuery, answers: { 200: Tenant } }),
  deleteTenant: defineRoute('host', 'DELETE', '/tenants/{tenantId}', { answers: { 200: DeletedTenant } }),
  /** New passwords and keys; what was handed out before opens nothing any more, and who came in by it is put out. */
  rotateTenant: defineRoute('host', 'POST', '/tenants/{tenantId}/rotate', { body: empty, answers: { 200: Tenant } }),
  getTenantEnv: defineRoute('host', 'GET', '/tenants/{tenantId}/env', {
    query: TenantEnvQuery,
    answers: { 200: z.string() },
    answersIn: 'text/plain',
  }),
  /** Ends sessions at once, on every proxy of the deployment: somebody left, or a token got out. */
  revokeSessions: defineRoute('host', 'DELETE', '/tenants/{tenantId}/sessions', {
    query: RevokeSessionsQuery,
    answers: { 200: RevokedSessions },
  }),
  /** A link that lets one user sign one source in again, from an e-mail or a chat. */
  createReconnectLink: defineRoute('host', 'POST', '/tenants/{tenantId}/reconnect-links', {
    body: CreateReconnectLinkRequest,
    answers: { 201: ReconnectLink },
  }),
  /** The tenant's own app: made, or brought up to date, in the background. One that is being made is made once more after. */
  createApp: defineRoute('host', 'POST', '/apps', { body: CreateAppRequest, answers: { 202: App } }),
  getApp: defineRoute('host', 'GET', '/apps/{tenantId}', { answers: { 200: App } }),
  /** Takes it away everywhere it is; that there is none is no error. */
  deleteApp: defineRoute('host', 'DELETE', '/apps/{tenantId}', { answers: { 200: RemovedApp } }),
  verifyAudit: defineRoute('host', 'GET', '/audit/verification', { answers: { 200: AuditVerification } }),
  /** Events the host's webhook took in none of their tries; each can be sent again. */
  listDeadWebhooks: defineRoute('host', 'GET', '/webhooks/dead', { answers: { 200: DeadWebhooks } }),
  resendWebhook: defineRoute('host', 'POST', '/webhooks/{eventId}/resend', {
    body: empty,
    answers: { 202: ResentWebhook },
  }),
  /** Airbyte's own notifications. Unsigned, so that they are hints: always the same answer, whatever is sent. */
  receiveNotification: defineRoute('public', 'POST', '/webhooks/airbyte/{secret}', { answers: { 204: z.void() } }),

  listConnectors: defineRoute('session', 'GET', '/sources', {
    query: ConnectorQuery,
    answers: { 200: ConnectorPage },
  }),
  getConnectorSpec: defineRoute('session', 'GET', '/sources/{sourceType}/spec', {
    query: ConnectorVersionQuery,
    answers: { 200: ConnectorSpec },
  }),
  getConnectorDocumentation: defineRoute('session', 'GET', '/sources/{sourceType}/documentation', {
    query: ConnectorVersionQuery,
    answers: { 200: ConnectorDocumentation },
  }),
  getRecommendations: defineRoute('session', 'POST', '/recommendations', {
    body: RecommendationsRequest,
    answers: { 200: Recommendations },
  }),

  createSource: defineRoute('session', 'POST', '/sources/create', {
    body: CreateSourceRequest,
    answers: { 201: SourceDetail, 200: SignInNeeded },
  }),
  testSource: defineRoute('session', 'POST', '/sources/test', {
    body: TestSourceRequest,
    answers: { 200: CheckResult },
  }),
  sampleSource: defineRoute('session', 'POST', '/sources/sample', {
    body: SampleRequest,
    answers: { 200: Sample },
  }),
  getSource: defineRoute('session', 'GET', '/sources/{sourceId}', { answers: { 200: SourceDetail } }),
  updateSource: defineRoute('session', 'PATCH', '/sources/{sourceId}', {
    body: UpdateSourceRequest,
    answers: { 200: SourceDetail },
  }),
  deleteSource: defineRoute('session', 'DELETE', '/sources/{sourceId}', { answers: { 200: DeletedSource } }),
  /** For whoever posts no form: where to sign a source in again. */
  signInAgain: defineRoute('session', 'POST', '/sources/{sourceId}/sign-in', {
    body: empty,
    answers: { 200: SignInNeeded },
  }),
  listConnectedSources: defineRoute('session', 'GET', '/connected-sources', {
    answers: { 200: ConnectedSources },
  }),

  listConnections: defineRoute('session', 'GET', '/connections', { answers: { 200: Connections } }),
  createConnection: defineRoute('session', 'POST', '/connections', {
    body: CreateConnectionRequest,
    answers: { 201: Connection },
  }),
  /** What a connection would use, before it is made. Makes nothing. */
  estimateConnection: defineRoute('session', 'POST', '/connections/estimate', {
    body: CreateConnectionRequest,
    answers: { 200: Estimate },
  }),
  /** What a connection really used, from the jobs that were seen to end. */
  getConnectionUsage: defineRoute('session', 'GET', '/connections/{connectionId}/usage', { answers: { 200: Usage } }),
  getConnection: defineRoute('session', 'GET', '/connections/{connectionId}', { answers: { 200: Connection } }),
  updateConnection: defineRoute('session', 'PATCH', '/connections/{connectionId}', {
    body: UpdateConnectionRequest,
    answers: { 200: Connection },
  }),
  deleteConnection: defineRoute('session', 'DELETE', '/connections/{connectionId}', {
    answers: { 200: DeletedConnection },
  }),
  syncConnection: defineRoute('session', 'POST', '/connections/{connectionId}/sync', {
    body: empty,
    answers: { 202: Job },
  }),

  getJob: defineRoute('session', 'GET', '/jobs/{jobId}', { answers: { 200: Job } }),
  /** Server-sent events: `event: job` with a Job as data, each time it changed, until it is final. */
  streamJob: defineRoute('session', 'GET', '/jobs/{jobId}/events', {
    answers: { 200: z.string() },
    answersIn: 'text/event-stream',
  }),
  cancelJob: defineRoute('session', 'POST', '/jobs/{jobId}/cancel', { body: empty, answers: { 200: Job } }),

  /** The popup's first page. The session token is in the form. */
  startFlow: defineRoute('form', 'POST', '/oauth/start', {
    body: StartFlowForm,
    answers: { 200: html },
    answersIn: 'text/html',
  }),
  /** The same page for whoever was handed an `authUrl`: it asks first, for it can't know who opened it. */
  openFlow: defineRoute('public', 'GET', '/oauth/start/{flowId}', {
    answers: { 200: html },
    answersIn: 'text/html',
  }),
  /** The page behind a reconnect link: asks first, and uses nothing up by being looked at. */
  openReconnectLink: defineRoute('public', 'GET', '/oauth/reconnect/{token}', {
    answers: { 200: html },
    answersIn: 'text/html',
  }),
  /** Its button: uses the link up and begins the sign-in. */
  useReconnectLink: defineRoute('public', 'POST', '/oauth/reconnect/{token}', {
    answers: { 200: html },
    answersIn: 'text/html',
  }),
  listFlows: defineRoute('session', 'GET', '/flows', { answers: { 200: Flows } }),
  getFlow: defineRoute('session', 'GET', '/flows/{flowId}', { query: FlowQuery, answers: { 200: Flow } }),
  /** Server-sent events: `event: flow` with a Flow as data, at once and each time it changed, until it is final. */
  streamFlow: defineRoute('session', 'GET', '/flows/{flowId}/events', {
    answers: { 200: z.string() },
    answersIn: 'text/event-stream',
  }),
  confirmFlow: defineRoute('session', 'POST', '/flows/{flowId}/confirm', {
    body: ConfirmFlowRequest,
    answers: { 200: Flow },
  }),
  cancelFlow: defineRoute('session', 'POST', '/flows/{flowId}/cancel', { body: empty, answers: { 200: Flow } }),
  /** Where Airbyte Cloud sends the browser back: the path itself carries our state. */
  finishFlow: defineRoute('public', 'GET', '/oauth/callback/{state}', {
    answers: { 303: html, 200: html },
    answersIn: 'text/html',
  }),
  /** Where a provider sends the browser back when the OAuth app is the operator's own: one exact URL a connector. */
  finishAppFlow: defineRoute('public', 'GET', '/oauth/callback/app/{sourceType}', {
    answers: { 303: html, 200: html },
    answersIn: 'text/html',
  }),
} as const satisfies Record<string, AnyRoute>

/** A route's name, such as `createSource`. */
export type RouteName = keyof typeof routes
