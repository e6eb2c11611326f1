// Rows a second from one PostgreSQL to another through the engine, as a ratio to the fastest way Postgres itself has:
// COPY … TO STDOUT | COPY … FROM STDIN, on the same data, in the same run, taking turns.
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { pipeline } from 'node:stream/promises'
import { defaultConnectors, runSync } from '@opsai/engine'
import { startPostgres } from '@opsai/local-postgres'
import pg from 'pg'
import copy from 'pg-copy-streams'

const rows = Number(process.env.ROWS ?? 200_000)
const rounds = Number(process.env.ROUNDS ?? 3)

const directory = await mkdtemp(join(tmpdir(), 'opsai-bench-'))
const postgres = await startPostgres({ dataDir: directory })
const inDatabase = (name) => Object.assign(new URL(postgres.url), { pathname: `/${name}` }).href
const asTuple = (url) => {
  const { hostname, port, username, password } = new URL(url)
  return { host: hostname, port: Number(port), username, password: decodeURIComponent(password) }
}
const connect = async (url) => {
  const client = new pg.Client({ connectionString: url })
  await client.connect()
  return client
}

const admin = await connect(postgres.url)
for (const name of ['source', 'target']) await admin.query(`CREATE DATABASE ${name}`)
await admin.end()

const source = await connect(inDatabase('source'))
await source.query(`CREATE TABLE events (
  id bigint PRIMARY KEY, user_id uuid NOT NULL, kind text NOT NULL, amount numeric(12,2), ok boolean,
  happened_at timestamptz NOT NULL, payload jsonb, note text)`)
await source.query(
  `INSERT INTO events SELECT i, gen_random_uuid(), (ARRAY['view','click','order'])[1 + i % 3], (i % 100000) / 100.0,
   i % 2 = 0, timestamptz '2026-01-01' + i * interval '1 second', jsonb_build_object('page', i % 50, 'ref', md5(i::text)),
   CASE WHEN i % 10 = 0 THEN NULL ELSE repeat('x', 40) END FROM generate_series(1, $1::int) i`,
  [rows],
)
const target = await connect(inDatabase('target'))
await target.query('CREATE SCHEMA tenant')
await target.query('CREATE SCHEMA tenant_raw')
await target.query(
  'CREATE TABLE copied (id bigint, user_id uuid, kind text, amount numeric, ok boolean, happened_at timestamptz, payload jsonb, note text)',
)

const byCopy = async () => {
  await target.query('TRUNCATE copied')
  const from = source.query(copy.to('COPY events TO STDOUT'))
  const into = target.query(copy.from('COPY copied FROM STDIN'))
  await pipeline(from, into)
}

const connector = defaultConnectors({}).find((one) => one.sourceType === 'postgres')
const config = {
  ...asTuple(postgres.url),
  database: 'source',
  schemas: ['public'],
  ssl_mode: { mode: 'disable' },
  replication_method: { method: 'Standard' },
}
const context = { signal: new AbortController().signal, fetch, now: () => new Date() }
const [discovered] = await connector.discover(config, context)

const byEngine = async (round) => {
  const result = await runSync({
    connector,
    config,
    streams: [
      {
        name: 'events',
        namespace: 'public',
        syncMode: 'full_refresh_overwrite',
        jsonSchema: discovered.json_schema,
        primaryKey: [['id']],
        generationId: round + 1,
        minimumGenerationId: round + 1,
      },
    ],
    destination: {
      ...asTuple(postgres.url),
      database: 'target',
      schema: 'tenant',
      raw_data_schema: 'tenant_raw',
      ssl_mode: { mode: 'disable' },
    },
    connectionId: '11111111-1111-4111-8111-111111111111',
    jobId: round + 1,
    prefix: '',
    context,
    onProgress() {},
  })
  if (result.status !== 'succeeded') throw new Error(JSON.stringify(result))
}

const timed = async (work) => {
  const began = performance.now()
  await work()
  return (performance.now() - began) / 1000
}

const times = { copy: [], engine: [] }
let errors = 0
for (let round = 0; round < rounds; round++) {
  times.copy.push(await timed(byCopy))
  times.engine.push(await timed(() => byEngine(round)))
  const { rows: counted } = await target.query('SELECT count(*)::int AS n FROM tenant.events')
  if (counted[0].n !== rows) errors++
}
const median = (list) => [...list].sort((a, b) => a - b)[Math.floor(list.length / 2)]
const perSecond = (seconds) => Math.round(rows / seconds)
const figures = {
  bench: 'postgres-to-postgres',
  rows,
  rounds,
  errors,
  copyRowsPerSecond: perSecond(median(times.copy)),
  engineRowsPerSecond: perSecond(median(times.engine)),
  ratioToCopy: Number((median(times.copy) / median(times.engine)).toFixed(3)),
  rssMiB: Math.round(process.memoryUsage().rss / 2 ** 20),
}
console.table(times)
await source.end()
await target.end()
await postgres.stop()
await rm(directory, { recursive: true, force: true })
console.log(JSON.stringify(figures))
if (errors > 0) process.exitCode = 1
