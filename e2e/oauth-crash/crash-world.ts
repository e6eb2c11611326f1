// A proxy in a process of its own, to be killed, and around it what survives: PostgreSQL, the engine, Acme CRM. Both
// servers it asks stand behind gates, and its database has stops, so that the moment of the kill can be chosen.
import { randomBytes, randomUUID } from 'node:crypto'
import { mkdtemp, rm } from 'node:fs/promises'
import { createServer } from 'node:net'
import type { AddressInfo } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { createEngine, defaultConnectors } from '@opsai/engine'
import { startPostgres } from '@opsai/local-postgres'
import { type AcmeCrm, createAcmeCrm } from '@opsai/sandbox'
import pg from 'pg'
import { createProxyApi, type ProxyApi } from '../proxy-api.js'
import { endProcess, type ProxyProcess, startProcess } from '../two-proxies/two-proxies.js'
import { type DatabaseStops, setDatabaseStops } from './database-stops.js'
import { type Gate, startGate } from './gate.js'
import { toOwnApps } from './own-apps.js'

/** Whose OAuth app signs in: Airbyte's, or the operator's own at the proxy. */
export type Way = 'airbyte' | 'own app'

export interface Owner {
  tenantId: string
  token: string
  api: ProxyApi
}

export interface CrashWorld {
  way: Way
  /** Where the proxy listens whenever it does. */
  proxy: string
  host: ProxyApi
  airbyte: Gate
  acme: Gate
  stops: DatabaseStops
  /** How Acme CRM behaves, and what it saw. */
  control: AcmeCrm['control']
  newOwner(tenantId?: string): Promise<Owner>
  /** kill -9, and nothing of what was under way goes on. */
  kill(): Promise<void>
  /** On the same port; answers when it listens. */
  start(): Promise<void>
  /** Another one beside it, on the same databases; answers its address. */
  startSecond(): Promise<string>
  query<Row extends object>(sql: string, values?: unknown[]): Promise<Row[]>
  /** Of the engine's own database. */
  queryAirbyte<Row extends object>(sql: string, values?: unknown[]): Promise<Row[]>
  close(): Promise<void>
}

export const hostOrigin = 'http://host.test'
const app = { clientId: 'crashing', clientSecret: 'a secret of the operator', name: 'Crashing app' }
const newKey = () => randomBytes(32).toString('base64')

export async function startCrashWorld(way: Way): Promise<CrashWorld> {
  const dataDir = await mkdtemp(join(tmpdir(), 'opsai-oauth-crash-'))
  const postgres = await startPostgres({ dataDir, durable: false, settings: { max_connections: '200' } })
  const toUrl = (name: string) => Object.assign(new URL(postgres.url), { pathname: `/${name}` }).href
  for (const name of ['proxy', 'engine', 'warehouse']) await queryAt(postgres.url, `CREATE DATABASE ${name}`)
  const port = await findPort()
  const proxy = `http://127.0.0.1:${port}`
  const crm = createAcmeCrm({
    clients: [{ ...app, redirectUris: [`${proxy}/api/airbyte/oauth/callback/app/acme-crm`] }],
    records: { contacts: 5, companies: 2, deals: 3 },
    rateLimit: false,
    behaviour: { decision: 'allow' },
    codeSeconds: 600,
  })
  const acme = await startGate((request) => crm.fetch(request))
  const engine = await createEngine({
    databaseUrl: toUrl('engine'),
    encryptionKey: newKey(),
    connectors: defaultConnectors({ acmeCrmBaseUrl: acme.url }),
    oauthApps: way === 'airbyte' ? { 'acme-crm': app } : {},
    pollMs: 50,
  })
  const airbyte = await startGate((request) => engine.fetch(request))
  const hostKey = newKey()
  // What is stopped must not give up by itself before the kill.
  const patientMs = 300_000
  const options = {
    port,
    airbyte: { baseUrl: airbyte.url, timeoutMs: patientMs },
    upstream: { concurrency: 100, perTenant: 100, answerMs: patientMs },
    database: toUrl('proxy'),
    warehouse: toUrl('warehouse'),
    hostKey,
    encryptionKey: newKey(),
    publicUrl: proxy,
    returnUrls: [`${hostOrigin}/airbyte-return`],
    limits: { requestsPerSecond: 10_000, burst: 10_000 },
    ...(way === 'own app' && { oauthApps: toOwnApps(app, acme.url) }),
  }
  let running: ProxyProcess | undefined
  const start = async () => void (running = await startProcess('serve-proxy.mjs', options))
  await start()
  const others: ProxyProcess[] = []
  const stops = await setDatabaseStops(toUrl('proxy'))
  const host = createProxyApi(proxy, hostKey)

  const kill = async () => {
    const { child } = running ?? {}
    running = undefined
    if (!child || child.exitCode !== null) return
    const ended = new Promise((resolve) => child.once('exit', resolve))
    child.kill('SIGKILL')
    await ended
    await stops.drop()
    for (const gate of [airbyte, acme]) gate.drop()
  }

  return {
    way,
    proxy,
    host,
    airbyte,
    acme,
    stops,
    control: crm.control,
    newOwner: async (tenantId = `tenant-${randomUUID().slice(0, 8)}`) => {
      const { token } = await host('createSession', { body: { tenantId, userId: 'ada', origins: [hostOrigin] } })
      return { tenantId, token, api: createProxyApi(proxy, token) }
    },
    kill,
    start,
    startSecond: async () => {
      const second = await startProcess('serve-proxy.mjs', { ...options, port: 0 })
      others.push(second)
      return second.url
    },
    query: (sql, values) => queryAt(toUrl('proxy'), sql, values),
    queryAirbyte: (sql, values) => queryAt(toUrl('engine'), sql, values),
    close: async () => {
      await Promise.all(others.map(({ child }) => endProcess(child)))
      await kill()
      await stops.close()
      await airbyte.close()
      await engine.close()
      await acme.close()
      crm.close()
      await postgres.stop()
      await rm(dataDir, { recursive: true, force: true })
    },
  }
}

/** One that is free now; the proxy has to come back on the same. */
function findPort(): Promise<number> {
  const server = createServer()
  return new Promise((resolve, reject) => {
    server.once('error', reject)
    server.listen(0, '127.0.0.1', () => {
      const { port } = server.address() as AddressInfo
      server.close(() => resolve(port))
    })
  })
}

async function queryAt<Row extends object>(url: string, sql: string, values: unknown[] = []): Promise<Row[]> {
  const client = new pg.Client({ connectionString: url })
  await client.connect()
  try {
    return (await client.query(sql, values)).rows as Row[]
  } finally {
    await client.end()
  }
}
