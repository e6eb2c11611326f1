// What Airbyte lists by id only, or numbers itself: workspaces and jobs whose answers were lost are found all the same.
import { randomUUID } from 'node:crypto'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { createRecorder, type Recorder } from '../test/recorder.js'
import { createWorld, query, type World } from '../test/world.js'

let world: World
let recorder: Recorder
/** Whether Airbyte can’t be asked what there is. */
let deaf = false
/** The next request that is carried out without an answer, or not at all. */
let lose: { method: string; path: RegExp; how: 'after' | 'before' | 'twice'; deaf?: boolean } | undefined

beforeAll(async () => {
  world = await createWorld()
  recorder = createRecorder(world)
  recorder.instead = async (request) => {
    if (deaf && request.method === 'GET') throw new TypeError('fetch failed')
    if (!lose || request.method !== lose.method || !lose.path.test(new URL(request.url).pathname)) return undefined
    const { how } = lose
    deaf = lose.deaf ?? false
    lose = undefined
    if (how === 'twice') await world.engine.fetch(request.clone())
    if (how === 'twice') return await world.engine.fetch(request)
    if (how === 'after') await world.engine.fetch(request)
    throw new TypeError('fetch failed')
  }
  await world.restart({ airbyte: recorder.airbyte })
})
afterAll(() => world.close())

const atAirbyte = async <T>(path: string) =>
  ((await (await world.engine.fetch(new Request(`http://engine.test/api/public/v1/${path}`))).json()) as { data: T[] })
    .data
const slugOf = async (tenant: string) =>
  (await query<{ slug: string }>(world.database, 'SELECT slug FROM opsai.tenants WHERE tenant_id = $1', [tenant]))[0]
    ?.slug ?? 'none'
const workspacesOf = async (slug: string) =>
  (await atAirbyte<{ name: string; workspaceId: string }>('workspaces?limit=100')).filter(({ name }) =>
    name.startsWith(slug),
  )
const putTenant = (tenantId: string) => world.call('putTenant', { params: { tenantId } })
/** Airbyte can be asked again, and the time to wait is over. */
async function recover() {
  deaf = false
  await query(world.database, `UPDATE opsai.outbox SET leased_until = now() WHERE status = 'pending'`)
}

test('a workspace whose answer was lost is found again at once, by our mark', async () => {
  lose = { method: 'POST', path: /\/workspaces$/, how: 'after' }
  const answer = await putTenant('found')
  expect(answer.status).toBe(200)
  const { workspaceId } = (await answer.json()) as { workspaceId: string }
  expect((await workspacesOf(await slugOf('found'))).map((each) => each.workspaceId)).toEqual([workspaceId])
})

test('one nobody could look for is found by the next who asks for the tenant', async () => {
  lose = { method: 'POST', path: /\/workspaces$/, how: 'after', deaf: true }
  expect((await putTenant('later')).status).toBe(503)
  await recover()
  expect((await putTenant('later')).status).toBe(200)
  expect(await workspacesOf(await slugOf('later'))).toHaveLength(1)
})

test('one that was never made is made', async () => {
  lose = { method: 'POST', path: /\/workspaces$/, how: 'before' }
  await putTenant('never')
  await recover()
  expect((await putTenant('never')).status).toBe(200)
  expect(await workspacesOf(await slugOf('never'))).toHaveLength(1)
})

test('a tenant deleted half made leaves no workspace behind; made again it gets another', async () => {
  lose = { method: 'POST', path: /\/workspaces$/, how: 'after', deaf: true }
  expect((await putTenant('half')).status).toBe(503)
  await recover()
  const slug = await slugOf('half')
  expect(await workspacesOf(slug)).toHaveLength(1)
  expect((await world.call('deleteTenant', { params: { tenantId: 'half' } })).status).toBe(200)
  expect(await workspacesOf(slug)).toHaveLength(0)
  expect((await putTenant('half')).status).toBe(200)
  expect(await workspacesOf(slug)).toHaveLength(1)
})

/** A connection that syncs for a while, or, with very many rows, until it is cancelled. */
async function newConnection(count = 30_000): Promise<{ token: string; connectionId: string }> {
  const token = await world.newSession('syncs')
  const post = async <T>(name: 'createSource' | 'createConnection', body: unknown) =>
    (await (await world.call(name, { token, body })).json()) as T
  const configuration = { count }
  const { sourceId } = await post<{ sourceId: string }>('createSource', {
    tenantId: 'syncs',
    sourceType: 'sample-data',
    name: 'x',
    configuration,
  })
  const streams = [{ name: 'users', syncMode: 'full_refresh_overwrite' }]
  return { token, ...(await post<{ connectionId: string }>('createConnection', { sourceId, streams })) }
}
const jobsOf = (connectionId: string) =>
  atAirbyte<{ jobId: number; status: string }>(`jobs?connectionId=${connectionId}&jobType=sync`)

test('a sync whose answer was lost is the one that runs; asked for again under its key it is the same, even when it has ended', async () => {
  const { token, connectionId } = await newConnection()
  const sync = (key: string) =>
    world.call('syncConnection', { token, params: { connectionId }, body: {}, headers: { 'idempotency-key': key } })
  const key = randomUUID()
  lose = { method: 'POST', path: /\/jobs$/, how: 'after', deaf: true }
  expect((await sync(key)).status).toBe(503)
  deaf = false
  await expect
    .poll(async () => (await jobsOf(connectionId)).map(({ status }) => status), { timeout: 30_000 })
    .toEqual(['succeeded'])
  await recover()
  const again = await sync(key)
  expect(again.status).toBe(202)
  const [job] = await jobsOf(connectionId)
  expect(await again.json()).toMatchObject({ jobId: String(job?.jobId), status: 'succeeded' })
  expect(await jobsOf(connectionId)).toHaveLength(1)
  lose = { method: 'POST', path: /\/jobs$/, how: 'after' }
  const next = await sync(randomUUID())
  expect(next.status).toBe(202)
  expect(await jobsOf(connectionId)).toHaveLength(2)
}, 60_000)

test('a cancelled job is cancelled, whether the answer came or not', async () => {
  const { token, connectionId } = await newConnection(20_000_000)
  const { jobId } = (await (
    await world.call('syncConnection', { token, params: { connectionId }, body: {} })
  ).json()) as { jobId: string }
  lose = { method: 'DELETE', path: /\/jobs\/\d+$/, how: 'after' }
  const answer = await world.call('cancelJob', { token, params: { jobId }, body: {} })
  expect(answer.status).toBe(200)
  expect((await jobsOf(connectionId)).map(({ status }) => status)).toEqual(['cancelled'])
})

test('what a gateway delivered twice is there once, soon', async () => {
  for (const kind of ['workspaces', 'destinations', 'sources', 'connections']) {
    const tenant = `twice ${kind}`
    lose = { method: 'POST', path: new RegExp(`/${kind}$`), how: 'twice' }
    const token = await world.newSession(tenant)
    const configuration = { count: 1 }
    const post = async <T>(name: 'createSource' | 'createConnection', body: unknown) =>
      (await (await world.call(name, { token, body })).json()) as T
    const source = { tenantId: tenant, sourceType: 'sample-data', name: 'x', configuration }
    const { sourceId } = await post<{ sourceId: string }>('createSource', source)
    const streams = [{ name: 'users', syncMode: 'full_refresh_append' }]
    const { connectionId } = await post<{ connectionId: string }>('createConnection', { sourceId, streams })
    expect([kind, lose]).toEqual([kind, undefined])
    const [row] = await query<{ workspace_id: string }>(
      world.database,
      'SELECT workspace_id FROM opsai.tenants WHERE tenant_id = $1',
      [tenant],
    )
    const ids = async () => [
      (await workspacesOf(await slugOf(tenant))).length,
      (await atAirbyte(`destinations?workspaceIds=${row?.workspace_id}`)).length,
      (await atAirbyte<{ sourceId: string }>(`sources?workspaceIds=${row?.workspace_id}`)).map((each) => each.sourceId),
      (await atAirbyte<{ connectionId: string }>(`connections?workspaceIds=${row?.workspace_id}`)).map(
        (each) => each.connectionId,
      ),
    ]
    await expect.poll(ids, { timeout: 5_000 }).toEqual([1, 1, [sourceId], [connectionId]])
  }
})

const RUNS = process.env.OPSAI_PROVE ? 200 : 20

test(`${RUNS} creates cut after they were carried out: one of each`, async () => {
  const token = await world.newSession('cut')
  const [tenant] = await query<{ workspace_id: string }>(
    world.database,
    `SELECT workspace_id FROM opsai.tenants WHERE tenant_id = 'cut'`,
  )
  const body = (nth: number) => ({
    tenantId: 'cut',
    sourceType: 'sample-data',
    name: `run ${nth} `,
    configuration: { count: 1 },
  })
  for (let nth = 0; nth < RUNS; nth += 1) {
    const key = randomUUID()
    lose = { method: 'POST', path: /\/sources$/, how: 'after', deaf: nth % 10 === 0 }
    const create = () => world.call('createSource', { token, body: body(nth), headers: { 'idempotency-key': key } })
    if ((await create()).status === 201) continue
    await recover()
    expect((await create()).status).toBe(201)
  }
  const names: string[] = []
  for (let offset = 0; names.length === offset; offset += 100) {
    const page = await atAirbyte<{ name: string }>(
      `sources?limit=100&offset=${offset}&workspaceIds=${tenant?.workspace_id}`,
    )
    names.push(...page.map(({ name }) => name.replace(/ \[op:.*/, '')))
    if (page.length < 100) break
  }
  console.log(`cut after commit: ${RUNS} runs, ${names.length} sources at Airbyte, ${new Set(names).size} different`)
  expect([names.length, new Set(names).size]).toEqual([RUNS, RUNS])
}, 600_000)
