// What an attacker finds: a host's site with the proxy on it, Acme CRM, and a site of the attacker's own. The proxy and
// Airbyte run in this process, so that a test can put a hostile one in Airbyte's place; browsers come over HTTP.
import { randomBytes, randomUUID } from 'node:crypto'
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { Flow } from '@opsai/contract'
import { createEngine, defaultConnectors, type Engine } from '@opsai/engine'
import { startPostgres } from '@opsai/local-postgres'
import { createServer, type Server, type ServerOptions } from '@opsai/server'
import pg from 'pg'
import { pino } from 'pino'
import { createAnswerChecker } from '../../.ci/openapi/answer-checker.js'
import { createProxyApi, type ProxyApi } from '../proxy-api.js'
import { type AcmeSite, startAcmeSite } from './acme-site.js'
import { cloudCallback } from './cloud-airbyte.js'
import { createPlainBrowser, type PlainBrowser, type StartFields } from './plain-browser.js'
import { type Sites, startSites } from './sites.js'

/** Somebody signed in at the host. */
export interface Person {
  tenantId: string
  userId: string
  /** A session of theirs at the proxy. */
  token: string
  api: ProxyApi
}

/** Where Airbyte sits. */
export interface AirbyteSeat {
  /** Path of every request that came. */
  asked: string[]
  /** Answers in Airbyte's place, or nothing where Airbyte itself shall. */
  instead: ((request: Request) => Response | undefined | Promise<Response | undefined>) | undefined
}

export interface AttackWorld {
  sites: Sites
  acme: AcmeSite
  engine: Engine
  hostKey: string
  /** Every line the proxies logged. */
  logLines: string[]
  /** Every line the engine logged. */
  engineLines: string[]
  airbyte: AirbyteSeat
  /** Somebody of a tenant of their own, or of another's. */
  newPerson(of?: Partial<Pick<Person, 'tenantId' | 'userId'>> & { origin?: string }): Promise<Person>
  newBrowser(): PlainBrowser
  /** Another proxy on the same database, asked in this process. */
  startProxy(changes: Partial<ServerOptions>): Promise<Server>
  /** The options all proxies here are made of. */
  options: ServerOptions
  readFlow(person: Person, flowId: string): Promise<Flow>
  waitForEnd(person: Person, flowId: string): Promise<Flow>
  /** Sources as the proxy's table and as Airbyte have them, of all tenants. */
  countSources(): Promise<{ atProxy: number; atAirbyte: number }>
  /** What the audit trail has of a flow. */
  auditOf(flowId: string): Promise<string[]>
  query<Row extends object>(sql: string, values?: unknown[]): Promise<Row[]>
  close(): Promise<void>
}

const newKey = () => randomBytes(32).toString('base64')
const app = { clientId: 'attacked', clientSecret: 'a secret of the operator', name: 'Attacked app' }
export const newFlowId = (): string => randomBytes(16).toString('base64url')

export const toStart = ({ token }: Person, flowId = newFlowId()): StartFields => ({
  sessionToken: token,
  flowId,
  sourceType: 'acme-crm',
})

export async function startAttackWorld(): Promise<AttackWorld> {
  const dataDir = await mkdtemp(join(tmpdir(), 'opsai-attacks-'))
  const postgres = await startPostgres({ dataDir, durable: false, settings: { max_connections: '200' } })
  const toUrl = (name: string) => Object.assign(new URL(postgres.url), { pathname: `/${name}` }).href
  for (const name of ['proxy', 'engine', 'warehouse']) await queryAt(postgres.url, `CREATE DATABASE ${name}`)
  const servers: Server[] = []
  const sites = await startSites({ getProxy: () => servers[0], getHost: () => host })
  const acme = await startAcmeSite({
    clients: [{ ...app, redirectUris: [`${sites.app}/api/airbyte/oauth/callback/app/acme-crm`, cloudCallback] }],
    records: { contacts: 10, companies: 2, deals: 3 },
    rateLimit: false,
    behaviour: { decision: 'allow' },
  })
  const engineLines: string[] = []
  const engine = await createEngine({
    logger: pino({ level: 'debug' }, { write: (line) => void engineLines.push(line) }),
    databaseUrl: toUrl('engine'),
    encryptionKey: newKey(),
    connectors: defaultConnectors({ acmeCrmBaseUrl: acme.url }),
    oauthApps: { 'acme-crm': app },
    pollMs: 50,
  })
  const checker = createAnswerChecker()
  const airbyte: AirbyteSeat = { asked: [], instead: undefined }
  const logLines: string[] = []
  const askAirbyte = async (request: Request) => {
    airbyte.asked.push(new URL(request.url).pathname)
    const instead = await airbyte.instead?.(request)
    if (instead) return instead
    const response = await engine.fetch(request)
    await checker.check(request, response)
    return response
  }
  const hostKey = newKey()
  const options: ServerOptions = {
    airbyte: { baseUrl: 'http://airbyte.test', fetch: askAirbyte },
    database: toUrl('proxy'),
    warehouse: toUrl('warehouse'),
    syncEvery: 'manual',
    hostKey,
    encryptionKey: newKey(),
    publicUrl: sites.app,
    returnUrls: [`${sites.app}/airbyte-return`],
    limits: { requestsPerSecond: 10_000, burst: 10_000 },
    logger: pino({ level: 'info' }, { write: (line) => void logLines.push(line) }),
  }
  servers.push(await createServer(options))
  const host = createProxyApi(`http://127.0.0.1:${new URL(sites.app).port}`, hostKey)
  const query = <Row extends object>(sql: string, values?: unknown[]) => queryAt<Row>(toUrl('proxy'), sql, values)

  return {
    sites,
    acme,
    engine,
    hostKey,
    logLines,
    engineLines,
    airbyte,
    options,
    newPerson: async ({ tenantId = `tenant-${randomUUID().slice(0, 8)}`, userId = 'ada', origin = sites.app } = {}) => {
      const { token } = await host('createSession', { body: { tenantId, userId, origins: [origin] } })
      return { tenantId, userId, token, api: createProxyApi(`http://127.0.0.1:${new URL(sites.app).port}`, token) }
    },
    newBrowser: () => createPlainBrowser({ proxy: sites.app }),
    startProxy: async (changes) => {
      const other = await createServer({ ...options, ...changes })
      servers.push(other)
      return other
    },
    readFlow: ({ api }, flowId) => api('getFlow', { params: { flowId } }),
    waitForEnd: async ({ api }, flowId) => {
      let flow = await api('getFlow', { params: { flowId } })
      while (flow.status === 'confirmed' || flow.status === 'creating')
        flow = await api('getFlow', { params: { flowId }, query: { wait: '10', since: flow.status } })
      return flow
    },
    countSources: async () => {
      const [atProxy] = await query<{ n: number }>('SELECT count(*)::int AS n FROM opsai.sources')
      const sql = `SELECT count(*)::int AS n FROM airbyte_engine.actor WHERE kind = 'source'`
      const [atAirbyte] = await queryAt<{ n: number }>(toUrl('engine'), sql)
      return { atProxy: atProxy?.n ?? NaN, atAirbyte: atAirbyte?.n ?? NaN }
    },
    auditOf: async (flowId) => {
      const sql = `SELECT action, facts FROM opsai.audit WHERE subject = $1 ORDER BY entry`
      const rows = await query<{ action: string; facts: { status?: string } }>(sql, [flowId])
      return rows.map(({ action, facts }) => (facts.status ? `${action} ${facts.status}` : action))
    },
    query,
    close: async () => {
      await sites.close()
      for (const each of servers.reverse()) await each.close()
      await engine.close()
      await acme.close()
      await postgres.stop()
      await rm(dataDir, { recursive: true, force: true })
    },
  }
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
