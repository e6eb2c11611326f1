import type { Connector } from '../connector/connector.js'
import type { ConnectorRegistry } from '../connector/registry.js'
import type { ConnectorSessions } from '../jobs/connector-session.js'
import type { CommandWorker } from '../jobs/command-worker.js'
import type { createJobQueue } from '../jobs/job-queue.js'
import type { Slots } from '../jobs/slots.js'
import type { EngineLogger } from '../logger.js'
import type { WebhookSender } from '../notifications/send-webhook.js'
import type { OAuthApps } from '../oauth/oauth-apps.js'
import type { OAuthFlows } from '../oauth/oauth-flows.js'
import type { createRevoker } from '../oauth/revoke-sign-in.js'
import type { StreamDescriptor } from '../protocol/messages.js'
import type { Actor, createActorStore } from '../store/actors.js'
import type { JobType } from '../store/jobs.js'
import type { ApplicationStore } from '../store/applications.js'
import type { CommandStore } from '../store/commands.js'
import type { createConnectionStore, ConnectionRow } from '../store/connections.js'
import type { Database, Queryable } from '../store/database.js'
import type { createDiscoveredStreamsStore } from '../store/discovered-streams.js'
import type { JobStore } from '../store/jobs.js'
import type { PermissionStore } from '../store/permissions.js'
import type { TagStore } from '../store/tags.js'
import type { createWorkspaceStore } from '../store/workspaces.js'
import type { DestinationKind } from './destination-kind.js'
import { Problem, unknownId } from './problem.js'

/** Everything a route may use. */
export interface Services {
  database: Database
  workspaces: ReturnType<typeof createWorkspaceStore>
  actors: ReturnType<typeof createActorStore>
  discovered: ReturnType<typeof createDiscoveredStreamsStore>
  connections: ReturnType<typeof createConnectionStore>
  jobs: JobStore
  queue: ReturnType<typeof createJobQueue>
  applications: ApplicationStore
  permissions: PermissionStore
  tags: TagStore
  /** Makes a connection's next job, or `undefined` where one is open. Default: a sync. */
  createJob(
    connection: ConnectionRow,
    tx: Queryable,
    jobType?: JobType,
    only?: StreamDescriptor[],
  ): Promise<number | undefined>
  /** Tells the worker that there is something to do. */
  wakeWorker(): void
  registry: ConnectorRegistry
  destinationKinds: DestinationKind[]
  sessions: ConnectorSessions
  oauth: OAuthFlows
  oauthApps: OAuthApps
  /** Ends a source's sign-in at the provider. */
  revoke: ReturnType<typeof createRevoker>
  commands: CommandStore
  commandWorker: CommandWorker
  /** Places for discovers: a connector that is asked holds one. */
  discoverSlots: Slots
  /** How long to wait for a source whose tokens somebody else is using or renewing, in milliseconds. */
  busyWaitMs: number
  webhooks: WebhookSender
  /** Where this engine says it is looked at. */
  airbyteUrl: string
  logger: EngineLogger
  now(): Date
}

export async function findWorkspace(services: Services, workspaceId: string) {
  const workspace = await services.workspaces.get(workspaceId)
  if (!workspace) throw unknownId('workspace')
  return workspace
}

export async function findSource(
  services: Services,
  sourceId: string,
): Promise<{ source: Actor; connector: Connector }> {
  const source = await services.actors.get('source', sourceId)
  if (!source) throw unknownId('source')
  return { source, connector: findConnector(services, source.definitionId) }
}

export function findConnector({ registry }: Services, definitionId: string): Connector {
  const connector = registry.get(definitionId)
  if (!connector)
    throw new Problem('value-not-found', `There is no source definition ${definitionId}.`, { value: definitionId })
  return connector
}

export function findDestinationKind({ destinationKinds }: Services, definitionId: string): DestinationKind {
  const kind = destinationKinds.find((it) => it.definitionId === definitionId)
  if (!kind) {
    const message = `There is no destination definition ${definitionId}.`
    throw new Problem('value-not-found', message, { value: definitionId })
  }
  return kind
}

export async function findConnection({ connections }: Services, connectionId: string): Promise<ConnectionRow> {
  const connection = await connections.get(connectionId)
  if (!connection) throw unknownId('connection')
  return connection
}
