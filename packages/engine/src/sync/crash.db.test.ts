// `kill -9` at random moments, with a real process, until the sync gets through: no row lost, none twice.
import { spawn } from 'node:child_process'
import { mkdir, rm } from 'node:fs/promises'
import { join } from 'node:path'
import { createInterface } from 'node:readline'
import { setTimeout as delay } from 'node:timers/promises'
import { fileURLToPath } from 'node:url'
import { build } from 'esbuild'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { postgresUrl } from '../../../../.ci/test-postgres.js'
import type { SyncMode } from './run-sync.js'
import type { TestDatabase } from './test/world.js'
import { createTestDatabase } from './test/world.js'

// Beside this package's dependencies, so that a plain Node finds them.
const scratch = fileURLToPath(new URL('../../node_modules/.opsai-sync-crash-test', import.meta.url))
const program = join(scratch, 'sync.mjs')
const rows = { keyed: 40_000, keyless: 15_000 }

let source: TestDatabase
let destination: TestDatabase

beforeAll(async () => {
  await mkdir(scratch, { recursive: true })
  const contents = `
    import { syncOnce } from './test/world.js'
    const say = (fact) => process.stdout.write(JSON.stringify(fact) + '\\n')
    say({ status: 'started' })
    const onProgress = (streams) => say({
      emitted: streams.reduce((sum, { recordsEmitted }) => sum + recordsEmitted, 0),
      committed: streams.reduce((sum, { recordsCommitted }) => sum + recordsCommitted, 0),
    })
    const { status, failure } = await syncOnce({ ...JSON.parse(process.argv[2]), onProgress })
    say({ status, failure })`
  await build({
    stdin: { contents, resolveDir: fileURLToPath(new URL('.', import.meta.url)), loader: 'ts' },
    bundle: true,
    platform: 'node',
    format: 'esm',
    packages: 'external',
    outfile: program,
  })
  source = await createTestDatabase(postgresUrl(), 'crash_source')
  destination = await createTestDatabase(postgresUrl(), 'crash_destination')
  // Ten rows share each moment, so that places between rows of one cursor value are met too.
  await source.client.query(`
    CREATE TABLE keyed (id uuid PRIMARY KEY, n int, updated_at timestamptz, filler text);
    INSERT INTO keyed SELECT gen_random_uuid(), n, timestamptz '2024-01-01' + n / 10 * interval '1 s', repeat('x', 900)
      FROM generate_series(1, ${rows.keyed}) AS n;
    CREATE TABLE keyless (n int, updated_at timestamptz, filler text);
    INSERT INTO keyless SELECT n, timestamptz '2024-01-01' + n / 10 * interval '1 s', repeat('y', 300)
      FROM generate_series(1, ${rows.keyless}) AS n`)
})
afterAll(async () => {
  await source?.drop()
  await destination?.drop()
  await rm(scratch, { recursive: true, force: true })
})

type Fact = { status: string } | { emitted: number; committed: number }

/** When to kill: told what the sync says, and how many rows were committed when it started. */
type Moment = (fact: Fact, committedBefore: number) => boolean

const anyTime: Moment = (fact) => 'status' in fact
const afterCommit: Moment = (fact, before) => 'committed' in fact && fact.committed > before
const nearTheEnd: Moment = (fact) => 'emitted' in fact && fact.emitted > rows.keyed - 6_000

interface Kill {
  moment: Moment | undefined
  /** The longest wait after any moment, in milliseconds. */
  reach: number
}

/** Runs the sync in a process of its own, killed a random instant after the moment. */
async function runChild(
  options: object,
  committedBefore: number,
  { moment, reach }: Kill,
): Promise<'killed' | 'succeeded'> {
  const child = spawn(process.execPath, [program, JSON.stringify(options)], { stdio: ['ignore', 'pipe', 'inherit'] })
  let last: Fact | undefined
  let killing = false
  createInterface({ input: child.stdout }).on('line', (line) => {
    last = JSON.parse(line) as Fact
    if (killing || !moment?.(last, committedBefore)) return
    killing = true
    void delay(Math.random() * (moment === anyTime ? reach : reach / 10)).then(() => child.kill('SIGKILL'))
  })
  const signal = await new Promise((resolve) => child.once('close', (_, by) => resolve(by)))
  if (signal === 'SIGKILL') return 'killed'
  expect(last).toEqual({ status: 'succeeded' })
  return 'succeeded'
}

interface Crashing {
  mode: SyncMode
  jobId: number
  streams: string[]
  schema: string
  rawSchema: string
  reach: number
}

/** A sync can be done before its second kill, on a quick machine: then it begins anew and is killed sooner. */
async function crashTwiceUntilDone(crashing: Omit<Crashing, 'reach'>): Promise<{ kills: number; resumed: number }> {
  for (let reach = 600; ; reach /= 2) {
    const outcome = await crashUntilDone({ ...crashing, reach })
    if (outcome.kills > 1 || reach < 10) return outcome
    for (const schema of new Set([crashing.schema, crashing.rawSchema])) {
      await destination.client.query(`DROP SCHEMA IF EXISTS ${schema} CASCADE`)
    }
  }
}

async function crashUntilDone({ rawSchema, reach, ...sync }: Crashing): Promise<{ kills: number; resumed: number }> {
  const to = { config: { ...destination.config, raw_data_schema: rawSchema } }
  const options = { ...sync, source: { config: source.config }, destination: to, connectionId: sync.schema }
  let kills = 0
  let resumed = 0
  for (const moment of [anyTime, afterCommit, nearTheEnd, afterCommit, anyTime, nearTheEnd, undefined]) {
    const before = await committedRows(rawSchema)
    if ((await runChild(options, before, { moment, reach })) === 'succeeded') break
    kills += 1
    if (before > 0) resumed += 1
  }
  return { kills, resumed }
}

async function committedRows(schema: string): Promise<number> {
  const { rows: found } = await destination.client.query('SELECT to_regclass($1) AS name', [
    `${schema}._airbyte_stream_state`,
  ])
  if (!found[0].name) return 0
  const { rows: sums } = await destination.client.query(
    `SELECT coalesce(sum(committed_records), 0)::int AS sum FROM ${schema}._airbyte_stream_state`,
  )
  return sums[0].sum
}

async function countsOf(schema: string, table: string) {
  const { rows: counts } = await destination.client.query(
    `SELECT count(*)::int AS rows, count(DISTINCT n)::int AS different, sum(n)::text AS sum FROM ${schema}.${table}`,
  )
  return counts[0]
}

async function tablesIn(schema: string): Promise<string[]> {
  const { rows: names } = await destination.client.query(
    'SELECT tablename FROM pg_tables WHERE schemaname = $1 ORDER BY 1',
    [schema],
  )
  return names.map(({ tablename }) => tablename)
}

const exactly = (count: number) => ({ rows: count, different: count, sum: String((count * (count + 1)) / 2) })

test.each<[SyncMode, 'one schema' | 'a raw schema', string[], number]>([
  ['full_refresh_overwrite', 'one schema', ['keyed', 'keyless'], 1],
  ['full_refresh_append', 'one schema', ['keyed', 'keyless'], 2],
  ['incremental_append', 'one schema', ['keyed'], 3],
  ['incremental_deduped_history', 'one schema', ['keyed'], 4],
  ['full_refresh_overwrite', 'a raw schema', ['keyed', 'keyless'], 5],
  ['full_refresh_append', 'a raw schema', ['keyed', 'keyless'], 6],
  ['incremental_append', 'a raw schema', ['keyed'], 7],
  ['incremental_deduped_history', 'a raw schema', ['keyed'], 8],
])('%s into %s survives being killed', async (mode, schemas, streams, jobId) => {
  const schema = `${mode}_${jobId}`
  const rawSchema = schemas === 'one schema' ? schema : `${schema}_raw`
  const { kills, resumed } = await crashTwiceUntilDone({ mode, jobId, streams, schema, rawSchema })
  console.log(`${mode}: killed ${kills} times, gone on ${resumed} times from rows committed before`)
  expect(await countsOf(schema, 'keyed')).toEqual(exactly(rows.keyed))
  if (streams.includes('keyless')) expect(await countsOf(schema, 'keyless')).toEqual(exactly(rows.keyless))
  expect(await tablesIn(schema)).toEqual(schema === rawSchema ? ['_airbyte_stream_state', ...streams] : streams)
  expect(await tablesIn(rawSchema)).toEqual(schema === rawSchema ? expect.anything() : ['_airbyte_stream_state'])
  expect(kills).toBeGreaterThan(1)
})
