// Nobody reaches another tenant's things. Made from the route table: a route that is added is tested by that alone.
import { randomBytes, randomUUID } from 'node:crypto'
import { type AnyRoute, type RouteName, routes } from '@opsai/contract'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { openPopup } from './test/acme-browser.js'
import { createWorld, type World } from './test/world.js'

let world: World
let alice: string
let bob: string
const owned: Record<string, string> = {}
const unknown: Record<string, string> = {
  sourceId: randomUUID(),
  connectionId: randomUUID(),
  jobId: '999999',
  flowId: randomBytes(16).toString('base64url'),
}
/** Ids that name a kind of thing, not one of somebody's. */
const shared = new Set(['sourceType', 'state'])
const canary = 'canary of alice'

beforeAll(async () => {
  world = await createWorld()
  alice = await world.newSession('alice')
  // Users of one name: nothing but the tenant sets them apart.
  bob = await world.newSession('bob')
  const make = async <T>(name: RouteName, body: unknown, params: Record<string, string> = {}) =>
    (await (await world.call(name, { token: alice, body, params })).json()) as T
  const configuration = { count: 10 }
  const source = await make<{ sourceId: string }>('createSource', {
    tenantId: 'alice',
    sourceType: 'sample-data',
    name: canary,
    configuration,
  })
  const streams = [{ name: 'users', syncMode: 'full_refresh_overwrite' }]
  const connection = await make<{ connectionId: string }>('createConnection', { sourceId: source.sourceId, streams })
  const job = await make<{ jobId: string }>('syncConnection', {}, { connectionId: connection.connectionId })
  const flowId = randomBytes(16).toString('base64url')
  await openPopup(world, { sessionToken: alice, flowId, sourceType: 'acme-crm', name: canary })
  Object.assign(owned, source, connection, job, { flowId })
})
afterAll(() => world.close())

/** A body each route takes, with an id in it where there is one. */
const bodies: Partial<Record<RouteName, (ids: Record<string, string>) => unknown>> = {
  testSource: ({ sourceId }) => ({ sourceId }),
  sampleSource: ({ sourceId }) => ({ sourceId }),
  createConnection: ({ sourceId }) => ({ sourceId, streams: [{ name: 'users', syncMode: 'full_refresh_append' }] }),
  createSource: ({ flowId }) => ({ tenantId: 'bob', sourceType: 'acme-crm', name: 'x', authorizationId: flowId }),
  updateSource: () => ({ name: 'mine now' }),
  updateConnection: () => ({ name: 'mine now' }),
  confirmFlow: () => ({ nonce: 'x' }),
}

const idsIn = (route: AnyRoute) =>
  [...route.path.matchAll(/\{(\w+)\}/g)].map(([, name = '']) => name).filter((name) => !shared.has(name))

const withIds = (Object.keys(routes) as RouteName[]).filter((name) => {
  const route: AnyRoute = routes[name]
  return (
    route.door === 'session' &&
    (idsIn(route).length > 0 || ['testSource', 'sampleSource', 'createConnection', 'createSource'].includes(name))
  )
})

async function ask(name: RouteName, token: string, ids: Record<string, string>) {
  const route: AnyRoute = routes[name]
  const params = Object.fromEntries(idsIn(route).map((id) => [id, ids[id] ?? '']))
  const body = route.body && (bodies[name]?.(ids) ?? {})
  const answer = await world.call(name, { token, params, body })
  const problem = (await answer.json()) as Record<string, unknown>
  return { status: answer.status, body: { ...problem, requestId: '' } }
}

test('the table has such routes', () => {
  expect(withIds.length).toBeGreaterThanOrEqual(15)
})

test.each(withIds)('%s: ids of another tenant answer as unknown and malformed ones do', async (name) => {
  const foreign = await ask(name, bob, owned)
  expect(foreign.status, JSON.stringify(foreign.body)).toBe(404)
  expect(JSON.stringify(foreign.body)).not.toContain(canary)
  expect(foreign).toEqual(await ask(name, bob, unknown))
  const malformed = Object.fromEntries(Object.keys(unknown).map((id) => [id, '..%2fworkspaces']))
  expect(foreign).toEqual(await ask(name, bob, malformed))
})

test('their owner reaches them (positive control)', async () => {
  const { sourceId = '', connectionId = '', jobId = '', flowId = '' } = owned
  for (const [name, params] of [
    ['getSource', { sourceId }],
    ['getConnection', { connectionId }],
    ['getJob', { jobId }],
    ['getFlow', { flowId }],
  ] as const) {
    expect((await world.call(name, { token: alice, params })).status, name).toBe(200)
  }
})

test('lists hold only what is their own', async () => {
  for (const name of ['listConnections', 'listConnectedSources'] as const) {
    expect(await (await world.call(name, { token: alice })).text(), name).toContain(canary)
    expect(await (await world.call(name, { token: bob })).text(), name).not.toContain(canary)
  }
})

test('another user of the same tenant does not see a sign-in', async () => {
  const eve = await world.newSession('alice', 'eve')
  expect((await world.call('getFlow', { token: eve, params: { flowId: owned.flowId ?? '' } })).status).toBe(404)
})

test('a body may not speak for another tenant', async () => {
  const body = { tenantId: 'alice', sourceType: 'sample-data', name: 'x', configuration: { count: 1 } }
  const answer = await world.call('createSource', { token: bob, body })
  expect(answer.status).toBe(403)
  expect(await answer.json()).toMatchObject({ code: 'tenant_mismatch', fieldErrors: [{ path: ['tenantId'] }] })
})

test('no host route opens to a session token, nor to the host key from a browser', async () => {
  for (const name of Object.keys(routes) as RouteName[]) {
    const route: AnyRoute = routes[name]
    if (route.door !== 'host') continue
    const params = { tenantId: 'alice' }
    const body = route.body && { tenantId: 'alice', userId: 'x', origins: ['http://x.test'] }
    const asSession = await world.call(name, { params, body, headers: { authorization: `Bearer ${bob}` } })
    expect([name, asSession.status]).toEqual([name, 403])
    const fromPage = await world.call(name, { params, body, headers: { origin: 'http://host.test' } })
    expect([name, fromPage.status]).toEqual([name, 403])
    const wrongKey = await world.call(name, { params, body, headers: { authorization: 'Bearer wrong' } })
    expect([name, wrongKey.status]).toEqual([name, 401])
  }
})
