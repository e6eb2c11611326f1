// Everything real around a sign-in, once for many: PostgreSQL, the engine, Acme CRM, a proxy in a process of its own, and
// the host's sites in front of it.
import { randomBytes, randomUUID } from 'node:crypto'
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { defaultConnectors, listenEngine } from '@opsai/engine'
import { startPostgres } from '@opsai/local-postgres'
import { listenAcmeCrm, type ListeningAcmeCrm } from '@opsai/sandbox'
import pg from 'pg'
import { createProxyApi, type ProxyApi } from '../proxy-api.js'
import { type ProxyProcess, startProcess } from '../two-proxies/two-proxies.js'
import { type Gate, listenGate } from './gate.js'
import { type Sites, startSites, type Visitor } from './sites.js'

export interface OAuthWorld {
  sites: Sites
  acme: ListeningAcmeCrm
  /** The way from the proxy to Airbyte. */
  airbyte: Gate
  /** Somebody of a tenant of their own. */
  newVisitor(setup?: Partial<Visitor>): { visitor: Visitor; ticket: string }
  /** What a visitor's own session may ask the proxy. */
  apiOf(visitor: Visitor): Promise<ProxyApi>
  /** Sources of a tenant: as the proxy tells, and as Airbyte holds them in the tenant's workspace. */
  countSources(visitor: Visitor): Promise<{ atProxy: number; atAirbyte: number }>
  /** The proxy's own database. */
  query(sql: string, values?: unknown[]): Promise<Record<string, unknown>[]>
  /** Ends every session a visitor has, as the host's backend may. */
  endSessions(visitor: Visitor): Promise<void>
  /** kill -9; the sites answer 502 until it is started again. */
  killProxy(): Promise<void>
  startProxy(): Promise<void>
  /** Everybody behaves again, whatever the last story had them do. */
  reset(): Promise<void>
  close(): Promise<void>
}

const newKey = () => randomBytes(32).toString('base64')
const app = { clientId: 'oauth-e2e', clientSecret: 'a secret of the operator', name: 'Host app' }

export async function startOAuthWorld(): Promise<OAuthWorld> {
  const dataDir = await mkdtemp(join(tmpdir(), 'opsai-oauth-'))
  const postgres = await startPostgres({ dataDir, durable: false, settings: { max_connections: '200' } })
  const makeDatabase = async (name: string) => {
    await queryAt(postgres.url, `CREATE DATABASE ${name}`)
    return Object.assign(new URL(postgres.url), { pathname: `/${name}` }).href
  }
  const [database, engineDatabase, warehouse] = [
    await makeDatabase('proxy'),
    await makeDatabase('engine'),
    await makeDatabase('warehouse'),
  ]
  const hostKey = newKey()
  let proxy: ProxyProcess | undefined
  const sites = await startSites({ getProxy: () => proxy?.url, hostKey })
  const redirectUris = [sites.app, sites.proxy].map((own) => `${own}/api/airbyte/oauth/callback/app/acme-crm`)
  const acme = await listenAcmeCrm({
    port: 0,
    clients: [{ ...app, redirectUris }],
    apiKeys: [],
    records: { contacts: 30, companies: 5, deals: 10 },
    rateLimit: false,
  })
  const engine = await listenEngine({
    port: 0,
    databaseUrl: engineDatabase,
    encryptionKey: newKey(),
    connectors: defaultConnectors({ acmeCrmBaseUrl: acme.url }),
    oauthApps: { 'acme-crm': app },
    pollMs: 100,
    progressMs: 100,
  })
  const airbyte = await listenGate(engine.url)
  const options = {
    airbyte: { baseUrl: airbyte.url },
    database,
    warehouse,
    hostKey,
    encryptionKey: newKey(),
    returnUrls: [`${sites.app}/airbyte-return`],
  }
  const startProxy = async () => {
    proxy = await startProcess('serve-proxy.mjs', options)
  }
  const killProxy = async () => {
    const { child } = proxy ?? {}
    proxy = undefined
    if (!child || child.exitCode !== null) return
    const ended = new Promise((resolve) => child.once('exit', resolve))
    child.kill('SIGKILL')
    await ended
  }
  await startProxy()
  const host = () => createProxyApi(proxy?.url ?? '', hostKey)

  const apiOf = async ({ tenantId, userId }: Visitor) => {
    const { token } = await host()('createSession', { body: { tenantId, userId, origins: [sites.app] } })
    return createProxyApi(proxy?.url ?? '', token)
  }
  return {
    sites,
    acme,
    airbyte,
    newVisitor: (setup) => {
      const visitor: Visitor = {
        tenantId: `tenant-${randomUUID().slice(0, 8)}`,
        userId: 'ada',
        proxy: 'sameOrigin',
        openerPolicy: 'none',
        ...setup,
      }
      return { visitor, ticket: sites.admit(visitor) }
    },
    apiOf,
    countSources: async (visitor) => {
      const { sources } = await (await apiOf(visitor))('listConnectedSources')
      const { workspaceId } = await host()('getTenant', { params: { tenantId: visitor.tenantId } })
      const rows = await queryAt(
        engineDatabase,
        `SELECT 1 FROM airbyte_engine.actor WHERE workspace_id = $1 AND kind = 'source'`,
        [workspaceId],
      )
      return { atProxy: sources.length, atAirbyte: rows.length }
    },
    query: (sql, values) => queryAt(database, sql, values),
    endSessions: async ({ tenantId }) => {
      await host()('revokeSessions', { params: { tenantId } })
    },
    killProxy,
    startProxy,
    reset: async () => {
      acme.control.reset()
      sites.gate.clear()
      airbyte.clear()
      if (!proxy) await startProxy()
    },
    close: async () => {
      await killProxy()
      await sites.close()
      await airbyte.close()
      await engine.close()
      await acme.close()
      await postgres.stop()
      await rm(dataDir, { recursive: true, force: true })
    },
  }
}

async function queryAt(url: string, sql: string, values: unknown[] = []): Promise<Record<string, unknown>[]> {
  const client = new pg.Client({ connectionString: url })
  await client.connect()
  try {
    return (await client.query<Record<string, unknown>>(sql, values)).rows
  } finally {
    await client.end()
  }
}
