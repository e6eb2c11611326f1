import type { Connector } from './connector/connector.js'
import { createConnectorRegistry } from './connector/registry.js'
import { brokenOutput, runCommand, type CommandInput } from './api/config/run-command.js'
import { announceAnswers } from './announce-answers.js'
import { createApp } from './app.js'
import type { Credentials } from './api/access.js'
import { postgresDestination } from './api/destination-kind.js'
import type { Services } from './api/services.js'
import { createCommandWorker, type CommandWorker } from './jobs/command-worker.js'
import { createConnectorSessions } from './jobs/connector-session.js'
import { createJobMaker } from './jobs/create-job.js'
import { createJobQueue } from './jobs/job-queue.js'
import { createJobWorker } from './jobs/job-worker.js'
import { defaultRetryPolicy, type RetryPolicy } from './jobs/retry-policy.js'
import { createScheduler } from './jobs/scheduler.js'
import { createSlots } from './jobs/slots.js'
import { errorFacts, silentLogger, type EngineLogger } from './logger.js'
import type { PrivateAddresses } from './load/postgres-connection.js'
import { createNotifier } from './notifications/notify-ended.js'
import { createWebhookSender } from './notifications/send-webhook.js'
import { createOAuthApps, type OAuthApp } from './oauth/oauth-apps.js'
import { createOAuthFlows } from './oauth/oauth-flows.js'
import { createRevoker } from './oauth/revoke-sign-in.js'
import { createSourceTokens } from './oauth/source-tokens.js'
import { createTokensFor } from './oauth/tokens-for.js'
import { createJobRunner } from './run-job.js'
import { createSealer } from './secrets/sealer.js'
import { createActorStore } from './store/actors.js'
import { createApplicationStore } from './store/applications.js'
import { createCommandStore } from './store/commands.js'
import { createConnectionStore } from './store/connections.js'
import { openDatabase } from './store/database.js'
import { createDiscoveredStreamsStore } from './store/discovered-streams.js'
import { createJobStore } from './store/jobs.js'
import { createLocks } from './store/locks.js'
import { migrate } from './store/migrate.js'
import { createOAuthStore } from './store/oauth.js'
import { createPermissionStore } from './store/permissions.js'
import { createSourceTokenStore } from './store/source-tokens.js'
import { createTagStore } from './store/tags.js'
import { createWorkspaceStore } from './store/workspaces.js'

export interface EngineOptions {
  /**
   * The Postgres that keeps the engine's own state, in its schema `airbyte_engine`. Direct or through a session
   * pooler: a transaction pooler would lose the locks.
   */
  databaseUrl: string
  /** 32 bytes in base64 that configurations and tokens are sealed with: `openssl rand -base64 32`. */
  encryptionKey: string
  /** The connectors on offer. Default: all that come with the engine. */
  connectors?: Connector[]
  /** Apps registered at providers, by source type: what lets users sign in without bringing their own. */
  oauthApps?: Record<string, OAuthApp>
  /** The application id and secret clients must have. Default: none, whoever reaches the engine may use it. */
  auth?: Credentials
  /** Syncs at a time in this process. Default 4. */
  maxConcurrentSyncs?: number
  /** When a failed attempt is tried again. Default as Airbyte: see {@link RetryPolicy}. */
  retry?: Partial<RetryPolicy>
  /** How often to look for jobs that the clock or other processes brought, in milliseconds. Default 500. */
  pollMs?: number
  /** How often a running job stores its progress, in milliseconds. Default 500. */
  progressMs?: number
  /** How long a connector may take to stop, in milliseconds, before it is left to itself. Default 5,000. */
  stopGraceMs?: number
  /** How long a call waits for a source whose tokens are in use, in milliseconds, before it answers 409. Default 20,000. */
  busyWaitMs?: number
  /** Whether webhooks of workspaces may go to private networks; `refused` where strangers choose the address. Default allowed. */
  privateAddresses?: PrivateAddresses
  /** Where this engine is looked at: in `instance_configuration` and in the links of notifications. Default `http://localhost:8000`, Airbyte's own. */
  airbyteUrl?: string
  /** What connectors and sign-ins send requests with. Default: the global `fetch`. */
  fetch?: typeof globalThis.fetch
  /** Default: says nothing. */
  logger?: EngineLogger
}

export interface Engine {
  /** Answers like a self-managed Airbyte, below `/api/public/v1` and `/api/v1`. */
  fetch(request: Request): Response | Promise<Response>
  /** Stops running syncs so that they go on at the next start, and closes all connections. */
  close(): Promise<void>
}

const maxConcurrentCommands = 5
/** As many as a self-managed Airbyte has threads for. */
const maxConcurrentDiscovers = 5

/**
 * An Airbyte inside this process: its API, its job queue, and connectors that really run and load into Postgres.
 * Any number of engines may share one database. Throws where the database can't be reached or the key is wrong.
 *
 * @example
 * const engine = await createEngine({ databaseUrl, encryptionKey })
 * const airbyte = createAirbyteClient({ baseUrl: 'http://engine', fetch: engine.fetch })
 * await airbyte.health()
 */
export async function createEngine(options: EngineOptions): Promise<Engine> {
  const { databaseUrl, encryptionKey, logger = silentLogger, maxConcurrentSyncs = 4 } = options
  const fetch = options.fetch ?? ((input, init) => globalThis.fetch(input, init))
  const now = () => new Date()
  const sealer = createSealer(encryptionKey)
  const database = openDatabase(databaseUrl, (error) => logger.warn(errorFacts(error), 'a database connection broke'))
  try {
    await migrate(database, sealer)
  } catch (error) {
    await database.end()
    throw error
  }

  // A sync and a command hold two locks each at most: their own, and their source's.
  const locks = createLocks(databaseUrl, 2 * maxConcurrentSyncs + 2 * maxConcurrentCommands + 8)
  const registry = createConnectorRegistry(options.connectors)
  const actors = createActorStore(database, sealer)
  const connections = createConnectionStore(database)
  const jobs = createJobStore(database)
  const queue = createJobQueue(database, jobs, { ...defaultRetryPolicy, ...options.retry })
  const oauthStore = createOAuthStore(database, sealer)
  const oauthApps = createOAuthApps(oauthStore, options.oauthApps ?? {})
  const oauth = createOAuthFlows({ store: oauthStore, apps: oauthApps, fetch })
  const tokenStore = createSourceTokenStore(database, sealer)
  const sourceTokens = createSourceTokens({ database, actors, store: tokenStore, apps: oauthApps, fetch, now, logger })
  const tokensFor = createTokensFor({ sourceTokens, apps: oauthApps, fetch, now })
  const complete = oauthApps.fillIn
  const sessions = createConnectorSessions({ database, actors, locks, tokensFor, complete, fetch, now })
  const createJob = createJobMaker(jobs)
  const workspaces = createWorkspaceStore(database)
  const webhooks = createWebhookSender({ privateAddresses: options.privateAddresses ?? 'allowed' })
  const airbyteUrl = options.airbyteUrl ?? 'http://localhost:8000'
  const worker = createJobWorker({
    afterAttempt: createNotifier({ jobs, connections, actors, workspaces, webhooks, airbyteUrl, logger }),
    jobs,
    queue,
    locks,
    runJob: createJobRunner({ connections, actors, registry, sessions }),
    beforeRound: createScheduler({ database, connections, createJob, now, logger }),
    maxConcurrent: maxConcurrentSyncs,
    pollMs: options.pollMs ?? 500,
    progressMs: options.progressMs ?? 500,
    stopGraceMs: options.stopGraceMs ?? 5_000,
    logger,
  })
  const commands = createCommandStore(database, sealer)
  const commandWorker: CommandWorker = createCommandWorker({
    commands,
    locks,
    run: (_command, input, signal) => runCommand(services, input as unknown as CommandInput, signal),
    broken: brokenOutput,
    maxConcurrent: maxConcurrentCommands,
    pollMs: options.pollMs ?? 500,
    stopGraceMs: options.stopGraceMs ?? 5_000,
    logger,
  })
  const services: Services = {
    database,
    workspaces,
    actors,
    discovered: createDiscoveredStreamsStore(database),
    connections,
    jobs,
    queue,
    applications: createApplicationStore(database, sealer),
    permissions: createPermissionStore(database),
    tags: createTagStore(database),
    createJob,
    wakeWorker: worker.wake,
    registry,
    destinationKinds: [postgresDestination],
    sessions,
    commands,
    commandWorker,
    discoverSlots: createSlots(maxConcurrentDiscovers),
    busyWaitMs: options.busyWaitMs ?? 20_000,
    webhooks,
    airbyteUrl,
    oauth,
    oauthApps,
    revoke: createRevoker({ actors, store: tokenStore, apps: oauthApps, fetch }),
    logger,
    now,
  }
  const app = createApp({ services, auth: options.auth, encryptionKey })
  worker.start()
  commandWorker.start()

  let closing: Promise<void> | undefined
  return {
    fetch: announceAnswers((request) => app.fetch(request)),
    close: () =>
      (closing ??= Promise.all([worker.stop(), commandWorker.stop()])
        .then(() => sourceTokens.close())
        .then(() => locks.close())
        .then(() => database.end())),
  }
}
