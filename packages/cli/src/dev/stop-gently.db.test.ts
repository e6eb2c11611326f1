// The example's own server, as a process: told to stop in the middle of work, it finishes that and ends by itself.
import { type ChildProcess, spawn } from 'node:child_process'
import { randomBytes, randomUUID } from 'node:crypto'
import { mkdtemp, readFile, rm } from 'node:fs/promises'
import { createServer, type Server } from 'node:http'
import { type AddressInfo, connect } from 'node:net'
import { join } from 'node:path'
import { listenEngine, type ListeningEngine } from '@opsai/engine'
import { build } from 'esbuild'
import pg from 'pg'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { postgresUrl } from '../../../../.ci/test-postgres.js'

const root = new URL('../../../../', import.meta.url).pathname
const names = [0, 1].map(() => `stop_test_${randomUUID().slice(0, 8)}`)
const hostKey = randomBytes(32).toString('base64url')
let folder: string
let engine: ListeningEngine
let front: Server
let env: Record<string, string>
/** How long Airbyte takes to answer, in milliseconds. */
let slowMs = 0

const toUrl = (name: string) => Object.assign(new URL(postgresUrl()), { pathname: `/${name}` }).href

/** What the server's own package brings; not all of it can be bundled. */
async function listDependencies(): Promise<string[]> {
  const manifest = await readFile(join(root, 'packages/server/package.json'), 'utf8')
  const { dependencies } = JSON.parse(manifest) as { dependencies: Record<string, string> }
  return Object.keys(dependencies).filter((name) => !name.startsWith('@opsai/'))
}

async function admin(statement: string): Promise<void> {
  const client = new pg.Client({ connectionString: postgresUrl() })
  await client.connect()
  await client.query(statement).finally(() => client.end())
}

async function freePort(): Promise<number> {
  const server = createServer()
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  const { port } = server.address() as AddressInfo
  await new Promise((resolve) => server.close(resolve))
  return port
}

beforeAll(async () => {
  for (const name of names) await admin(`CREATE DATABASE ${name}`)
  const [kit = '', ofEngine = ''] = names
  engine = await listenEngine({
    port: 0,
    databaseUrl: toUrl(ofEngine),
    encryptionKey: randomBytes(32).toString('base64'),
  })
  front = createServer((request, response) => {
    const chunks: Buffer[] = []
    request
      .on('data', (chunk: Buffer) => chunks.push(chunk))
      .on('end', () => {
        const body = chunks.length > 0 ? { body: Buffer.concat(chunks) } : {}
        const headers = { 'content-type': 'application/json' }
        setTimeout(() => {
          fetch(engine.url + (request.url ?? ''), { method: request.method ?? 'GET', headers, ...body })
            .then(async (answer) => response.writeHead(answer.status, headers).end(await answer.text()))
            .catch(() => response.destroy())
        }, slowMs)
      })
  })
  await new Promise<void>((resolve) => front.listen(0, '127.0.0.1', resolve))
  // Below the server's own node_modules, where everything it needs is found.
  folder = await mkdtemp(join(root, 'packages/server/node_modules/.stop-test-'))
  await build({
    entryPoints: [join(root, 'examples/vite-react/server/main.ts')],
    outfile: join(folder, 'main.mjs'),
    bundle: true,
    platform: 'node',
    format: 'esm',
    packages: 'bundle',
    external: [...(await listDependencies()), 'hono/*', '@hono/*'],
    conditions: ['opsai-source'],
    logLevel: 'silent',
  })
  env = {
    PATH: process.env.PATH ?? '',
    AIRBYTE_API_URL: `http://127.0.0.1:${(front.address() as AddressInfo).port}`,
    DATABASE_URL: toUrl(kit),
    OPSAI_HOST_KEY: hostKey,
    OPSAI_ENCRYPTION_KEY: randomBytes(32).toString('base64'),
    LOG_LEVEL: 'silent',
  }
})
afterAll(async () => {
  front?.close()
  await engine?.close()
  if (folder) await rm(folder, { recursive: true, force: true })
  for (const name of names) await admin(`DROP DATABASE IF EXISTS ${name} WITH (FORCE)`)
})

async function start(): Promise<{ child: ChildProcess; url: string; ended: Promise<number | null> }> {
  const port = await freePort()
  const child = spawn(process.execPath, [join(folder, 'main.mjs')], {
    cwd: join(root, 'examples/vite-react'),
    env: { ...env, PORT: String(port) },
    stdio: 'inherit',
  })
  const ended = new Promise<number | null>((resolve) => child.once('exit', resolve))
  const url = `http://127.0.0.1:${port}`
  await expect
    .poll(
      () =>
        fetch(`${url}/api/airbyte/health`).then(
          ({ ok }) => ok,
          () => false,
        ),
      { timeout: 30_000 },
    )
    .toBe(true)
  return { child, url, ended }
}

test.each(['SIGTERM', 'SIGINT'] as const)(
  '%s: what has begun is answered, the process ends with 0 in time',
  async (signal) => {
    slowMs = 0
    const { child, url, ended } = await start()
    // Somebody who connected and says nothing must not keep it, either.
    const idle = connect(Number(new URL(url).port), '127.0.0.1').on('error', () => {})
    slowMs = 300
    const begun = fetch(`${url}/api/airbyte/tenants/tenant-${signal.toLowerCase()}`, {
      method: 'PUT',
      headers: { authorization: `Bearer ${hostKey}`, 'content-type': 'application/json' },
    })
    await new Promise((resolve) => setTimeout(resolve, 400))
    const toldAt = performance.now()
    child.kill(signal)
    expect((await begun).status).toBe(200)
    expect(await ended).toBe(0)
    expect(performance.now() - toldAt).toBeLessThan(10_000)
    idle.destroy()
    await expect(fetch(`${url}/api/airbyte/health`)).rejects.toThrow()
  },
)

test('work that never ends does not keep it: it ends with 0 within 10 seconds', async () => {
  slowMs = 0
  const { child, url, ended } = await start()
  slowMs = 60_000
  const stuck = fetch(`${url}/api/airbyte/tenants/stuck`, {
    method: 'PUT',
    headers: { authorization: `Bearer ${hostKey}`, 'content-type': 'application/json' },
  }).catch(() => undefined)
  await new Promise((resolve) => setTimeout(resolve, 400))
  const toldAt = performance.now()
  child.kill('SIGTERM')
  expect(await ended).toBe(0)
  expect(performance.now() - toldAt).toBeLessThan(10_000)
  await stuck
})
