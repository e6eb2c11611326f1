import type { Connector } from './connector/connector.js'
import { createConnectorRegistry } from './connector/registry.js'
import { createApp } from './app.js'
import type { Credentials } from './api/access.js'
import { postgresDestination } from './api/destination-kind.js'
import type { Services } from './api/services.js'
import { createConnectorSessions } from './jobs/connector-session.js'
import { createJobMaker } from './jobs/create-job.js'
import { createJobQueue } from './jobs/job-queue.js'
import { createJobWorker } from './jobs/job-worker.js'
import { defaultRetryPolicy, type RetryPolicy } from './jobs/retry-policy.js'
import { createScheduler } from './jobs/scheduler.js'
import { errorFacts, silentLogger, type EngineLogger } from './logger.js'
import { createOAuthFlows, type OAuthApp } from './oauth/oauth-flows.js'
import { createJobRunner } from './run-job.js'
import { createSealer } from './secrets/sealer.js'
import { createActorStore } from './store/actors.js'
import { createConnectionStore } from './store/connections.js'
import { openDatabase } from './store/database.js'
import { createDiscoveredStreamsStore } from './store/discovered-streams.js'
import { createJobStore } from './store/jobs.js'
import { createLocks } from './store/locks.js'
import { migrate } from './store/migrate.js'
import { createOAuthStore } from './store/oauth.js'
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

  const locks = createLocks(databaseUrl, 2 * maxConcurrentSyncs + 8)
  const registry = createConnectorRegistry(options.connectors)
  const actors = createActorStore(database, sealer)
  const connections = createConnectionStore(database)
  const jobs = createJobStore(database)
  const queue = createJobQueue(database, jobs, { ...defaultRetryPolicy, ...options.retry })
  const sessions = createConnectorSessions({ database, actors, locks, fetch, now })
  const createJob = createJobMaker(jobs)
  const worker = createJobWorker({
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
  const services: Services = {
    database,
    workspaces: createWorkspaceStore(database),
    actors,
    discovered: createDiscoveredStreamsStore(database),
    connections,
    jobs,
    queue,
    createJob,
    wakeWorker: worker.wake,
    registry,
    destinationKinds: [postgresDestination],
    sessions,
    oauth: createOAuthFlows({ store: createOAuthStore(database, sealer), apps: options.oauthApps ?? {}, fetch }),
    logger,
    now,
  }
  const app = createApp({ services, auth: options.auth, encryptionKey })
  worker.start()

  let closing: Promise<void> | undefined
  return {
    fetch: (request) => app.fetch(request),
    close: () =>
      (closing ??= worker
        .stop()
        .then(() => locks.close())
        .then(() => database.end())),
  }
}
