import { pino } from 'pino'
import { openAdviser } from './adviser/open-adviser.js'
import { createApp } from './app.js'
import { startApps } from './apps/apps.js'
import { inspectWithoutAirbyte } from './config/inspect-oauth-apps.js'
import { createConnectors } from './connectors/connectors.js'
import { createOutbound } from './egress/outbound.js'
import { createAppHandlers } from './handlers/apps.js'
import { createAuditHandlers } from './handlers/audit.js'
import { createConnectionHandlers } from './handlers/connections.js'
import { createConnectorHandlers } from './handlers/connectors.js'
import { createFlowHandlers } from './handlers/flows.js'
import { createHealthHandlers } from './handlers/health.js'
import { createJobHandlers } from './handlers/jobs.js'
import { createReconnectLinkHandlers } from './handlers/reconnect-links.js'
import { createSessionHandlers } from './handlers/sessions.js'
import { createSourceHandlers } from './handlers/sources.js'
import { createTenantHandlers } from './handlers/tenants.js'
import { createWebhookHandlers } from './handlers/webhooks.js'
import type { Handlers } from './http/handler.js'
import { createTenantLimit } from './http/tenant-limit.js'
import { createJobFeed } from './jobs/job-feed.js'
import { createLifecycle } from './lifecycle.js'
import { createLog, type Log } from './log.js'
import { createFlowFeed } from './oauth/flow-feed.js'
import { parseSettings, type ServerOptions, type Settings } from './options.js'
import { provisionRedis } from './redis/provision-redis.js'
import { createRedisAdmin } from './redis/redis.js'
import { noteSecrets, noteSpecs } from './secrets/note-secrets.js'
import { openSealer } from './secrets/open-sealer.js'
import type { Services } from './services.js'
import { createLiveStreams } from './session/live-streams.js'
import { createStorage } from './storage/storage.js'
import { createDatabase } from './store/database.js'
import { migrate } from './store/migrations.js'
import { addUsedJob } from './store/usage.js'
import { startReaping } from './reap.js'
import { startSweeping } from './sweep.js'
import { provisionDestination } from './tenants/provision-destination.js'
import { provisionWarehouse } from './tenants/provision-warehouse.js'
import { provisionWorkspace } from './tenants/provision-workspace.js'
import { createTenants } from './tenants/tenants.js'
import { editionOf, guardUpstream, openUpstream } from './upstream/upstream.js'
import { openWarehouse } from './warehouse/warehouse.js'
import { createOnJob, startWebhooks } from './webhooks/webhooks.js'

/** A running proxy: a function from requests to answers, for whatever serves HTTP. */
export interface Server {
  fetch(request: Request): Promise<Response>
  /**
   * Stops without losing anything: from now on health answers 503 `stopping` and new work is refused with `Retry-After`,
   * streams end and their pages come back elsewhere, what has begun is waited for, then the databases are let go.
   * On SIGTERM: `await server.close()` while the port still listens, so that load balancers see it, then close the port.
   *
   * @param options.deadlineMs how long to wait for what has begun. Default: 10,000
   */
  close(options?: { deadlineMs?: number }): Promise<void>
}

const CLOSE_WITHIN_MS = 10_000

/**
 * The proxy between your customers' browsers and Airbyte. Brings its database up to date, installs the guard in the
 * warehouse and takes up what an earlier process left unfinished; any number may run on one database.
 *
 * @throws TypeError naming each option that is missing or wrong
 * @example
 * const server = await createServer({ airbyte: { baseUrl }, database, hostKey, encryptionKey })
 * serve({ fetch: server.fetch, port: 4400 }) // @hono/node-server; README.md has Express and Next.js
 */
export async function createServer(options: ServerOptions): Promise<Server> {
  const settings = parseSettings(options)
  const log = createLog(options.logger ?? pino({ name: 'opsai' }), toKnownSecrets(settings))
  const now = options.now ?? (() => new Date())
  const edition = settings.edition ?? editionOf(options.airbyte)
  const upstream = openUpstream(options.airbyte, { ...settings.upstream, edition }, log)
  const db = createDatabase(settings.database, (error) => log.warn('database connection lost', { error }))
  await migrate(db)
  const airbyte = guardUpstream(upstream.client, db, log)
  const warehouse = await openWarehouse({
    url: settings.warehouse ?? settings.database,
    ...(settings.warehousePublicUrl && { publicUrl: settings.warehousePublicUrl }),
    loadsUnderForcedRowSecurity: async () => (await airbyte.capabilities()).loadsUnderForcedRowSecurity,
    log,
  })
  const sealer = await openSealer(db, settings)
  const background = createBackground(log)
  const onJob = createOnJob({ settings, db, warehouse })
  const jobs = createJobFeed(
    airbyte,
    (job) => background.run('follow the end of a sync', () => onJob(job)),
    (job) => background.run('note what a sync used', () => addUsedJob(db, job)),
  )
  const flows = createFlowFeed(db, now)
  const streams = createLiveStreams(db, now)
  const lifecycle = createLifecycle()
  const storage = settings.storage && createStorage(settings.storage)
  const redis = settings.redis && createRedisAdmin(settings.redis)
  const upstreamReach = { db, airbyte, organizationId: settings.organizationId, inBackground: background.run }
  const outbound = createOutbound()
  const open: Omit<Services, 'apps'> = {
    settings,
    edition,
    airbyte,
    db,
    warehouse,
    sealer,
    tenants: createTenants({
      db,
      sealer,
      log,
      provisioners: [
        provisionWarehouse(warehouse),
        provisionWorkspace(upstreamReach),
        provisionDestination(upstreamReach, warehouse.address),
        ...(storage ? [storage.provisioner] : []),
        ...(redis && settings.redis ? [provisionRedis(redis, settings.redis)] : []),
      ],
      inBackground: background.run,
      appsReach: settings.apps && settings.apps.deployer.target !== 'local' ? 'public' : 'this machine',
      removeApp: (tenantId, signal) => services.apps.remove(tenantId, signal),
    }),
    connectors: noteSpecs(createConnectors(airbyte, settings, now, log)),
    outbound,
    adviser: openAdviser(settings.adviser, outbound, log),
    jobs,
    flows,
    streams,
    lifecycle,
    onJob,
    limit: createTenantLimit(db, { perSecond: settings.limits.requestsPerSecond, burst: settings.limits.burst }),
    log,
    now,
    inBackground: background.run,
  }
  const services = await withApps(open)
  const app = createApp(noteSecrets(createHandlers(services)), services)
  const sweeping = startSweeping(services)
  const reaping = startReaping(services)
  const webhooks = await startWebhooks(services)
  for (const { status, ...app } of inspectWithoutAirbyte(settings.oauthApps))
    if (status !== 'usable') log.warn('an OAuth app may be of no use', app)
  return {
    fetch: (request) => lifecycle.run(async () => await app.fetch(request)),
    close: async ({ deadlineMs = CLOSE_WITHIN_MS } = {}) => {
      const deadline = performance.now() + deadlineMs
      const left = () => Math.max(0, deadline - performance.now())
      log.info('stopping')
      lifecycle.stop()
      sweeping.stop()
      reaping.stop()
      webhooks.stop()
      services.apps.stop()
      jobs.close()
      flows.close()
      streams.close()
      if ((await lifecycle.settle(left())) === 'late') log.warn('stopped in the middle of requests')
      if ((await background.settle(left())) === 'late') log.warn('stopped in the middle of work in the background')
      await webhooks.close()
      await services.apps.close()
      await Promise.all([
        db.close(),
        warehouse.close(),
        upstream.close(),
        outbound.close(),
        storage?.close(),
        redis?.close(),
      ])
    },
  }
}

/** What looks after apps works with all the rest. */
async function withApps(open: Omit<Services, 'apps'>): Promise<Services> {
  const services = open as Services
  services.apps = await startApps(services, open.settings.apps)
  return services
}

const createHandlers = (services: Services): Handlers => ({
  ...createAppHandlers(services),
  ...createAuditHandlers(services),
  ...createHealthHandlers(services),
  ...createSessionHandlers(services),
  ...createTenantHandlers(services),
  ...createConnectorHandlers(services),
  ...createSourceHandlers(services),
  ...createConnectionHandlers(services),
  ...createJobHandlers(services),
  ...createFlowHandlers(services),
  ...createReconnectLinkHandlers(services),
  ...createWebhookHandlers(services),
})

const passwordOf = (url: string | undefined) =>
  url && URL.canParse(url) ? decodeURIComponent(new URL(url).password) : ''

const toKnownSecrets = ({
  hostKey,
  encryptionKey,
  oldEncryptionKeys,
  webhooks,
  database,
  warehouse,
  oauthApps,
  redis,
  storage,
  adviser,
}: Settings) => [
  hostKey,
  encryptionKey,
  ...oldEncryptionKeys,
  webhooks?.secret ?? '',
  webhooks?.previousSecret ?? '',
  passwordOf(database),
  passwordOf(warehouse),
  ...Object.values(oauthApps).map(({ clientSecret }) => clientSecret),
  passwordOf(redis?.url),
  adviser?.openai?.apiKey ?? '',
  adviser?.claude?.apiKey ?? '',
  ...(storage?.kind === 's3' ? [storage.secretAccessKey] : []),
  ...(storage?.kind === 'supabase' ? [storage.anonKey, storage.serviceRoleKey] : []),
]

function createBackground(log: Log) {
  const lifecycle = createLifecycle()
  return {
    run: (what: string, work: () => Promise<void>) => {
      void lifecycle.run(() => work().catch((error: unknown) => log.error(`could not ${what}`, { error })))
    },
    settle: (deadlineMs: number) => lifecycle.settle(deadlineMs),
  }
}
