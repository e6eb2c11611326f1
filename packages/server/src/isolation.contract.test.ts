// Nobody reaches another tenant's things. Made from the route table: a route that is added is tested by that alone.
import { randomBytes, randomUUID } from 'node:crypto'
import { type AnyRoute, type RouteName, routes } from '@opsai/contract'
import { afterAll, beforeAll, expect, test } from 'vitest'
import * as z from 'zod'
import { openPopup } from './test/acme-browser.js'
import { createWorld, query, type World } from './test/world.js'

let world: World
let alice: string
let bob: string
const canary = 'canary of alice'
const kinds = ['foreign', 'unknown', 'deleted', 'malformed'] as const
type Kind = (typeof kinds)[number]
type Ids = Partial<Record<Kind, string>>

/** Alice's, for her own door to open to (positive control) and Bob's to stay shut. */
const owned: Record<string, string> = {}
/**
 * An id of each kind under every name an id has in the contract. A name that is missing here fails the test; a kind that
 * is missing does not exist: the host owns all its tenants, and kinds of connectors belong to nobody.
 */
const ids: Record<string, Ids> = {}

/** Public pages that take an id are opened by whoever holds the link; what each does about it has its own test. */
const openToAll: Partial<Record<RouteName, string>> = {
  openFlow: 'asks before it does anything: oauth/sign-in.db.test.ts',
  finishFlow: 'says the link was used: oauth/sign-in.db.test.ts',
  finishAppFlow: 'names a kind of connector',
  receiveNotification: 'always answers alike: webhooks/webhooks.db.test.ts',
  openReconnectLink: 'says what it is for, and shows nothing: oauth/reconnect-link.db.test.ts',
  useReconnectLink: 'ends by a session of its user alone: oauth/reconnect-link.db.test.ts',
}
/** Makes what it is asked for, so that no id is unknown to it. */
const makes: RouteName[] = ['putTenant']

const malformed = '..%2fworkspaces'
const newFlowId = () => randomBytes(16).toString('base64url')

beforeAll(async () => {
  world = await createWorld()
  alice = await world.newSession('alice')
  // Users of one name: nothing but the tenant sets them apart.
  bob = await world.newSession('bob')
  Object.assign(owned, { sourceType: 'sample-data' }, await makeOneOfEach('alice', alice))
  const gone = await makeOneOfEach('bob', bob)
  await world.call('deleteConnection', { token: bob, params: { connectionId: gone.connectionId } })
  await world.call('deleteSource', { token: bob, params: { sourceId: gone.sourceId } })
  await query(world.database, `DELETE FROM opsai.flows WHERE flow_id = $1`, [gone.flowId])
  await world.newSession('gone')
  await world.call('deleteTenant', { params: { tenantId: 'gone' } })
  const unknown = { sourceId: randomUUID(), connectionId: randomUUID(), jobId: '999999', flowId: newFlowId() }
  for (const name of ['sourceId', 'connectionId', 'jobId', 'flowId'] as const)
    ids[name] = { foreign: owned[name], unknown: unknown[name], deleted: gone[name], malformed }
  ids.authorizationId = { ...ids.flowId }
  ids.tenantId = { unknown: 'nobody', deleted: 'gone', malformed: 'a\u0001b' }
  ids.sourceType = { unknown: 'no-such-connector', malformed: 'A/..' }
  ids.eventId = { unknown: `evt_${'0'.repeat(32)}`, malformed }
})
afterAll(() => world.close())

async function makeOneOfEach(tenantId: string, token: string) {
  const make = async <T>(name: RouteName, body: unknown, params: Record<string, string> = {}) =>
    (await (await world.call(name, { token, body, params })).json()) as T
  const name = `canary of ${tenantId}`
  const { sourceId } = await make<{ sourceId: string }>('createSource', {
    tenantId,
    sourceType: 'sample-data',
    name,
    configuration: { count: 10 },
  })
  const streams = [{ name: 'users', syncMode: 'full_refresh_overwrite' }]
  const { connectionId } = await make<{ connectionId: string }>('createConnection', { sourceId, streams })
  const { jobId } = await make<{ jobId: string }>('syncConnection', {}, { connectionId })
  const flowId = newFlowId()
  await openPopup(world, { sessionToken: token, flowId, sourceType: 'acme-crm', name })
  await (await world.call('streamJob', { token, params: { jobId } })).text()
  return { sourceId, connectionId, jobId, flowId }
}

/** What else a body needs, so that only its id is wrong. */
const bodies: Partial<Record<RouteName, object>> = {
  createConnection: { streams: [{ name: 'users', syncMode: 'full_refresh_append' }] },
  estimateConnection: { streams: [{ name: 'users', syncMode: 'full_refresh_append' }] },
  createSource: { tenantId: 'bob', sourceType: 'acme-crm', name: 'x' },
  updateSource: { name: 'mine now' },
  updateConnection: { name: 'mine now' },
  confirmFlow: { nonce: 'x' },
  createReconnectLink: { sourceId: randomUUID(), userId: 'ada' },
}

const inPath = (route: AnyRoute) => [...route.path.matchAll(/\{(\w+)\}/g)].map(([, name = '']) => name)

/** Ids in a body, by the schema: whatever is called so. A body's `tenantId` has a test of its own. */
function inBody(route: AnyRoute): string[] {
  if (!route.body) return []
  const schema = z.toJSONSchema(route.body, { unrepresentable: 'any', io: 'input' })
  const branches = [schema, ...(schema.anyOf ?? []), ...(schema.oneOf ?? [])]
  return branches
    .flatMap(({ properties = {} }) => Object.keys(properties))
    .filter((name) => /(?<!tenant)(?<!user)Id$/.test(name))
}

/** Ids a query may name. */
function inQuery(route: AnyRoute): string[] {
  if (!route.query) return []
  const { properties = {} } = z.toJSONSchema(route.query, { unrepresentable: 'any', io: 'input' })
  return Object.keys(properties).filter((name) => /(?<!user)Id$/.test(name))
}

interface Cell {
  name: RouteName
  id: string
  place: 'path' | 'query' | 'body'
  /** What stands beside it, where a body comes in several shapes. */
  beside?: object
}

/** An edit that is tested names its source as a test of the source itself does, and takes another way. */
const otherShapes: Cell[] = [
  { name: 'testSource', id: 'sourceId', place: 'body', beside: { configuration: { count: 1 } } },
]

const cells = (Object.keys(routes) as RouteName[])
  .filter((name) => ['session', 'host'].includes(routes[name].door) && !makes.includes(name))
  .filter((name) => name !== 'createSession')
  .flatMap((name): Cell[] => [
    ...inPath(routes[name]).map((id) => ({ name, id, place: 'path' as const })),
    ...inQuery(routes[name]).map((id) => ({ name, id, place: 'query' as const })),
    ...[...new Set(inBody(routes[name]))].map((id) => ({ name, id, place: 'body' as const })),
  ])
  .concat(otherShapes)

async function ask({ name, id, place, beside }: Cell, value: string) {
  const route: AnyRoute = routes[name]
  // The host asks for Bob where it is not the tenant's own id that is wrong.
  const right = { ...owned, tenantId: 'bob' } as Record<string, string>
  const params = Object.fromEntries(inPath(route).map((each) => [each, each === id ? value : (right[each] ?? value)]))
  const body = route.body && { ...bodies[name], ...beside, ...(place === 'body' && { [id]: value }) }
  const query = place === 'query' ? { [id]: value } : {}
  const answer = await world.call(name, { token: bob, params, query, body })
  const text = await answer.text()
  return { status: answer.status, body: text.replace(/"requestId":"[^"]*"/, ''), text }
}

let counted = 0

test('every id of the contract has its column in this matrix', () => {
  const missing = [...new Set(cells.map(({ id }) => id))].filter((id) => !ids[id])
  expect(missing).toEqual([])
  const open = (Object.keys(routes) as RouteName[]).filter(
    (name) => ['public', 'form'].includes(routes[name].door) && inPath(routes[name]).length > 0,
  )
  expect(open.sort()).toEqual(Object.keys(openToAll).sort())
  expect(cells.length).toBeGreaterThanOrEqual(27)
})

test.each(cells)(
  '$name, $id in the $place: foreign, unknown, deleted and malformed ones are one and the same',
  async (cell) => {
    const answers = []
    for (const kind of kinds) {
      const value = ids[cell.id]?.[kind]
      if (value === undefined) continue
      counted += 1
      const answer = await ask(cell, value)
      expect(answer.text, kind).not.toContain(canary)
      if (kind === 'malformed') expect([400, 404], answer.text).toContain(answer.status)
      else expect([kind, answer.status, answer.text]).toEqual([kind, 404, answer.text])
      if (answer.status === 404) answers.push(answer.body)
    }
    expect(new Set(answers).size).toBe(1)
  },
)

test('the count of what was asked', () => {
  console.log(`isolation matrix: ${cells.length} routes × ids, ${counted} cells, 0 foreign bytes`)
  expect(counted).toBeGreaterThanOrEqual(98)
})

test('their owner reaches them (positive control)', async () => {
  const { sourceId = '', connectionId = '', jobId = '', flowId = '' } = owned
  for (const [name, params] of [
    ['getSource', { sourceId }],
    ['getConnection', { connectionId }],
    ['getJob', { jobId }],
    ['getFlow', { flowId }],
    ['streamFlow', { flowId }],
  ] as const) {
    const answer = await world.call(name, { token: alice, params })
    expect(answer.status, name).toBe(200)
    await answer.body?.cancel()
  }
  for (const name of ['getConnectorSpec', 'getConnectorDocumentation'] as const) {
    const parts = { token: alice, params: { sourceType: 'sample-data' }, query: { sourceId } }
    expect((await world.call(name, parts)).status, name).toBe(200)
  }
  const edited = { sourceId, configuration: { count: 20 } }
  expect((await world.call('testSource', { token: alice, body: edited })).status).toBe(200)
})

test('lists hold only what is their own', async () => {
  for (const name of ['listConnections', 'listConnectedSources', 'listFlows'] as const) {
    const own = name === 'listFlows' ? (owned.flowId ?? '') : canary
    expect(await (await world.call(name, { token: alice })).text(), name).toContain(own)
    expect(await (await world.call(name, { token: bob })).text(), name).not.toContain(own)
  }
})

test('another user of the same tenant does not see a sign-in', async () => {
  const eve = await world.newSession('alice', 'eve')
  for (const name of ['getFlow', 'streamFlow'] as const)
    expect((await world.call(name, { token: eve, params: { flowId: owned.flowId ?? '' } })).status).toBe(404)
  expect(await (await world.call('listFlows', { token: eve })).json()).toEqual({ flows: [] })
})

test('a body may not speak for another tenant', async () => {
  const body = { tenantId: 'alice', sourceType: 'sample-data', name: 'x', configuration: { count: 1 } }
  const answer = await world.call('createSource', { token: bob, body })
  expect(answer.status).toBe(403)
  expect(await answer.json()).toMatchObject({ code: 'tenant_mismatch', fieldErrors: [{ path: ['tenantId'] }] })
})
