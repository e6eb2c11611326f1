// Airbyte did it, but its answer never arrived: whatever is repeated, there is one of everything.
import { randomUUID } from 'node:crypto'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { createWorld, query, type World } from '../test/world.js'

let world: World
let token: string
/** What happens to the next create at Airbyte, by path. */
let lose: { path: RegExp; how: 'after' | 'before' } | undefined
/** Whether Airbyte can't be asked what there is, either. */
let deaf = false

const throughTheHole = () => ({
  baseUrl: 'http://engine.test',
  fetch: async (request: Request) => {
    if (deaf && request.method === 'GET') throw new TypeError('fetch failed')
    const now = lose
    if (!now || request.method !== 'POST' || !now.path.test(new URL(request.url).pathname))
      return await world.engine.fetch(request)
    lose = undefined
    if (now.how === 'after') await world.engine.fetch(request)
    throw new TypeError('fetch failed')
  },
})

beforeAll(async () => {
  world = await createWorld()
  await world.restart({ airbyte: throughTheHole() })
  token = await world.newSession('acme')
})
afterAll(() => world.close())

const newSource = (name: string, key?: string) =>
  world.call('createSource', {
    token,
    body: { tenantId: 'acme', sourceType: 'sample-data', name, configuration: { count: 5 } },
    headers: key ? { 'idempotency-key': key } : {},
  })

async function countUpstream(name: string): Promise<number> {
  const [tenant] = await query<{ workspace_id: string }>(
    world.database,
    `SELECT workspace_id FROM opsai.tenants WHERE tenant_id = 'acme'`,
  )
  const answer = await world.engine.fetch(
    new Request(`http://engine.test/api/public/v1/sources?limit=100&workspaceIds=${tenant?.workspace_id ?? ''}`),
  )
  const { data } = (await answer.json()) as { data: { name: string }[] }
  return data.filter((source) => source.name.startsWith(name)).length
}

test('a source whose answer was lost is found again at once', async () => {
  lose = { path: /\/sources$/, how: 'after' }
  const answer = await newSource('found')
  expect(answer.status).toBe(201)
  expect(await countUpstream('found')).toBe(1)
})

test('one that was never made is made when it is asked for again under its key', async () => {
  lose = { path: /\/sources$/, how: 'before' }
  const key = randomUUID()
  const first = await newSource('again', key)
  expect(first.status).toBe(503)
  expect(await first.json()).toMatchObject({ code: 'upstream_unavailable', retryable: true })
  await query(world.database, `UPDATE opsai.outbox SET leased_until = now() WHERE status = 'pending'`)
  expect((await newSource('again', key)).status).toBe(201)
  expect(await countUpstream('again')).toBe(1)
})

test('one nobody could look for is found, not made again, when it is asked for again under its key', async () => {
  lose = { path: /\/sources$/, how: 'after' }
  deaf = true
  const key = randomUUID()
  expect((await newSource('twin', key)).status).toBe(503)
  deaf = false
  await query(world.database, `UPDATE opsai.outbox SET leased_until = now() WHERE status = 'pending'`)
  expect((await newSource('twin', key)).status).toBe(201)
  expect(await countUpstream('twin')).toBe(1)
})

test('one nobody could look for is adopted later, by whatever process', async () => {
  lose = { path: /\/sources$/, how: 'after' }
  deaf = true
  expect((await newSource('orphan')).status).toBe(503)
  deaf = false
  await query(world.database, `UPDATE opsai.outbox SET leased_until = now() WHERE status = 'pending'`)
  await world.restart({ airbyte: throughTheHole() })
  const names = async () => {
    const { sources } = (await (await world.call('listConnectedSources', { token })).json()) as {
      sources: { name: string }[]
    }
    return sources.map(({ name }) => name)
  }
  await expect.poll(names, { timeout: 10_000 }).toContain('orphan')
  expect(await countUpstream('orphan')).toBe(1)
})

test('a connection whose answer was lost is found again, with its prefix', async () => {
  const source = (await (await newSource('with tables')).json()) as { sourceId: string }
  lose = { path: /\/connections$/, how: 'after' }
  const body = { sourceId: source.sourceId, streams: [{ name: 'users', syncMode: 'full_refresh_append' }] }
  const answer = await world.call('createConnection', { token, body })
  expect(answer.status).toBe(201)
  expect(await answer.json()).toMatchObject({ tablePrefix: 'sample_data_' })
  const second = await world.call('createConnection', { token, body })
  expect(await second.json()).toMatchObject({ tablePrefix: 'sample_data_2_' })
})

test('a destination whose answer was lost is found again', async () => {
  lose = { path: /\/destinations$/, how: 'after' }
  const first = await world.call('putTenant', { params: { tenantId: 'globex' } })
  expect(first.status).toBe(200)
  const { workspaceId } = (await first.json()) as { workspaceId: string }
  const answer = await world.engine.fetch(
    new Request(`http://engine.test/api/public/v1/destinations?workspaceIds=${workspaceId}`),
  )
  expect(((await answer.json()) as { data: unknown[] }).data).toHaveLength(1)
})
