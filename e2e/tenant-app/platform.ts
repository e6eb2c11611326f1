// A platform with one tenant's tools behind it: engine, proxy, Acme CRM and a shop's PostgreSQL, all real, in this process.
import { randomBytes } from 'node:crypto'
import { mkdtemp, readFile, rm } from 'node:fs/promises'
import { createServer, type Server } from 'node:http'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { getRequestListener } from '@hono/node-server'
import type { ConnectionStream } from '@opsai/contract'
import { createEngine, defaultConnectors } from '@opsai/engine'
import { startPostgres } from '@opsai/local-postgres'
import { fillCustomerDatabase, listenAcmeCrm } from '@opsai/sandbox'
import { createServer as createProxy } from '@opsai/server'
import pg from 'pg'
import { pino } from 'pino'
import { openSession, waitForJob } from '../proxy-api.js'

export interface Platform {
  url: string
  hostKey: string
  /** A session of the tenant's. */
  session: Awaited<ReturnType<typeof openSession>>
  warehouse: pg.Client
  shop: pg.Client
  /** What a person types into the PostgreSQL form. */
  shopConfiguration: Record<string, unknown>
  acmeKey: string
  /** What PostgreSQL has logged so far. */
  databaseLog(): Promise<string>
  close(): Promise<void>
}

export async function startPlatform(tenantId: string): Promise<Platform> {
  const dataDir = await mkdtemp(join(tmpdir(), 'opsai-platform-'))
  const postgres = await startPostgres({ dataDir, durable: false, settings: { log_line_prefix: '[%u] ' } })
  const named = (database: string) => Object.assign(new URL(postgres.url), { pathname: `/${database}` }).href
  const admin = await connect(postgres.url)
  for (const name of ['proxy', 'engine', 'warehouse', 'shop']) await admin.query(`CREATE DATABASE ${name}`)
  const { readerUrl } = await fillCustomerDatabase(named('shop'))
  const acmeKey = `acme_key_${randomBytes(12).toString('hex')}`
  const acme = await listenAcmeCrm({ port: 0, clients: [], apiKeys: [acmeKey], rateLimit: false })
  const engine = await createEngine({
    databaseUrl: named('engine'),
    encryptionKey: randomBytes(32).toString('base64'),
    connectors: defaultConnectors({ acmeCrmBaseUrl: acme.url }),
    pollMs: 100,
  })
  const hostKey = randomBytes(32).toString('base64url')
  const proxy = await createProxy({
    airbyte: { baseUrl: 'http://engine.test', fetch: (request: Request) => engine.fetch(request) },
    database: named('proxy'),
    warehouse: named('warehouse'),
    hostKey,
    encryptionKey: randomBytes(32).toString('base64'),
    logger: pino({ level: 'silent' }),
  })
  const { url, server } = await listen(proxy.fetch)
  const clients = [admin, await connect(named('warehouse')), await connect(named('shop'))]
  const reader = new URL(readerUrl)
  return {
    url,
    hostKey,
    session: await openSession(url, hostKey, tenantId),
    warehouse: clients[1]!,
    shop: clients[2]!,
    acmeKey,
    shopConfiguration: {
      host: '127.0.0.1',
      port: Number(reader.port),
      database: 'shop',
      schemas: ['public'],
      username: reader.username,
      password: reader.password,
      ssl_mode: { mode: 'disable' },
      replication_method: { method: 'Standard' },
    },
    databaseLog: () => readFile(join(dataDir, 'postgres.log'), 'utf8'),
    async close() {
      server.closeAllConnections()
      await new Promise((resolve) => server.close(resolve))
      await proxy.close()
      await engine.close()
      await acme.close()
      for (const client of clients) await client.end()
      await postgres.stop()
      await rm(dataDir, { recursive: true, force: true })
    },
  }
}

async function connect(connectionString: string): Promise<pg.Client> {
  const client = new pg.Client({ connectionString })
  await client.connect()
  return client
}

async function listen(
  fetch: (request: Request) => Response | Promise<Response>,
): Promise<{ url: string; server: Server }> {
  const server = createServer(getRequestListener(fetch))
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  const { port } = server.address() as { port: number }
  return { url: `http://127.0.0.1:${port}`, server }
}

export interface Wish {
  tenantId: string
  sourceType: string
  name: string
  configuration: Record<string, unknown>
}

/** Makes a source and a connection of all its streams: deduplicated where they can be. Answers both ids. */
export async function connectAll(
  { session: { api } }: Platform,
  { tenantId, sourceType, name, configuration }: Wish,
): Promise<{ sourceId: string; connectionId: string }> {
  const source = await api('createSource', { body: { tenantId, sourceType, name, configuration } })
  if (!('sourceId' in source)) throw new Error(`${sourceType} wants a sign-in`)
  const { sourceId } = source
  const { streams } = await api('sampleSource', { body: { sourceId, limit: 0 } })
  const chosen = streams.map(({ name: stream, namespace, syncModes, cursorField, primaryKey }): ConnectionStream => {
    const canMerge = syncModes.includes('incremental_deduped_history')
    return {
      name: stream,
      ...(namespace && { namespace }),
      syncMode: canMerge ? 'incremental_deduped_history' : 'full_refresh_overwrite',
      ...(cursorField && canMerge && { cursorField }),
      ...(primaryKey && canMerge && { primaryKey }),
    }
  })
  const { connectionId } = await api('createConnection', { body: { sourceId, name, streams: chosen } })
  return { sourceId, connectionId }
}

export async function sync({ session: { api } }: Platform, connectionId: string): Promise<void> {
  const job = await waitForJob(api, (await api('syncConnection', { params: { connectionId } })).jobId)
  if (job.status !== 'succeeded') throw new Error(`the sync ${job.status}: ${JSON.stringify(job)}`)
}
