import { type AirbyteClient, type AirbyteClientOptions, createAirbyteClient } from '@opsai/airbyte-client'
import { pino } from 'pino'
import { createApp } from './app.js'
import { createConnectors } from './connectors/connectors.js'
import { createConnectionHandlers } from './handlers/connections.js'
import { createConnectorHandlers } from './handlers/connectors.js'
import { createFlowHandlers } from './handlers/flows.js'
import { createHealthHandlers } from './handlers/health.js'
import { createJobHandlers } from './handlers/jobs.js'
import { createSessionHandlers } from './handlers/sessions.js'
import { createSourceHandlers } from './handlers/sources.js'
import { createTenantHandlers } from './handlers/tenants.js'
import type { Handlers } from './http/handler.js'
import { createJobFeed } from './jobs/job-feed.js'
import { createLog, type Log } from './log.js'
import { parseSettings, type ServerOptions, type Settings } from './options.js'
import { createSealer } from './secrets/seal.js'
import type { Services } from './services.js'
import { createDatabase } from './store/database.js'
import { migrate } from './store/migrations.js'
import { listTenantSlugs } from './store/tenants.js'
import { startSweeping } from './sweep.js'
import { createTenants } from './tenants/tenants.js'
import { openWarehouse } from './warehouse/warehouse.js'

/** A running proxy: a function from requests to answers, for whatever serves HTTP. */
export interface Server {
  fetch(request: Request): Promise<Response>
  /** Ends streams, waits for work in the background and lets go of the databases. */
  close(): Promise<void>
}

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
  const airbyte = isClient(options.airbyte) ? options.airbyte : createAirbyteClient(options.airbyte)
  const db = createDatabase(settings.database, (error) => log.warn('database connection lost', { error }))
  await migrate(db)
  const warehouse = await openWarehouse({
    url: settings.warehouse ?? settings.database,
    ...(settings.warehousePublicUrl && { publicUrl: settings.warehousePublicUrl }),
    loadsUnderForcedRowSecurity: async () => (await airbyte.capabilities()).loadsUnderForcedRowSecurity,
    log,
  })
  const sealer = createSealer(settings.encryptionKey)
  const background = createBackground(log)
  const jobs = createJobFeed(airbyte, () =>
    background.run('guard new tables', async () => warehouse.guard(await listTenantSlugs(db))),
  )
  const services: Services = {
    settings,
    edition: settings.edition ?? editionOf(options.airbyte),
    airbyte,
    db,
    warehouse,
    sealer,
    tenants: createTenants({ db, airbyte, warehouse, sealer, log }),
    connectors: createConnectors(airbyte, settings, now),
    jobs,
    log,
    now,
    inBackground: background.run,
  }
  const app = createApp(createHandlers(services), services)
  const sweeping = startSweeping(services)
  return {
    fetch: async (request) => await app.fetch(request),
    close: async () => {
      sweeping.stop()
      jobs.close()
      await background.settle()
      await Promise.all([db.close(), warehouse.close()])
    },
  }
}

const createHandlers = (services: Services): Handlers => ({
  ...createHealthHandlers(services),
  ...createSessionHandlers(services),
  ...createTenantHandlers(services),
  ...createConnectorHandlers(services),
  ...createSourceHandlers(services),
  ...createConnectionHandlers(services),
  ...createJobHandlers(services),
  ...createFlowHandlers(services),
})

const isClient = (airbyte: AirbyteClient | AirbyteClientOptions): airbyte is AirbyteClient => 'workspaces' in airbyte

const editionOf = (airbyte: AirbyteClient | AirbyteClientOptions): Services['edition'] =>
  !isClient(airbyte) && new URL(airbyte.baseUrl).hostname === 'api.airbyte.com' ? 'cloud' : 'selfManaged'

const passwordOf = (url: string | undefined) =>
  url && URL.canParse(url) ? decodeURIComponent(new URL(url).password) : ''

const toKnownSecrets = ({ hostKey, encryptionKey, database, warehouse }: Settings) => [
  hostKey,
  encryptionKey,
  passwordOf(database),
  passwordOf(warehouse),
]

function createBackground(log: Log) {
  const running = new Set<Promise<void>>()
  return {
    run: (what: string, work: () => Promise<void>) => {
      const task = work()
        .catch((error: unknown) => log.error(`could not ${what}`, { error }))
        .finally(() => running.delete(task))
      running.add(task)
    },
    settle: async () => {
      while (running.size > 0) await Promise.all(running)
    },
  }
}
