// A change is tried out before it is stored: with the stored secrets, for real, and without leaving a trace.
import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest'
import { createRecorder, type Recorder } from '../test/recorder.js'
import { createWorld, type World } from '../test/world.js'

let world: World
let recorder: Recorder
let token: string
let sourceId: string
const stars = '**********'
type Tree = Record<string, unknown>

beforeAll(async () => {
  world = await createWorld()
  recorder = createRecorder(world)
  await world.restart({ airbyte: recorder.airbyte })
  token = await world.newSession('acme')
  const configuration = { credentials: { auth_type: 'api_key', api_key: 'acme_key_test' } }
  const body = { tenantId: 'acme', sourceType: 'acme-crm', name: 'CRM', configuration }
  sourceId = (await ask<{ sourceId: string }>('createSource', { body })).body.sourceId
})
beforeEach(() => {
  recorder.instead = undefined
})
afterAll(() => world.close())

async function ask<T = Tree>(name: Parameters<World['call']>[0], parts: Parameters<World['call']>[1]) {
  const answer = await world.call(name, { token, ...parts })
  return { status: answer.status, body: (await answer.json()) as T }
}
const read = async () =>
  (await ask<{ configuration: Tree; checkStatus: string }>('getSource', { params: { sourceId } })).body
const tryOut = (configuration: Tree) => ask('testSource', { body: { sourceId, configuration } })

test('the stored secret stands behind its mask, inside an option too', async () => {
  const { configuration } = await read()
  expect(configuration).toMatchObject({ credentials: { api_key: stars } })
  const edit = { ...configuration, start_date: '2025-01-01T00:00:00Z' }
  expect(await tryOut(edit)).toEqual({ status: 200, body: { status: 'succeeded' } })
})

test('a typed secret is tested itself, and nothing is stored of it', async () => {
  const before = await read()
  const { body } = await tryOut({ credentials: { auth_type: 'api_key', api_key: 'acme_key_typed_wrong' } })
  expect(body).toMatchObject({
    status: 'failed',
    code: 'bad_key',
    fieldErrors: [{ path: ['credentials', 'api_key'], code: 'bad_key' }],
  })
  expect(JSON.stringify(body)).not.toContain('acme_key_typed_wrong')
  expect(await read()).toEqual(before)
  expect(before.checkStatus).toBe('succeeded')
  expect((await ask('testSource', { body: { sourceId } })).body).toEqual({ status: 'succeeded' })
})

test('a mask over nothing is no secret', async () => {
  const credentials = { auth_type: 'oauth2.0', client_id: 'x', client_secret: stars, refresh_token: stars }
  expect(await tryOut({ credentials })).toMatchObject({
    status: 400,
    body: {
      fieldErrors: [
        { path: ['configuration', 'credentials', 'client_secret'], code: 'secret_needed' },
        { path: ['configuration', 'credentials', 'refresh_token'], code: 'secret_needed' },
      ],
    },
  })
})

test('references to secrets are refused, and never reach Airbyte', async () => {
  recorder.seen.length = 0
  const { status } = await tryOut({ credentials: { auth_type: 'api_key', api_key: 'secret_coordinate::other_v1' } })
  expect([status, JSON.stringify(recorder.seen).includes('secret_coordinate')]).toEqual([400, false])
})

test('a new address gets no stored secret, neither to test nor to keep', async () => {
  recorder.seen.length = 0
  const configuration = { ...(await read()).configuration, base_url: 'http://127.0.0.1:1' }
  const edit = { params: { sourceId }, body: { configuration } }
  for (const answer of [await tryOut(configuration), await ask('updateSource', edit)])
    expect(answer).toMatchObject({
      status: 400,
      body: { fieldErrors: [{ path: ['configuration', 'credentials', 'api_key'], code: 'secret_needed' }] },
    })
  expect(recorder.seen.filter(({ body }) => body.includes('127.0.0.1:1'))).toEqual([])
})

test('one at a time', async () => {
  const { configuration } = await read()
  recorder.seen.length = 0
  await Promise.all([tryOut(configuration), tryOut(configuration)])
  const steps = recorder.seen.flatMap(({ path }) => /commands\/(run|output)\/check/.exec(path)?.[1] ?? [])
  expect(steps.filter((step, index) => step !== steps[index - 1])).toEqual(['run', 'output', 'run', 'output'])
})

test('where Airbyte has no such call, what is typed in full is tested as a new one', async () => {
  recorder.instead = (request) => {
    const { pathname } = new URL(request.url)
    const isGone = pathname.includes('/commands/') || pathname.endsWith('/check_connection_for_update')
    return isGone ? Response.json('Object not found.', { status: 404 }) : undefined
  }
  const typed = { credentials: { auth_type: 'api_key', api_key: 'acme_key_test' } }
  expect((await tryOut(typed)).body).toEqual({ status: 'succeeded' })
  const { configuration } = await read()
  expect(await tryOut(configuration)).toMatchObject({
    status: 409,
    body: {
      code: 'test_after_save',
      remedy: expect.stringContaining('save') as string,
      fieldErrors: [{ path: ['configuration', 'credentials', 'api_key'], code: 'secret_needed' }],
    },
  })
})

test('Airbyte does not look into lists: a change beside their secrets can be tested once it is saved', async () => {
  const plain = { api_key: stars, hosts: [{ name: 'a', password: stars }], since: '2026' }
  recorder.instead = async (request) => {
    if (request.method !== 'GET' || !request.url.endsWith(`/sources/${sourceId}`)) return undefined
    const source = (await (await world.engine.fetch(new Request(request.url))).json()) as Tree
    return Response.json({ ...source, configuration: plain })
  }
  expect((await tryOut(plain)).body).toEqual({ status: 'succeeded' })
  const { status, body } = await ask<{ code: string; fieldErrors: { path: string[] }[] }>('testSource', {
    body: { sourceId, configuration: { ...plain, since: '2025' } },
  })
  expect([status, body.code]).toEqual([409, 'test_after_save'])
  expect(body.fieldErrors.map(({ path }) => path)).toEqual([['configuration', 'hosts', '0', 'password']])
})
