// Two proxies on one PostgreSQL and one Airbyte, each a process of its own, as behind a load balancer.
import { type ChildProcess, fork } from 'node:child_process'
import { randomBytes } from 'node:crypto'
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { startPostgres } from '@opsai/local-postgres'
import pg from 'pg'
import { startRecorder, type Recorder } from './recorder.js'

export interface ProxyProcess {
  url: string
  child: ChildProcess
}

export interface TwoProxies {
  a: ProxyProcess
  b: ProxyProcess
  hostKey: string
  /** Stands between the proxies and the engine and counts what they ask for. */
  recorder: Recorder
  /** A new proxy process on the same databases. */
  startProxy(options?: object): Promise<ProxyProcess>
  /** URL of a database of the same PostgreSQL, made when it is not there. */
  database(name: string): Promise<string>
  close(): Promise<void>
}

export async function startTwoProxies(options: object = {}): Promise<TwoProxies> {
  const dataDir = await mkdtemp(join(tmpdir(), 'opsai-two-'))
  const postgres = await startPostgres({ dataDir, durable: false, settings: { max_connections: '300' } })
  const database = async (name: string) => {
    const admin = new pg.Client({ connectionString: postgres.url })
    await admin.connect()
    const { rowCount } = await admin.query('SELECT 1 FROM pg_database WHERE datname = $1', [name])
    if (!rowCount) await admin.query(`CREATE DATABASE ${name}`)
    await admin.end()
    return Object.assign(new URL(postgres.url), { pathname: `/${name}` }).href
  }
  const children: ChildProcess[] = []
  const start = async (file: string, settings: object) => {
    const started = await startProcess(file, settings)
    children.push(started.child)
    return started
  }
  const engine = await start('serve-engine.mjs', {
    databaseUrl: await database('engine'),
    encryptionKey: newKey(),
    pollMs: 100,
    progressMs: 100,
  })
  const recorder = await startRecorder(engine.url)
  const hostKey = newKey()
  const kit = {
    airbyte: { baseUrl: recorder.url },
    database: await database('proxy'),
    warehouse: await database('warehouse'),
    hostKey,
    encryptionKey: newKey(),
    ...options,
  }
  const startProxy = (changes: object = {}) => start('serve-proxy.mjs', { ...kit, ...changes })
  const a = await startProxy()
  const b = await startProxy()
  return {
    a,
    b,
    hostKey,
    recorder,
    startProxy,
    database,
    close: async () => {
      await Promise.all(children.reverse().map(endProcess))
      await recorder.close()
      await postgres.stop()
      await rm(dataDir, { recursive: true, force: true })
    },
  }
}

const newKey = () => randomBytes(32).toString('base64')

/** One of this folder’s programs in a process of its own. */
export async function startProcess(file: string, settings: object): Promise<ProxyProcess> {
  const child = fork(new URL(file, import.meta.url), [JSON.stringify(settings)], {
    stdio: ['ignore', 'inherit', 'inherit', 'ipc'],
    execArgv: [], // as published: not by the source, as the tests themselves run
  })
  const { url } = await new Promise<{ url: string }>((resolve, reject) => {
    child.once('message', (message) => resolve(message as { url: string }))
    child.once('exit', (code) => reject(new Error(`${file} ended with ${code} before it listened`)))
  })
  return { url, child }
}

/** Asks a process to end as a platform does, and waits for it. */
export async function endProcess(child: ChildProcess): Promise<void> {
  if (child.exitCode !== null || child.signalCode !== null) return
  const ended = new Promise((resolve) => child.once('exit', resolve))
  child.kill('SIGTERM')
  await ended
}
