// Everything a tenant is made of, each peer real and in a process of its own, and a gate before each: PostgreSQL, the engine
// as Airbyte, an S3 with IAM and Redis where the machine has them.
import { type ChildProcess, fork } from 'node:child_process'
import { randomBytes } from 'node:crypto'
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { startPostgres } from '@opsai/local-postgres'
import pg from 'pg'
import { hasRedis, startRedis } from '../../packages/server/src/test/redis-server.js'
import { hasS3, startS3 } from '../../packages/server/src/test/s3-server.js'
import { type Gate, openGate, type Peer, type Watcher } from './gate.js'

export interface ProxyProcess {
  url: string
  kill(): void
}

const newKey = () => randomBytes(32).toString('base64')

export type TenantWorld = Awaited<ReturnType<typeof startTenantWorld>>

export async function startTenantWorld() {
  const dataDir = await mkdtemp(join(tmpdir(), 'opsai-tenants-'))
  const postgres = await startPostgres({
    dataDir: join(dataDir, 'postgres'),
    durable: false,
    settings: { max_connections: '300' },
  })
  const urlOf = (database: string) => Object.assign(new URL(postgres.url), { pathname: `/${database}` }).href
  const admin = new pg.Client({ connectionString: postgres.url })
  await admin.connect()
  for (const name of ['proxy', 'warehouse', 'engine']) await admin.query(`CREATE DATABASE ${name}`)
  const children = new Set<ChildProcess>()
  const engine = await launch('serve-engine.mjs', { databaseUrl: urlOf('engine'), encryptionKey: newKey() }, children)
  const s3 = hasS3 ? await startS3() : undefined
  const redis = hasRedis ? await startRedis() : undefined

  const watcher: Watcher = { current: undefined }
  const gates: Gate[] = []
  /** The same URL, by way of the gate. */
  const through = async (peer: Peer, url: string) => {
    const target = new URL(url)
    const gate = await openGate(peer, { host: target.hostname, port: Number(target.port) }, watcher)
    gates.push(gate)
    return Object.assign(target, { hostname: '127.0.0.1', port: String(gate.port) }).href.replace(/\/$/, '')
  }
  const hostKey = newKey()
  const options = {
    airbyte: { baseUrl: await through('airbyte', engine.url) },
    database: await through('database', urlOf('proxy')),
    warehouse: await through('warehouse', urlOf('warehouse')),
    hostKey,
    encryptionKey: newKey(),
    storage: s3
      ? {
          kind: 's3',
          bucket: 'tenants',
          endpoint: await through('storage', s3.endpoint),
          accessKeyId: s3.accessKeyId,
          secretAccessKey: s3.secretAccessKey,
          tenantKeys: 'iam',
        }
      : { kind: 'local', folder: join(dataDir, 'files') },
    ...(redis && { redis: { url: await through('redis', redis.url) } }),
  }
  const startProxy = async (): Promise<ProxyProcess> => {
    const { url, child } = await launch('serve-proxy.mjs', options, children)
    return { url, kill: () => void child.kill('SIGKILL') }
  }
  const call = (proxy: ProxyProcess, method: string, path: string) =>
    fetch(`${proxy.url}/api/airbyte${path}`, {
      method,
      headers: { authorization: `Bearer ${hostKey}`, 'content-type': 'application/json' },
      ...(method === 'POST' && { body: '{}' }),
    })
  return {
    watcher,
    startProxy,
    call,
    engineUrl: engine.url,
    s3,
    redis,
    filesDir: join(dataDir, 'files'),
    sql: async <T extends pg.QueryResultRow>(database: 'proxy' | 'warehouse', text: string, values: unknown[] = []) => {
      const client = new pg.Client({ connectionString: urlOf(database) })
      await client.connect()
      return (await client.query<T>(text, values).finally(() => client.end())).rows
    },
    close: async () => {
      for (const child of children) child.kill('SIGKILL')
      await Promise.all(gates.map((gate) => gate.close()))
      await s3?.stop()
      await redis?.stop()
      await admin.end()
      await postgres.stop()
      await rm(dataDir, { recursive: true, force: true })
    },
  }
}

async function launch(file: string, settings: object, children: Set<ChildProcess>) {
  const child = fork(new URL(`../two-proxies/${file}`, import.meta.url), [JSON.stringify(settings)], {
    stdio: ['ignore', 'ignore', 'ignore', 'ipc'],
    execArgv: [],
  })
  children.add(child)
  child.once('exit', () => children.delete(child))
  const { url } = await new Promise<{ url: string }>((resolve, reject) => {
    child.once('message', (message) => resolve(message as { url: string }))
    child.once('exit', (code) => reject(new Error(`${file} ended with ${code} before it listened`)))
  })
  return { url, child }
}
