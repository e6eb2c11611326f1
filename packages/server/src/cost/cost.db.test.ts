// What a connection is said to cost, before and after, on the real chain: samples and syncs tell, and nothing else does.
import { type Estimate, type Usage } from '@opsai/contract'
import { afterAll, beforeAll, beforeEach, expect, test, vi } from 'vitest'
import { createRecorder, type Recorder } from '../test/recorder.js'
import { createWorld, query, type World } from '../test/world.js'
import { findUnused } from './read-usage.js'

let world: World
let recorder: Recorder
let token: string
beforeAll(async () => {
  world = await createWorld({ syncEvery: '24h' })
  recorder = createRecorder(world)
  await world.restart({ airbyte: recorder.airbyte })
  token = await world.newSession('acme')
})
beforeEach(() => {
  recorder.seen.length = 0
})
afterAll(() => world.close())

const ask = async <T>(name: Parameters<World['call']>[0], parts: Parameters<World['call']>[1] = {}) => {
  const answer = await world.call(name, { token, ...parts })
  const text = await answer.text()
  if (!answer.ok) throw new Error(`${name} answered ${answer.status}: ${text}`)
  return JSON.parse(text) as T
}
const configuration = { credentials: { auth_type: 'api_key', api_key: 'acme_key_test' } }
const streams = [
  { name: 'contacts', syncMode: 'incremental_deduped_history' as const },
  { name: 'companies', syncMode: 'full_refresh_overwrite' as const },
]
const connectSource = async () =>
  (
    await ask<{ sourceId: string }>('createSource', {
      body: { tenantId: 'acme', sourceType: 'acme-crm', name: 'CRM', configuration },
    })
  ).sourceId
const estimate = (sourceId: string) => ask<Estimate>('estimateConnection', { body: { sourceId, streams } })
const sync = async (connectionId: string) => {
  const { jobId } = await ask<{ jobId: string }>('syncConnection', { params: { connectionId }, body: {} })
  const isDone = async () =>
    expect((await ask<{ status: string }>('getJob', { params: { jobId } })).status).toBe('succeeded')
  await vi.waitFor(isDone, { timeout: 40_000, interval: 200 })
  return jobId
}
const rowsOf = ({ streams: each }: Estimate) => each.map(({ firstRows }) => firstRows)

test('before anything was looked at nothing is known, and the embedded engine costs no credits', async () => {
  const sourceId = await connectSource()
  recorder.seen.length = 0
  const told = await estimate(sourceId)
  expect(rowsOf(told)).toEqual([{ known: 'unknown' }, { known: 'unknown' }])
  expect(told.total.creditsPerMonth).toEqual({ known: 'counted', value: 0 })
  expect(told.rate).toMatchObject({ edition: 'embedded', by: 'rows', credits: 0 })
  expect(told.syncsPerMonth).toEqual({ known: 'counted', value: 30 })
  // Nothing is made and nothing is asked of the source.
  expect(recorder.seen.filter(({ method }) => method !== 'GET').map(({ path }) => path)).not.toContain(
    '/api/public/v1/connections',
  )
  expect(recorder.seen.filter(({ path }) => /discover|sample/.test(path))).toEqual([])
})

test('a sample that met the end has counted; one that did not says how much there is at least', async () => {
  const sourceId = await connectSource()
  await ask('sampleSource', { body: { sourceId, streams: ['contacts', 'companies'], limit: 20 } })
  const told = await estimate(sourceId)
  expect(rowsOf(told)).toEqual([
    { known: 'unknown', atLeast: 20 },
    { known: 'counted', value: 12 },
  ])
  expect(told.streams[1]?.rowsPerMonth).toEqual({ known: 'counted', value: 360 })
  expect(told.total.firstRows).toEqual({ known: 'unknown', atLeast: 32 })
  const kept = await query<{ text: string }>(
    world.database,
    'SELECT to_jsonb(s)::text AS text FROM opsai.stream_samples s',
  )
  for (const { text } of kept) expect(text).not.toMatch(/@|email/)
})

test('a sample that broke on the way has counted nothing', async () => {
  const sourceId = await connectSource()
  recorder.instead = async (request) => {
    if (!request.url.includes('sample')) return undefined
    const streams = [{ name: 'contacts', records: [{ id: 1 }], error: 'The server hung up.' }]
    return await Promise.resolve(Response.json({ streams }))
  }
  await ask('sampleSource', { body: { sourceId, streams: ['contacts'], limit: 20 } })
  recorder.instead = undefined
  expect(recorder.seen.some(({ path }) => path.includes('sample'))).toBe(true)
  expect(rowsOf(await estimate(sourceId))[0]).toEqual({ known: 'unknown' })
})

test('syncs count, and the ones after the first tell what changes', async () => {
  const sourceId = await connectSource()
  const { connectionId } = await ask<{ connectionId: string }>('createConnection', { body: { sourceId, streams } })
  const first = await sync(connectionId)
  await vi.waitFor(async () => expect(rowsOf(await estimate(sourceId))[0]).toEqual({ known: 'counted', value: 60 }))
  expect((await estimate(sourceId)).streams[0]?.rowsPerSync).toEqual({ known: 'typical', value: 1 })
  await sync(connectionId)
  await vi.waitFor(async () => {
    expect((await estimate(sourceId)).streams[0]?.rowsPerSync).toMatchObject({ known: 'sampled' })
  })

  const used = await ask<Usage>('getConnectionUsage', { params: { connectionId } })
  expect(used.jobs).toHaveLength(2)
  expect(used.jobs.at(-1)).toMatchObject({ jobId: first, status: 'succeeded', rows: 72 })
  expect(used.rows).toBe(used.jobs.reduce((sum, { rows }) => sum + rows, 0))
  expect(used.streams.map(({ name }) => name).sort()).toEqual(['companies', 'contacts'])
  expect(used.bytes).toBeGreaterThan(1_000)
  expect([used.requests, used.credits]).toEqual([{ known: 'unknown' }, { known: 'counted', value: 0 }])
  expect(used.unused).toEqual([])
})

test('syncs that nobody was there for are looked up when somebody asks, once', async () => {
  const sourceId = await connectSource()
  const { connectionId } = await ask<{ connectionId: string }>('createConnection', { body: { sourceId, streams } })
  await sync(connectionId)
  await vi.waitFor(async () =>
    expect(
      (await query(world.database, 'SELECT FROM opsai.used_jobs WHERE connection_id = $1', [connectionId])).length,
    ).toBe(1),
  )
  await query(world.database, 'DELETE FROM opsai.used_jobs WHERE connection_id = $1', [connectionId])
  await world.restart({ airbyte: recorder.airbyte })
  const usage = () => ask<Usage>('getConnectionUsage', { params: { connectionId } })
  expect(await usage()).toMatchObject({ rows: 72, jobsNotSeen: 0 })
  recorder.seen.length = 0
  expect(await usage()).toMatchObject({ rows: 72, jobsNotSeen: 0 })
  // Airbyte's own detail of a job, of the latest job that goes with the connection at most.
  expect(recorder.seen.filter(({ path }) => path.includes('/jobs/get')).length).toBeLessThanOrEqual(1)
})

test('a stream that has brought nothing for thirty days is said to be unused, never one that is new', async () => {
  const sourceId = await connectSource()
  const { connectionId } = await ask<{ connectionId: string }>('createConnection', { body: { sourceId, streams } })
  const first = await sync(connectionId)
  for (let nth = 0; nth < 3; nth += 1) await sync(connectionId)
  const usage = () => ask<Usage>('getConnectionUsage', { params: { connectionId } })
  await usage()
  const run = (sql: string, values: unknown[]) => query(world.database, sql, values)
  await run(`UPDATE opsai.used_jobs SET at = now() - interval '40 days' WHERE job_id = $1`, [first])
  // Whatever little the cursor's own last row brings again is not what this is about.
  await run(
    `UPDATE opsai.used_streams s SET rows = 0 FROM opsai.used_jobs j
     WHERE j.job_id = s.job_id AND j.connection_id = $1 AND j.job_id <> $2 AND s.name = 'contacts'`,
    [connectionId, first],
  )
  expect((await usage()).unused).toEqual([])
  await run(`UPDATE opsai.connections SET created_at = now() - interval '40 days' WHERE connection_id = $1`, [
    connectionId,
  ])
  expect((await usage()).unused).toEqual([{ name: 'contacts', reason: 'no_rows' }])
  await ask('updateConnection', { params: { connectionId }, body: { streams } })
  expect((await usage()).unused).toEqual([])
})

test.each([
  ['two syncs say nothing', 2, 0, []],
  ['three syncs without a row', 3, 0, ['deals']],
  ['one row is use', 3, 1, []],
])('%s', (_, syncs, rows, expected) => {
  const brought = [{ name: 'deals', namespace: '', rows, bytes: 0 }]
  const ended = Array.from({ length: syncs }, () => ({ status: 'succeeded' as const }))
  expect(findUnused([{ name: 'deals' }], brought, ended).map(({ name }) => name)).toEqual(expected)
})

test('another tenant learns nothing of it', async () => {
  const sourceId = await connectSource()
  const other = await world.newSession('globex')
  const answer = await world.call('estimateConnection', { token: other, body: { sourceId, streams } })
  expect(answer.status).toBe(404)
})
