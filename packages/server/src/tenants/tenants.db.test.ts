// A tenant's life as its host and its app meet it: made, listed, looked at, rotated, half done, taken up and removed.
import { parse } from 'dotenv'
import pg from 'pg'
import { afterAll, beforeAll, expect, test, vi } from 'vitest'
import type { Tenant, TenantPage } from '@opsai/contract'
import { createRecorder, type Recorder } from '../test/recorder.js'
import { createWorld, query, type World } from '../test/world.js'

let world: World
let recorder: Recorder
/** What Airbyte does not do just now. */
let broken: { method: string; path: RegExp } | undefined

beforeAll(async () => {
  world = await createWorld()
  recorder = createRecorder(world)
  recorder.instead = (request) => {
    const isBroken = broken?.method === request.method && broken.path.test(new URL(request.url).pathname)
    return Promise.resolve(isBroken ? Response.json({ title: 'away' }, { status: 503 }) : undefined)
  }
  await world.restart({ airbyte: recorder.airbyte })
})
afterAll(() => world.close())

const put = (tenantId: string) => world.call('putTenant', { params: { tenantId } })
const rotate = (tenantId: string) => world.call('rotateTenant', { params: { tenantId }, body: {} })
const envOf = async (tenantId: string) =>
  parse(await (await world.call('getTenantEnv', { params: { tenantId } })).text())
const partsOf = async (tenantId: string) => {
  const answer = await world.call('getTenant', { params: { tenantId }, query: { inspect: 'true' } })
  const { parts = [] } = (await answer.json()) as Tenant
  return Object.fromEntries(parts.map(({ part, state }) => [part, state]))
}
const statusOf = async (tenantId: string) =>
  (
    await query<{ status: string }>(world.database, 'SELECT status FROM opsai.tenants WHERE tenant_id = $1', [tenantId])
  )[0]?.status ?? 'gone'
const pendingOf = (kind: string) =>
  query(world.database, `SELECT 1 FROM opsai.outbox WHERE kind = $1 AND status = 'pending'`, [kind])

/** A process starts: it takes up what is left at once. */
async function takeUp() {
  broken = undefined
  await query(world.database, `UPDATE opsai.tenants SET look_at = now()`)
  await query(world.database, `UPDATE opsai.outbox SET leased_until = now() WHERE status = 'pending'`)
  await world.restart({ airbyte: recorder.airbyte })
}

async function connect(url: string): Promise<pg.Client> {
  const client = new pg.Client({ connectionString: url })
  client.on('error', () => {})
  await client.connect()
  return client
}

test('tenants are listed by their ids, page by page, whatever their ids are', async () => {
  const ids = ['a/b', 'Zoë', "o'hara", 'z', '日本']
  for (const id of ids) expect((await put(id)).status).toBe(200)
  const found: string[] = []
  let cursor: string | undefined
  do {
    const page = (await (
      await world.call('listTenants', { query: { limit: '2', ...(cursor && { cursor }) } })
    ).json()) as TenantPage
    found.push(...page.tenants.map(({ tenantId, status }) => `${tenantId} ${status}`))
    cursor = page.nextCursor
  } while (cursor)
  expect(found.sort()).toEqual(ids.map((id) => `${id} ready`).sort())
})

test.each(['..', '.', 'a\u0000b', 'a\nb', '\ud800', '\udc00x'])(
  'nobody becomes the tenant %j, whom no path could name and no table tell from others',
  async (tenantId) => {
    const session = { tenantId, userId: 'ada', origins: ['http://host.test'] }
    expect((await world.call('createSession', { body: session })).status).toBe(400)
    const user = { ...session, tenantId: 'plain', userId: tenantId.replaceAll('.', '\u0000') }
    expect((await world.call('createSession', { body: user })).status).toBe(400)
  },
)

test('tenants that look alike are not one: neither by case nor by how a letter is put together', async () => {
  const schemas = await Promise.all(
    ['Acme', 'acme', 'ACME', '\u00e9', 'e\u0301', 'acme '].map(async (id) => {
      await put(id)
      return (await envOf(id)).DATABASE_SCHEMA
    }),
  )
  expect(new Set(schemas).size).toBe(6)
})

test('what there really is of a tenant is looked at where it is', async () => {
  await put('looked')
  expect(await partsOf('looked')).toEqual({ warehouse: 'present', workspace: 'present', destination: 'present' })
  const { DATABASE_SCHEMA: slug } = await envOf('looked')
  await query(world.warehouse, `ALTER ROLE ${slug}_app PASSWORD 'somebody changed it'`)
  expect(await partsOf('looked')).toMatchObject({ warehouse: 'wrong' })
  broken = { method: 'GET', path: /\/workspaces\// }
  expect(await partsOf('looked')).toMatchObject({ workspace: 'unknown' })
  broken = undefined
})

test('rotated, the old password opens nothing within five seconds, who was in is out, and syncs go on', async () => {
  const token = await world.newSession('turned')
  const before = await envOf('turned')
  const open = await connect(before.DATABASE_URL ?? '')
  const began = performance.now()
  const answer = await rotate('turned')
  expect(answer.status).toBe(200)
  expect(((await answer.json()) as Tenant).rotatedAt).toBeDefined()
  await expect(open.query('SELECT 1')).rejects.toThrow(/terminat|connection error/)
  await expect(connect(before.DATABASE_URL ?? '')).rejects.toThrow('password authentication failed')
  expect(performance.now() - began).toBeLessThan(5_000)

  const after = await envOf('turned')
  expect(after).toEqual({ ...before, DATABASE_URL: expect.not.stringMatching(before.DATABASE_URL ?? '') as string })
  await (await connect(after.DATABASE_URL ?? '')).end()
  const source = { tenantId: 'turned', sourceType: 'sample-data', name: 'Data', configuration: { count: 20 } }
  const { sourceId } = (await (await world.call('createSource', { token, body: source })).json()) as {
    sourceId: string
  }
  const streams = [{ name: 'users', syncMode: 'full_refresh_overwrite' }]
  const made = await world.call('createConnection', { token, body: { sourceId, streams } })
  const { connectionId } = (await made.json()) as { connectionId: string }
  const started = await world.call('syncConnection', { token, params: { connectionId }, body: {} })
  const { jobId } = (await started.json()) as { jobId: string }
  await (await world.call('streamJob', { token, params: { jobId } })).text()
  expect(await (await world.call('getJob', { token, params: { jobId } })).json()).toMatchObject({ status: 'succeeded' })
})

test('the host is told of it, so that the app gets its new .env', async () => {
  await put('told')
  await query(world.database, 'INSERT INTO opsai.webhook_target DEFAULT VALUES ON CONFLICT DO NOTHING')
  await rotate('told')
  const events = `SELECT data FROM opsai.webhook_events WHERE type = 'tenant.rotated'`
  expect(await query(world.database, events)).toEqual([{ data: { tenantId: 'told' } }])
  await query(world.database, 'DELETE FROM opsai.webhook_target')
})

test('where Airbyte does not answer, the app is turned all the same, and Airbyte is told later', async () => {
  await put('halfway')
  const before = await envOf('halfway')
  broken = { method: 'PUT', path: /\/destinations\// }
  expect((await rotate('halfway')).status).toBe(503)
  const after = await envOf('halfway')
  expect(after.DATABASE_URL).not.toBe(before.DATABASE_URL)
  await (await connect(after.DATABASE_URL ?? '')).end()
  expect(await pendingOf('rotation')).toHaveLength(1)
  await takeUp()
  await vi.waitFor(async () => expect(await pendingOf('rotation')).toEqual([]), 15_000)
  expect((await envOf('halfway')).DATABASE_URL, 'the rest of it changes no password again').toBe(after.DATABASE_URL)
})

test('in the middle of it nobody is told passwords that may open nothing', async () => {
  await put('middle')
  await query(
    world.database,
    `INSERT INTO opsai.outbox (op_id, tenant_id, kind, on_doubt, payload) VALUES (gen_random_uuid(), 'middle', 'rotation', 'finish', 'x')`,
  )
  const answer = await world.call('getTenantEnv', { params: { tenantId: 'middle' } })
  expect([answer.status, ((await answer.json()) as { retryable: boolean }).retryable]).toEqual([409, true])
  await query(world.database, `DELETE FROM opsai.outbox WHERE kind = 'rotation'`)
})

test('a tenant half made is finished without anybody asking, and one half removed is gone', async () => {
  broken = { method: 'POST', path: /\/destinations$/ }
  expect((await put('begun')).status).toBe(503)
  expect(await statusOf('begun')).toBe('provisioning')
  await takeUp()
  await vi.waitFor(async () => expect(await statusOf('begun')).toBe('ready'), 15_000)
  expect(await partsOf('begun')).toEqual({ warehouse: 'present', workspace: 'present', destination: 'present' })

  const { DATABASE_URL: url = '', DATABASE_SCHEMA: slug } = await envOf('begun')
  broken = { method: 'DELETE', path: /\/workspaces\// }
  expect((await world.call('deleteTenant', { params: { tenantId: 'begun' } })).status).toBe(503)
  expect(await statusOf('begun')).toBe('deleting')
  await expect(connect(url), 'its app is out, whatever Airbyte says').rejects.toThrow(/authentication failed|not exist/)
  expect((await put('begun')).status, 'nobody is let in again meanwhile').toBe(409)
  await takeUp()
  await vi.waitFor(async () => expect(await statusOf('begun')).toBe('gone'), 15_000)
  const left = await query(world.warehouse, `SELECT 1 FROM pg_namespace WHERE nspname LIKE '${slug}%'`)
  expect(left).toEqual([])
})

test('tenants of before parts were written down get them written down, and keep their passwords', async () => {
  await put('elder')
  const before = await envOf('elder')
  await query(world.database, `UPDATE opsai.tenants SET parts = '{}', redis_password = NULL WHERE tenant_id = 'elder'`)
  await takeUp()
  const parts = async () =>
    (await query<{ parts: object }>(world.database, `SELECT parts FROM opsai.tenants WHERE tenant_id = 'elder'`))[0]
      ?.parts
  await vi.waitFor(async () => expect(Object.keys((await parts()) ?? {})).toHaveLength(3), 15_000)
  expect(await envOf('elder')).toEqual(before)
})

test('what was made where this proxy can not reach is not left lying there in silence', async () => {
  await put('moved')
  const away = `jsonb_build_object('redis', 'redis.elsewhere:6379')`
  await query(world.database, `UPDATE opsai.tenants SET parts = parts || ${away} WHERE tenant_id = 'moved'`)
  for (const answer of [await rotate('moved'), await world.call('deleteTenant', { params: { tenantId: 'moved' } })]) {
    expect(answer.status).toBe(409)
    expect(await answer.text()).toContain('redis is at redis.elsewhere:6379, and this proxy has none')
  }
})
