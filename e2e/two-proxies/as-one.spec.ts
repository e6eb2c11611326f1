// What a load balancer may do to a user: every other request goes to the other proxy.
import { randomUUID } from 'node:crypto'
import pg from 'pg'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { createProxyApi, openSession, type ProxyApi, waitForJob } from '../proxy-api.js'
import { startTwoProxies, type TwoProxies } from './two-proxies.js'

let two: TwoProxies
beforeAll(async () => {
  two = await startTwoProxies()
})
afterAll(() => two.close())

const sampleSource = (tenantId: string) =>
  ({ tenantId, sourceType: 'sample-data', name: 'Demo', configuration: { count: 20 } }) as const

/** One user's calls at both proxies. */
async function atBoth(tenantId: string): Promise<{ a: ProxyApi; b: ProxyApi; token: string }> {
  const { api, token } = await openSession(two.a.url, two.hostKey, tenantId)
  return { a: api, b: createProxyApi(two.b.url, token), token }
}

it('a tenant provisioned at both at once has one workspace and one destination', async () => {
  two.recorder.clear()
  const tenants = await Promise.all(
    [two.a, two.b, two.a, two.b].map(({ url }) =>
      createProxyApi(url, two.hostKey)('putTenant', { params: { tenantId: 'twice' } }),
    ),
  )
  expect(new Set(tenants.map(({ workspaceId }) => workspaceId)).size).toBe(1)
  expect(two.recorder.seen.filter((call) => call === 'POST /api/public/v1/workspaces')).toHaveLength(1)
  expect(two.recorder.seen.filter((call) => call === 'POST /api/public/v1/destinations')).toHaveLength(1)
})

it('a session of one is good at the other, and what one makes the other serves', async () => {
  const { a, b } = await atBoth('shared')
  const source = await a('createSource', { body: sampleSource('shared') })
  if (!('sourceId' in source)) throw new Error('a sign-in was asked for')
  const { sourceId } = source
  expect((await b('getSource', { params: { sourceId } })).name).toBe('Demo')
  const streams = [{ name: 'users', syncMode: 'full_refresh_overwrite' as const }]
  const { connectionId } = await b('createConnection', { body: { sourceId, streams } })
  const { jobId } = await a('syncConnection', { params: { connectionId } })
  expect(await waitForJob(b, jobId)).toMatchObject({ status: 'succeeded' })
})

it('one Idempotency-Key used a hundred times at both makes one source', async () => {
  const { a, token } = await atBoth('idempotent')
  const key = randomUUID()
  const ask = async (url: string) => {
    const answer = await fetch(`${url}/api/airbyte/sources/create`, {
      method: 'POST',
      headers: { authorization: `Bearer ${token}`, 'content-type': 'application/json', 'idempotency-key': key },
      body: JSON.stringify(sampleSource('idempotent')),
    })
    const body = (await answer.json()) as { sourceId?: string; code?: string }
    return { status: answer.status, said: body.sourceId ?? body.code }
  }
  const answers = await Promise.all(Array.from({ length: 100 }, (_, n) => ask(n % 2 ? two.a.url : two.b.url)))
  const made = answers.filter(({ status }) => status === 201)
  expect(new Set(made.map(({ said }) => said)).size).toBe(1)
  expect(new Set(answers.filter(({ status }) => status !== 201).map(({ said }) => said))).toEqual(
    new Set(made.length < 100 ? ['idempotency_in_progress'] : []),
  )
  expect((await a('listConnectedSources')).sources).toHaveLength(1)
})

it('twenty tests of one source, at both, reach Airbyte one after the other', async () => {
  const { a, b } = await atBoth('lease')
  const source = await a('createSource', { body: sampleSource('lease') })
  if (!('sourceId' in source)) throw new Error('a sign-in was asked for')
  two.recorder.clear()
  const checks = Array.from({ length: 20 }, (_, n) =>
    (n % 2 ? a : b)('testSource', { body: { sourceId: source.sourceId } }),
  )
  for (const { status } of await Promise.all(checks)) expect(status).toBe('succeeded')
  expect(two.recorder.mostChecks()).toBe(1)
})

it('a proxy killed while it creates leaves nothing twice: the other one takes it up', async () => {
  const tenantId = 'killed'
  const { api, token } = await openSession(two.b.url, two.hostKey, tenantId)
  const doomed = await two.startProxy()
  const key = randomUUID()
  const create = (url: string) =>
    fetch(`${url}/api/airbyte/sources/create`, {
      method: 'POST',
      headers: { authorization: `Bearer ${token}`, 'content-type': 'application/json', 'idempotency-key': key },
      body: JSON.stringify(sampleSource(tenantId)),
    })
  two.recorder.clear()
  const lost = create(doomed.url).catch(() => undefined)
  await until(() => two.recorder.seen.some((call) => call === 'POST /api/public/v1/sources'))
  doomed.child.kill('SIGKILL')
  await lost
  await until(async () => (await create(two.b.url)).status === 201, 60_000)
  expect((await api('listConnectedSources')).sources).toHaveLength(1)
  expect(await countAtAirbyte(tenantId)).toBe(1)
})

/** Sources the engine itself holds in a tenant's workspace. */
async function countAtAirbyte(tenantId: string): Promise<number> {
  const { workspaceId } = await createProxyApi(two.a.url, two.hostKey)('getTenant', { params: { tenantId } })
  const client = new pg.Client({ connectionString: await two.database('engine') })
  await client.connect()
  const { rows } = await client.query<{ n: number }>(
    `SELECT count(*)::int AS n FROM airbyte_engine.actor WHERE workspace_id = $1 AND kind = 'source'`,
    [workspaceId],
  )
  await client.end()
  return rows[0]!.n
}

async function until(look: () => boolean | Promise<boolean>, ms = 20_000): Promise<void> {
  for (const end = Date.now() + ms; !(await look()); await new Promise((resolve) => setTimeout(resolve, 100))) {
    if (Date.now() > end) throw new Error(`waited ${ms} ms in vain`)
  }
}
