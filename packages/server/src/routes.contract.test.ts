// Every route of the contract, called on the running proxy; what it answers must be what the table says.
import { randomBytes } from 'node:crypto'
import { type AnyRoute, type RouteName, routes } from '@opsai/contract'
import { afterAll, beforeAll, expect, test } from 'vitest'
import * as z from 'zod'
import { signInAtAcme } from './test/acme-browser.js'
import { type AppWorld, createAppWorld, isUpToDate } from './test/app-world.js'
import { type CallParts, hostOrigin, query } from './test/world.js'

let world: AppWorld
let token: string
const called = new Set<RouteName>()
const tenantId = 'acme & sons'

beforeAll(async () => {
  world = await createAppWorld()
  token = await world.newSession(tenantId)
})
afterAll(() => world.close())

/** Calls a route, checks the answer against the table and gives it back. */
async function call<T = Record<string, unknown>>(name: RouteName, parts: CallParts = {}, status?: number): Promise<T> {
  const route: AnyRoute = routes[name]
  const answer = await world.call(name, { token, ...parts })
  const text = await answer.text()
  const schema = route.answers[answer.status]
  expect(schema, `${name} answered ${answer.status}: ${text}`).toBeDefined()
  if (status) expect(answer.status, text).toBe(status)
  expect(answer.headers.get('content-type'), name).toContain(answer.status === 303 ? null : route.answersIn)
  called.add(name)
  const body: unknown = route.answersIn === 'application/json' ? JSON.parse(text) : text
  if (schema) z.parse(schema, body)
  return body as T
}

test('health and the document are open to everybody', async () => {
  expect(await call('getHealth')).toEqual({ status: 'ok', database: 'ok', airbyte: 'ok' })
  expect(await call('getOpenApi')).toMatchObject({ openapi: '3.1.0' })
})

test('a host makes tenants and sessions', async () => {
  const made = await call('putTenant', { params: { tenantId } })
  expect(await call('putTenant', { params: { tenantId } })).toEqual(made)
  expect(await call('getTenant', { params: { tenantId } })).toEqual(made)
  const listed = await call<{ tenants: { tenantId: string; status: string }[] }>('listTenants', {
    query: { limit: '1' },
  })
  expect(listed).toMatchObject({ tenants: [{ tenantId, status: 'ready' }] })
  await call('createSession', { body: { tenantId, userId: 'ada', origins: [hostOrigin] } }, 201)
})

test('a customer goes from the gallery to rows in their own schema', async () => {
  const page = await call<{ sources: { sourceType: string; availability: string }[]; total: number }>('listConnectors')
  expect(page.total).toBeGreaterThanOrEqual(55)
  const available = page.sources
    .filter(({ availability }) => availability === 'available')
    .map(({ sourceType }) => sourceType)
  expect(available).toContain('postgres')
  await call('getConnectorSpec', { params: { sourceType: 'sample-data' } })
  const profile = { industry: 'saas', size: '11-50', type: 'b2b' }
  const { recommendations } = await call<{ recommendations: { sourceType: string }[] }>('getRecommendations', {
    body: { businessProfile: profile },
  })
  expect(recommendations[0]?.sourceType).toBe('postgres')

  const configuration = { count: 200, seed: 7 }
  expect(await call('testSource', { body: { sourceType: 'sample-data', configuration } })).toEqual({
    status: 'succeeded',
  })
  const source = await call<{ sourceId: string; checkStatus: string }>(
    'createSource',
    { body: { tenantId, sourceType: 'sample-data', name: 'Try out', configuration } },
    201,
  )
  expect(source.checkStatus).toBe('succeeded')
  const { sourceId } = source
  await call('getSource', { params: { sourceId } })
  await call('getConnectorSpec', { params: { sourceType: 'sample-data' }, query: { sourceId } })
  const manual = await call('getConnectorDocumentation', {
    params: { sourceType: 'sample-data' },
    query: { sourceId },
  })
  expect(manual).toMatchObject({ markdown: expect.stringContaining('<FieldAnchor field="count">') as string })
  const edited = { sourceId, configuration: { count: 300, seed: 7 } }
  expect(await call('testSource', { body: edited })).toEqual({ status: 'succeeded' })
  await call('listConnectedSources')
  await call('updateSource', { params: { sourceId }, body: { name: 'Tried out' } })

  const sample = await call<{ streams: { name: string; origin: string; records: unknown[]; syncModes: string[] }[] }>(
    'sampleSource',
    {
      body: { sourceId, limit: 3 },
    },
  )
  expect(sample.streams.map(({ name, origin, records }) => [name, origin, records.length])).toEqual([
    ['users', 'source', 3],
    ['products', 'source', 3],
    ['purchases', 'source', 3],
  ])

  const streams = sample.streams.map(({ name, syncModes }) => ({ name, syncMode: syncModes[0] }))
  const connection = await call<{ connectionId: string; schema: string; tablePrefix: string }>('createConnection', {
    body: { sourceId, streams },
  })
  const { connectionId, schema } = connection
  expect(connection.tablePrefix).toBe('sample_data_')
  await call('updateConnection', {
    params: { connectionId },
    body: { schedule: { scheduleType: 'cron', cronExpression: '0 0 6 * * ?' } },
  })
  await call('estimateConnection', { body: { sourceId, streams } })
  await call('getConnection', { params: { connectionId } })

  const job = await call<{ jobId: string }>('syncConnection', { params: { connectionId }, body: {} }, 202)
  const events = await call<string>('streamJob', { params: { jobId: job.jobId } })
  const last = events.split('\n\n').findLast((event) => event.includes('event: job')) ?? ''
  expect(JSON.parse(last.slice(last.indexOf('{')))).toMatchObject({
    status: 'succeeded',
    rowsSynced: expect.any(Number) as number,
  })
  await call('getJob', { params: { jobId: job.jobId } })
  const [counted] = await query<{ users: string }>(
    world.warehouse,
    `SELECT count(*) AS users FROM "${schema}".sample_data_users`,
  )
  expect(counted?.users).toBe('200')

  const { connections } = await call<{ connections: { latestJob?: { status: string } }[] }>('listConnections')
  expect(connections[0]?.latestJob?.status).toBe('succeeded')
  const env = await call<string>('getTenantEnv', { params: { tenantId } })
  expect(env).toContain('SAMPLE_DATA_ENABLED=true')
  expect(await call('getConnectionUsage', { params: { connectionId } })).toMatchObject({ jobsNotSeen: 0 })
  await call('cancelJob', { params: { jobId: job.jobId }, body: {} })
  await call('deleteConnection', { params: { connectionId } })
  await call('deleteSource', { params: { sourceId } })
})

test('a customer signs in at Acme CRM and has a source', async () => {
  const flowId = randomBytes(16).toString('base64url')
  const headers = { origin: hostOrigin }
  await call('startFlow', { body: { sessionToken: token, flowId, sourceType: 'acme-crm', name: 'Our CRM' }, headers })
  const back = await signInAtAcme(world, { sessionToken: token, flowId, sourceType: 'acme-crm' })
  called.add('finishAppFlow')
  expect(back.returned.searchParams.get('aip_flow')).toBe(flowId)
  expect(await call('listFlows')).toMatchObject({ flows: [{ flowId, status: 'returned' }] })
  await call('confirmFlow', { params: { flowId }, body: { nonce: back.nonce } })
  let flow = await call<{ status: string; sourceId?: string }>('getFlow', {
    params: { flowId },
    query: { wait: '25', since: 'confirmed' },
  })
  if (flow.status === 'creating')
    flow = await call('getFlow', { params: { flowId }, query: { wait: '25', since: 'creating' } })
  expect(flow).toMatchObject({ status: 'completed', sourceId: expect.any(String) as string })
  expect(await call<string>('streamFlow', { params: { flowId } })).toBe(
    `retry: 2000\n\nevent: flow\ndata: ${JSON.stringify(flow)}\n\n`,
  )
  const body = { tenantId, sourceType: 'acme-crm', name: 'CRM', authorizationId: flowId }
  expect(await call('createSource', { body }, 201)).toMatchObject({
    sourceId: flow.sourceId,
    authorization: 'oauth',
    checkStatus: 'succeeded',
  })
  const again = await call<{ authUrl: string; flowId: string }>('signInAgain', {
    params: { sourceId: flow.sourceId ?? '' },
    body: {},
  })
  expect(again.authUrl).toBe(`http://app.test/api/airbyte/oauth/start/${again.flowId}`)
  const asked = { sourceId: flow.sourceId, userId: 'ada' }
  const link = await call<{ url: string }>('createReconnectLink', { params: { tenantId }, body: asked }, 201)
  const params = { token: link.url.split('/').at(-1) ?? '' }
  expect(await call('openReconnectLink', { params })).toContain('asks to sign Acme CRM')
  const sameOrigin = { origin: 'null', 'sec-fetch-site': 'same-origin' }
  expect(await call('useReconnectLink', { params, headers: sameOrigin })).toContain('One moment…')
})

test('a source that wants sign-in answers where to go', async () => {
  const body = { tenantId, sourceType: 'acme-crm', name: 'CRM' }
  const { authUrl, flowId } = await call<{ authUrl: string; flowId: string }>('createSource', { body }, 200)
  expect(authUrl).toBe(`http://app.test/api/airbyte/oauth/start/${flowId}`)
  expect(await call('openFlow', { params: { flowId } })).toContain('If you did not start this, close the window.')
  await call('cancelFlow', { params: { flowId }, body: {} })
  expect(await call('finishFlow', { params: { state: 'x'.repeat(43) } })).toContain('Nothing was connected')
})

test("a host has a tenant's app made, looks at it and takes it away", async () => {
  expect(await call('createApp', { body: { tenantId } }, 202)).toMatchObject({ tenantId, target: 'local' })
  await world.until(tenantId, isUpToDate)
  expect(await call('getApp', { params: { tenantId } })).toMatchObject({ status: 'running' })
  expect(await call('deleteApp', { params: { tenantId } })).toEqual({ tenantId, status: 'removed' })
})

test('a host looks after its events, its trail and its sessions', async () => {
  expect(await call('listDeadWebhooks')).toEqual({ events: [] })
  const eventId = `evt_${'1'.repeat(32)}`
  await query(
    world.database,
    `INSERT INTO opsai.webhook_events (event_id, tenant_id, type, data, status) VALUES ($1, 'x', 'tenant.deleted', '{}', 'dead')`,
    [eventId],
  )
  expect(await call('resendWebhook', { params: { eventId }, body: {} }, 202)).toEqual({ eventId, status: 'pending' })
  expect(await call('verifyAudit')).toMatchObject({ faults: [] })
  const notified = await world.call('receiveNotification', { params: { secret: 'x'.repeat(43) }, body: {} })
  expect([notified.status, await notified.text()]).toEqual([204, ''])
  called.add('receiveNotification')
  expect(await call('revokeSessions', { params: { tenantId }, query: { userId: 'somebody' } })).toEqual({ revoked: 0 })
})

test('a host changes what was handed out for a tenant, and deletes it', async () => {
  await call('rotateTenant', { params: { tenantId }, body: {} })
  await call('deleteTenant', { params: { tenantId } })
  expect((await world.call('listConnectors', { token })).status).toBe(401)
})

test('no route was left out', () => {
  expect((Object.keys(routes) as RouteName[]).filter((name) => !called.has(name))).toEqual([])
})
