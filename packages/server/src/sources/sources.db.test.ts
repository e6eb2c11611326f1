// A source's life: tested, wrong, edited with its secrets kept, looked into, taken away.
import { randomUUID } from 'node:crypto'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { createWorld, type World } from '../test/world.js'

let world: World
let token: string
beforeAll(async () => {
  world = await createWorld()
  token = await world.newSession('acme')
})
afterAll(() => world.close())

const withKey = (api_key: string) => ({ credentials: { auth_type: 'api_key', api_key } })
const ask = async <T>(name: Parameters<World['call']>[0], parts: Parameters<World['call']>[1]) => {
  const answer = await world.call(name, { token, ...parts })
  return { status: answer.status, body: (await answer.json()) as T }
}
const create = (name: string, sourceType: string, configuration: object) =>
  ask<{ sourceId: string; checkStatus: string }>('createSource', {
    body: { tenantId: 'acme', sourceType, name, configuration },
  })

test('a wrong key is told by its field before anything is stored', async () => {
  const { status, body } = await ask<{ status: string; fieldErrors: { path: string[] }[]; remedy: string }>(
    'testSource',
    {
      body: { sourceType: 'acme-crm', configuration: withKey('acme_key_wrong') },
    },
  )
  expect(status).toBe(200)
  expect(body).toMatchObject({
    status: 'failed',
    fieldErrors: [{ path: ['credentials', 'api_key'] }],
    remedy: expect.any(String) as string,
  })
  expect(JSON.stringify(body)).not.toContain('acme_key_wrong')
})

test('it may be stored all the same, and says that its test failed', async () => {
  expect(await create('Wrong', 'acme-crm', withKey('acme_key_wrong'))).toMatchObject({
    status: 201,
    body: { checkStatus: 'failed' },
  })
})

test('an edit that sends the mask back keeps the secret', async () => {
  const { body: source } = await create('CRM', 'acme-crm', withKey('acme_key_test'))
  expect(source).toMatchObject({ checkStatus: 'succeeded', configuration: withKey('**********') })
  const { sourceId } = source
  const edited = await ask('updateSource', {
    params: { sourceId },
    body: { name: 'Our CRM', configuration: { ...withKey('**********'), start_date: '2025-01-01T00:00:00Z' } },
  })
  expect(edited).toMatchObject({ status: 200, body: { name: 'Our CRM', checkStatus: 'untested' } })
  expect((await ask('testSource', { body: { sourceId } })).body).toEqual({ status: 'succeeded' })
  expect((await ask('getSource', { params: { sourceId } })).body).toMatchObject({
    name: 'Our CRM',
    checkStatus: 'succeeded',
  })
})

test('what Airbyte answers of another workspace is not passed on, whoever our table says it belongs to', async () => {
  const { body: source } = await create('Moved', 'sample-data', { count: 1 })
  const { sourceId } = source
  const streams = [{ name: 'users', syncMode: 'full_refresh_append' }]
  const { body: made } = await ask<{ connectionId: string }>('createConnection', { body: { sourceId, streams } })
  const { connectionId } = made
  const fetch = async (request: Request) => {
    const answer = await world.engine.fetch(request)
    const isOne = /\/(sources|connections)\/[0-9a-f-]{36}$/.test(new URL(request.url).pathname)
    if (request.method !== 'GET' || !isOne) return answer
    return Response.json({ ...((await answer.json()) as object), workspaceId: randomUUID() })
  }
  await world.restart({ airbyte: { baseUrl: 'http://engine.test', fetch } })
  const read = async () => [
    (await ask('getSource', { params: { sourceId } })).status,
    (await ask('updateSource', { params: { sourceId }, body: { name: 'Mine' } })).status,
    (await ask('getConnection', { params: { connectionId } })).status,
  ]
  expect(await read()).toEqual([404, 404, 404])
  await world.restart()
  expect(await read()).toEqual([200, 200, 200])
})

test('where Airbyte gives no sample, rows are synced ones or marked as made up', async () => {
  await world.restart({
    airbyte: {
      baseUrl: 'http://engine.test',
      // Airbyte itself has no such route.
      fetch: (request) =>
        new URL(request.url).pathname.endsWith('/opsai/sources/sample')
          ? Response.json('Object not found.', { status: 404 })
          : world.engine.fetch(request),
    },
  })
  const { sourceId } = (await create('Data', 'sample-data', { count: 30 })).body
  type Sampled = { streams: { name: string; origin: string; records: Record<string, unknown>[] }[] }
  const sample = async () =>
    (await ask<Sampled>('sampleSource', { body: { sourceId, streams: ['users'], limit: 5 } })).body.streams
  expect(await sample()).toMatchObject([{ name: 'users', origin: 'schema', records: { length: 3 } }])

  const streams = [{ name: 'users', syncMode: 'full_refresh_overwrite' }]
  const { connectionId } = (await ask<{ connectionId: string }>('createConnection', { body: { sourceId, streams } }))
    .body
  const { jobId } = (await ask<{ jobId: string }>('syncConnection', { params: { connectionId }, body: {} })).body
  await (await world.call('streamJob', { token, params: { jobId } })).text()
  const [users] = await sample()
  expect(users).toMatchObject({ origin: 'synced', records: { length: 5 } })
  expect(Object.keys(users?.records[0] ?? {}).filter((name) => name.startsWith('_airbyte'))).toEqual([])

  const listed = await ask<Sampled>('sampleSource', { body: { sourceId, limit: 0 } })
  expect(listed.body.streams.map(({ records }) => records.length)).toEqual([0, 0, 0])
  const deleted = await ask('deleteSource', { params: { sourceId } })
  expect(deleted.body).toEqual({ sourceId, connectionIds: [connectionId], syncedData: 'kept' })
  expect((await ask('getConnection', { params: { connectionId } })).status).toBe(404)
  await world.restart()
})

test('a sync asked for twice at once is one', async () => {
  const { sourceId } = (await create('Big', 'sample-data', { count: 20_000_000 })).body
  const streams = [{ name: 'users', syncMode: 'full_refresh_overwrite' }]
  const { connectionId } = (await ask<{ connectionId: string }>('createConnection', { body: { sourceId, streams } }))
    .body
  const start = () => ask<{ jobId: string }>('syncConnection', { params: { connectionId }, body: {} })
  const [one, two] = await Promise.all([start(), start()])
  expect([one.status, two.status]).toEqual([202, 202])
  expect(one.body.jobId).toBe(two.body.jobId)
  const cancelled = await ask<{ status: string }>('cancelJob', { params: { jobId: one.body.jobId }, body: {} })
  expect(cancelled.status).toBe(200)
})

test('a stream chosen twice is refused by its name', async () => {
  const { sourceId } = (await create('Twice', 'sample-data', { count: 1 })).body
  const streams = ['users', 'users'].map((name) => ({ name, syncMode: 'full_refresh_append' }))
  const { status, body } = await ask('createConnection', { body: { sourceId, streams } })
  expect([status, body]).toMatchObject([400, { fieldErrors: [{ path: ['streams', '1', 'name'] }] }])
})

test('a connector that is only named here says what would be closest', async () => {
  const { status, body } = await ask('getConnectorSpec', { params: { sourceType: 'heap' } })
  expect([status, body]).toMatchObject([
    422,
    { code: 'connector_unavailable', remedy: expect.stringContaining('Heap Connect') as string },
  ])
  expect((await ask('getConnectorSpec', { params: { sourceType: 'nothing-such' } })).status).toBe(404)
})

test('a source is edited by its own form, and by no other connector’s', async () => {
  const { sourceId } = (await create('Own form', 'sample-data', { count: 1 })).body
  const form = (sourceType: string) =>
    Promise.all(
      (['getConnectorSpec', 'getConnectorDocumentation'] as const).map(
        async (name) => (await ask(name, { params: { sourceType }, query: { sourceId } })).status,
      ),
    )
  expect(await form('sample-data')).toEqual([200, 200])
  expect(await form('postgres')).toEqual([404, 404])
})
