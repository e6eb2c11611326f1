// The demo's own pages and backend around a proxy that makes apps, in this process; a deployer that copies and serves
// stands in for the build, which takes a minute.
import { randomBytes } from 'node:crypto'
import { mkdtemp, readFile, rm } from 'node:fs/promises'
import type { AddressInfo } from 'node:net'
import { tmpdir } from 'node:os'
import { extname, join, normalize } from 'node:path'
import { serve } from '@hono/node-server'
import { createEngine, defaultConnectors } from '@opsai/engine'
import { startPostgres } from '@opsai/local-postgres'
import { createServer } from '@opsai/server'
import pg from 'pg'
import { pino } from 'pino'
import { createHost } from '../../examples/vite-react/server/host.js'
import { createFolderDeployer, type FolderDeployer } from '../../packages/server/src/test/folder-deployer.js'

const dist = new URL('../../examples/vite-react/dist/', import.meta.url).pathname
const types: Record<string, string> = { '.html': 'text/html', '.js': 'text/javascript', '.css': 'text/css' }
const ada = {
  userId: 'ada',
  name: 'Ada Lovelace',
  tenantId: 'northwind',
  company: 'Northwind Traders',
  businessProfile: { industry: 'retail', size: '11-50', type: 'b2c' },
}

export interface SmallHost {
  url: string
  hostKey: string
  deployer: FolderDeployer
  /** Every request a page made, with its headers. */
  asked: Request[]
  close(): Promise<void>
}

export async function startSmallHost(): Promise<SmallHost> {
  const dataDir = await mkdtemp(join(tmpdir(), 'opsai-small-host-'))
  const postgres = await startPostgres({ dataDir: join(dataDir, 'postgres'), durable: false })
  const admin = new pg.Client({ connectionString: postgres.url })
  await admin.connect()
  for (const name of ['proxy', 'engine', 'warehouse']) await admin.query(`CREATE DATABASE ${name}`)
  await admin.end()
  const named = (name: string) => Object.assign(new URL(postgres.url), { pathname: `/${name}` }).href
  const newKey = () => randomBytes(32).toString('base64')
  const engine = await createEngine({
    databaseUrl: named('engine'),
    encryptionKey: newKey(),
    connectors: defaultConnectors({ acmeCrmBaseUrl: 'http://127.0.0.1:9' }),
    pollMs: 50,
  })
  const hostKey = newKey()
  const deployer = await createFolderDeployer()
  const proxy = await createServer({
    airbyte: { baseUrl: 'http://engine.test', fetch: (request: Request) => engine.fetch(request) },
    database: named('proxy'),
    warehouse: named('warehouse'),
    hostKey,
    encryptionKey: newKey(),
    apps: { deployer, directory: join(dataDir, 'apps'), template: { 'package.json': '{"name":"app"}' }, quietMs: 300 },
    logger: pino({ level: 'silent' }),
  })
  const asked: Request[] = []
  const answer = async (request: Request): Promise<Response> => {
    const { pathname, origin } = new URL(request.url)
    if (pathname.startsWith('/api/airbyte/')) return await proxy.fetch(request)
    asked.push(request)
    const host = createHost({ airbyte: proxy.fetch, hostKey, origin })
    if (pathname === '/api/me') return Response.json({ user: ada, users: [ada] })
    if (pathname === '/api/hints') return Response.json(null)
    if (pathname === '/api/session') return Response.json(await host.mintSession(ada))
    if (pathname === '/api/env') return new Response(await host.readEnv(ada))
    if (pathname === '/api/app')
      return Response.json(await (request.method === 'POST' ? host.makeApp(ada) : host.findApp(ada)))
    return await readPage(pathname)
  }
  const server = serve({ fetch: answer, port: 0, hostname: '127.0.0.1' })
  await new Promise<void>((resolve) => server.once('listening', resolve))
  return {
    url: `http://localhost:${(server.address() as AddressInfo).port}`,
    hostKey,
    deployer,
    asked,
    async close() {
      await proxy.close()
      server.close()
      await deployer.stopAll()
      await engine.close()
      await postgres.stop()
      await rm(dataDir, { recursive: true, force: true })
    },
  }
}

async function readPage(pathname: string): Promise<Response> {
  const path = extname(pathname) ? normalize(pathname) : '/index.html'
  const body = await readFile(join(dist, path)).catch(() => undefined)
  if (!body) return new Response(null, { status: 404 })
  return new Response(new Uint8Array(body), { headers: { 'content-type': types[extname(path)] ?? 'image/svg+xml' } })
}
