// Edits against an Airbyte that keeps secrets as the real one does: stars keep them on PUT outside lists, and nowhere else.
import { afterAll, beforeAll, expect, test } from 'vitest'
import { createRecorder, type Recorder } from '../test/recorder.js'
import { createWorld, type World } from '../test/world.js'

let world: World
let recorder: Recorder
let token: string
let sourceId: string
type Tree = Record<string, unknown>
const stars = '**********'
const secrets = { api_key: 'sëcret "1"', hosts: [{ name: 'a', password: 'secret 2' }], oauth: { token: 'secret 3' } }
let stored: Tree

const isTree = (value: unknown): value is Tree => typeof value === 'object' && value !== null && !Array.isArray(value)
const mask = (value: unknown, key = ''): unknown => {
  if (key === 'token') return '******'
  if (key === 'api_key' || key === 'password') return stars
  if (Array.isArray(value)) return value.map((item) => mask(item))
  return isTree(value)
    ? Object.fromEntries(Object.entries(value).map(([name, inner]) => [name, mask(inner, name)]))
    : value
}
/** PUT: ten stars keep the stored value; lists are not looked into. */
const replace = (old: unknown, now: unknown): unknown => {
  if (now === stars && old !== undefined) return old
  if (!isTree(now)) return now
  return Object.fromEntries(
    Object.entries(now).map(([key, inner]) => [key, replace(isTree(old) ? old[key] : undefined, inner)]),
  )
}
/** PATCH: objects are merged, stars are stored as stars. */
const merge = (old: Tree, now: Tree): Tree => ({
  ...old,
  ...Object.fromEntries(
    Object.entries(now).map(([key, inner]) => [
      key,
      isTree(inner) && isTree(old[key]) ? merge(old[key], inner) : inner,
    ]),
  ),
})

beforeAll(async () => {
  world = await createWorld()
  recorder = createRecorder(world)
  await world.restart({ airbyte: recorder.airbyte })
  token = await world.newSession('acme')
  const body = { tenantId: 'acme', sourceType: 'sample-data', name: 'x', configuration: { count: 1 } }
  sourceId = ((await (await world.call('createSource', { token, body })).json()) as { sourceId: string }).sourceId
  recorder.instead = async (request) => {
    if (!request.url.endsWith(`/sources/${sourceId}`)) return undefined
    const plain = (await (await world.engine.fetch(new Request(request.url))).json()) as Tree
    const sent = request.method === 'GET' ? {} : ((await request.json()) as { configuration?: Tree })
    if (request.method === 'PUT') stored = replace(stored, sent.configuration) as Tree
    if (request.method === 'PATCH') stored = merge(stored, sent.configuration ?? {})
    return Response.json({ ...plain, configuration: mask(stored) })
  }
})
afterAll(() => world.close())

const read = async () =>
  ((await (await world.call('getSource', { token, params: { sourceId } })).json()) as { configuration: Tree })
    .configuration
const edit = async (body: object) => {
  const answer = await world.call('updateSource', { token, params: { sourceId }, body })
  return {
    status: answer.status,
    body: (await answer.json()) as { configuration: Tree; fieldErrors?: { path: string[]; code: string }[] },
  }
}

test('a browser sees ten stars for every kind of mask', async () => {
  stored = { ...secrets, region: 'eu' }
  expect(await read()).toEqual({
    api_key: stars,
    hosts: [{ name: 'a', password: stars }],
    oauth: { token: stars },
    region: 'eu',
  })
})

test('what the user did not touch stays to the byte, also in lists', async () => {
  stored = { ...secrets, region: 'eu' }
  expect((await edit({ configuration: { ...(await read()), region: 'us' } })).status).toBe(200)
  expect(stored).toEqual({ ...secrets, region: 'us' })
  expect((await edit({ name: 'renamed' })).status).toBe(200)
  expect((await edit({ configuration: await read() })).status).toBe(200)
  expect(stored).toEqual({ ...secrets, region: 'us' })
})

test('without lists, secrets stay, one is changed and a key is removed in one edit', async () => {
  stored = { api_key: secrets.api_key, oauth: secrets.oauth, region: 'eu' }
  const { region: _, ...rest } = await read()
  expect((await edit({ configuration: { ...rest, api_key: 'new' } })).status).toBe(200)
  expect(stored).toEqual({ api_key: 'new', oauth: secrets.oauth })
})

test('what Airbyte can’t keep is asked for by its field, and nothing is sent', async () => {
  stored = { ...secrets }
  const { body, status } = await edit({ configuration: { ...(await read()), hosts: [{ name: 'b', password: stars }] } })
  expect([status, body.fieldErrors]).toMatchObject([
    400,
    [{ path: ['configuration', 'hosts', '0', 'password'], code: 'secret_needed' }],
  ])
  expect(stored).toEqual(secrets)
  expect((await edit({ configuration: { ...(await read()), hosts: [{ name: 'b', password: 'typed' }] } })).status).toBe(
    200,
  )
  expect(stored).toEqual({ ...secrets, hosts: [{ name: 'b', password: 'typed' }] })
})

test('a mask where nothing is stored is no secret', async () => {
  for (const name of ['createSource', 'testSource'] as const) {
    const about = name === 'createSource' ? { tenantId: 'acme', name: 'x' } : {}
    const answer = await world.call(name, {
      token,
      body: {
        ...about,
        sourceType: 'acme-crm',
        configuration: { credentials: { auth_type: 'api_key', api_key: stars } },
      },
    })
    expect([name, answer.status, await answer.json()]).toMatchObject([
      name,
      400,
      { fieldErrors: [{ path: ['configuration', 'credentials', 'api_key'], code: 'mask' }] },
    ])
  }
})
