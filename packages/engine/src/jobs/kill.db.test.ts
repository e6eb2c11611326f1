// `kill -9` of the real engine process at random moments, until the job gets through: it goes on by itself within
// seconds of the next start, no row is lost and none is twice.
import { spawn, type ChildProcess } from 'node:child_process'
import { mkdir, rm } from 'node:fs/promises'
import { createInterface } from 'node:readline'
import { fileURLToPath } from 'node:url'
import { createAirbyteClient, type AirbyteClient } from '@opsai/airbyte-client'
import { build } from 'esbuild'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { makeTestDatabase } from '../test/test-database.js'
import { testKey, until } from '../test/test-engine.js'

// Beside this package's dependencies, so that a plain Node finds them.
const scratch = fileURLToPath(new URL('../../node_modules/.opsai-engine-kill-test', import.meta.url))
const program = `${scratch}/main.mjs`
const users = 60_000
const kills = 5

let child: ChildProcess | undefined

beforeAll(async () => {
  await mkdir(scratch, { recursive: true })
  await build({
    entryPoints: [fileURLToPath(new URL('../main.ts', import.meta.url))],
    bundle: true,
    platform: 'node',
    format: 'esm',
    conditions: ['opsai-source'],
    external: ['pg', 'pg-*', 'pino', 'hono', '@hono/*', 'zod', 'p-retry', '@cfworker/*'],
    outfile: program,
  })
})
afterAll(async () => {
  child?.kill('SIGKILL')
  await rm(scratch, { recursive: true, force: true })
})

/** Starts the process; answers a client once it says that it is ready. */
async function startProcess(databaseUrl: string): Promise<AirbyteClient> {
  const started = spawn(process.execPath, [program], {
    env: {
      PATH: process.env.PATH,
      OPSAI_ENGINE_DATABASE_URL: databaseUrl,
      OPSAI_ENGINE_ENCRYPTION_KEY: testKey,
      OPSAI_ENGINE_PORT: '0',
    },
    stdio: ['ignore', 'pipe', 'inherit'],
  })
  child = started
  for await (const line of createInterface({ input: started.stdout })) {
    const { msg, url } = JSON.parse(line) as { msg: string; url?: string }
    if (msg !== 'engine ready' || !url) continue
    started.stdout.resume()
    return createAirbyteClient({ baseUrl: url })
  }
  throw new Error('The engine ended before it was ready.')
}

async function killProcess() {
  const ended = new Promise((resolve) => child?.once('exit', resolve))
  child?.kill('SIGKILL')
  await ended
}

it(`survives ${kills} kills`, { timeout: 180_000 }, async () => {
  const database = await makeTestDatabase('engine')
  const warehouse = await makeTestDatabase('warehouse')
  let airbyte = await startProcess(database.url)

  const { workspaceId } = await airbyte.workspaces.create({ name: 'acme' })
  const definitions = await airbyte.definitions.sources.list({ workspaceId })
  const definitionId = definitions.find((it) => it.name === 'Sample data')?.sourceDefinitionId ?? ''
  const source = await airbyte.sources.create({ workspaceId, name: 'S', definitionId, configuration: { count: users } })
  const destination = await airbyte.destinations.create({
    workspaceId,
    name: 'D',
    definitionId: '25c5221d-dce2-4163-ade9-739ef790f503',
    configuration: { ...warehouse.configuration, schema: 'public' },
  })
  const { connectionId } = await airbyte.connections.create({
    name: 'C',
    sourceId: source.sourceId,
    destinationId: destination.destinationId,
    streams: [
      { name: 'users', syncMode: 'incremental_append' },
      { name: 'products', syncMode: 'full_refresh_overwrite' },
    ],
  })
  const { jobId } = await airbyte.jobs.create({ connectionId, jobType: 'sync' })

  const resumedAfter: number[] = []
  for (let round = 1; round <= kills; round += 1) {
    await new Promise((resolve) => setTimeout(resolve, 30 + Math.random() * 400))
    await killProcess()
    airbyte = await startProcess(database.url)
    const ready = Date.now()
    await until(
      async () =>
        (await airbyte.jobs.detail(jobId)).attempts.length > round ||
        (await airbyte.jobs.get(jobId)).status === 'succeeded',
    )
    resumedAfter.push(Date.now() - ready)
  }

  const job = await until(async () => {
    const found = await airbyte.jobs.get(jobId)
    return (found.status === 'succeeded' || found.status === 'failed') && found
  }, 90_000)
  expect(job).toMatchObject({ status: 'succeeded', rowsSynced: users + 100 })
  expect(await warehouse.query('SELECT count(*)::int AS rows, count(DISTINCT id)::int AS ids FROM users')).toEqual([
    { rows: users, ids: users },
  ])
  expect(await warehouse.query('SELECT count(*)::int AS rows FROM products')).toEqual([{ rows: 100 }])
  expect(Math.max(...resumedAfter)).toBeLessThan(5_000)
  const { attempts } = await airbyte.jobs.detail(jobId)
  console.log(`${attempts.length} attempts; resumed ${resumedAfter.join(', ')} ms after the engine was ready`)
  await killProcess()
})
