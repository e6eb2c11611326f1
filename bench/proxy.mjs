// What the proxy costs over Airbyte's API asked directly: the same source read through both, in the same run, taking
// turns, the engine, the proxy and their caller each a process of its own. Tenants' rate limits are set out of the way.
import { execFileSync, fork } from 'node:child_process'
import { randomBytes } from 'node:crypto'
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { createAirbyteClient } from '@opsai/airbyte-client'
import { startPostgres } from '@opsai/local-postgres'
import pg from 'pg'
import { closedLoop, openLoop } from './proxy/load.mjs'

const seconds = Number(process.env.DURATION ?? 20)
const perSecond = Number(process.env.RATE ?? 200)
const callers = Number(process.env.CALLERS ?? 50)

const directory = await mkdtemp(join(tmpdir(), 'opsai-bench-'))
const postgres = await startPostgres({ dataDir: directory })
const admin = new pg.Client({ connectionString: postgres.url })
await admin.connect()
const [engineDatabase, database, warehouse] = ['engine', 'proxy', 'warehouse'].map(
  (name) => Object.assign(new URL(postgres.url), { pathname: `/${name}` }).href,
)
for (const name of ['engine', 'proxy', 'warehouse']) await admin.query(`CREATE DATABASE ${name}`)
await admin.end()

const newKey = () => randomBytes(32).toString('base64')
const start = async (file, options) => {
  const execArgv = process.env.CPU_PROF ? ['--cpu-prof', `--cpu-prof-dir=${process.env.CPU_PROF}`] : []
  const child = fork(new URL(`../e2e/two-proxies/${file}`, import.meta.url), [JSON.stringify(options)], { execArgv })
  const { url } = await heard(child)
  return { child, url }
}
const heard = (child) =>
  new Promise((resolve, reject) => {
    child.once('message', resolve)
    child.once('exit', (code) => reject(new Error(`a process of the bench ended with ${code}`)))
  })
const rssOf = ({ child }) => Math.round(Number(execFileSync('ps', ['-o', 'rss=', '-p', String(child.pid)])) / 1024)

const auth = { clientId: 'bench', clientSecret: randomBytes(16).toString('hex') }
const engine = await start('serve-engine.mjs', { databaseUrl: engineDatabase, encryptionKey: newKey(), auth })
const hostKey = newKey()
const proxy = await start('serve-proxy.mjs', {
  airbyte: { baseUrl: engine.url, auth: { kind: 'client', ...auth } },
  database,
  warehouse,
  hostKey,
  encryptionKey: newKey(),
  limits: { requestsPerSecond: 1_000_000, burst: 1_000_000 },
  upstream: { requestsPerSecond: 1_000_000, concurrency: 200, perTenant: 200 },
})

const post = async (path, token, body) => {
  const answer = await fetch(`${proxy.url}/api/airbyte${path}`, {
    method: 'POST',
    headers: { authorization: `Bearer ${token}`, 'content-type': 'application/json' },
    body: JSON.stringify(body),
  })
  if (!answer.ok) throw new Error(`POST ${path} answered ${answer.status}: ${await answer.text()}`)
  return answer.json()
}
const { token } = await post('/sessions', hostKey, { tenantId: 'bench', userId: 'one', origins: ['http://host.test'] })
const source = { tenantId: 'bench', sourceType: 'sample-data', name: 'Bench', configuration: { count: 10 } }
const { sourceId } = await post('/sources/create', token, source)

const airbyteToken = await fetch(`${engine.url}/api/public/v1/applications/token`, {
  method: 'POST',
  headers: { 'content-type': 'application/json' },
  body: JSON.stringify({
    client_id: auth.clientId,
    client_secret: auth.clientSecret,
    'grant-type': 'client_credentials',
  }),
}).then((answer) => answer.json())
await createAirbyteClient({ baseUrl: engine.url, auth: { kind: 'client', ...auth } }).sources.get(sourceId)

const targets = {
  direct: { url: `${engine.url}/api/public/v1/sources/${sourceId}`, token: airbyteToken.access_token },
  proxied: { url: `${proxy.url}/api/airbyte/sources/${sourceId}`, token },
}
for (const target of Object.values(targets)) await closedLoop(target, { callers, seconds: 3 }) // warm up

const results = {}
for (const [name, target] of Object.entries(targets)) {
  results[name] = { open: await openLoop(target, { perSecond, seconds }) }
}
for (const [name, target] of Object.entries(targets)) {
  results[name].closed = await closedLoop(target, { callers, seconds })
}

const { direct, proxied } = results
const round = (number) => Math.round(number * 100) / 100
const figures = {
  bench: 'proxy',
  rate: perSecond,
  seconds,
  callers,
  tenantLimits: 'out of the way',
  direct,
  proxied,
  overheadP50Ms: round(proxied.open.p50 - direct.open.p50),
  overheadP99Ms: round(proxied.open.p99 - direct.open.p99),
  ratioRequestsPerSecond: round(proxied.closed.perSecond / direct.closed.perSecond),
  errors: [direct, proxied].reduce((sum, { open, closed }) => sum + open.errors + closed.errors, 0),
  rssMiB: { engine: rssOf(engine), proxy: rssOf(proxy) },
}

console.log(
  `one source read at ${perSecond} requests/s for ${seconds} s (open loop), then by ${callers} callers (closed loop)`,
)
console.table({
  'engine asked directly': {
    ...direct.open,
    'requests/s': direct.closed.perSecond,
    'p99 at full load': direct.closed.p99,
  },
  'through the proxy': {
    ...proxied.open,
    'requests/s': proxied.closed.perSecond,
    'p99 at full load': proxied.closed.p99,
  },
})

for (const { child } of [proxy, engine]) {
  const ended = new Promise((resolve) => child.once('exit', resolve))
  child.kill('SIGTERM')
  await ended
}
await postgres.stop()
await rm(directory, { recursive: true, force: true })
console.log(JSON.stringify(figures))
