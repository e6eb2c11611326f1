// Real rows from an Airbyte that has no call for them, and nothing left of how they were had: whoever dies meanwhile.
import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest'
import { createServer } from '../index.js'
import { createWorld, query, type World } from '../test/world.js'

let world: World
let token: string
/** What Airbyte's side does with the next request that fits; `engine` is everything else. */
let instead: ((request: Request) => Promise<Response> | undefined) | undefined
const sent: string[] = []
/** The streams of each connection that was asked for. */
const chosen: string[][] = []

/** A plain Airbyte: it knows nothing of what is ours. */
const plainAirbyte = () => ({
  baseUrl: 'http://engine.test',
  fetch: async (request: Request) => {
    const { pathname } = new URL(request.url)
    sent.push(`${request.method} ${pathname.replace(/^\/api\/(public\/)?v1\//, '')}`)
    if (request.method === 'POST' && pathname.endsWith('/public/v1/connections')) {
      const { configurations } = (await request.clone().json()) as { configurations: { streams: { name: string }[] } }
      chosen.push(configurations.streams.map(({ name }) => name))
    }
    if (pathname.includes('/opsai/')) return Response.json('Object not found.', { status: 404 })
    return (await instead?.(request)) ?? (await world.engine.fetch(request))
  },
})

beforeAll(async () => {
  world = await createWorld()
  token = await world.newSession('acme')
})
beforeEach(async () => {
  instead = undefined
  await world.restart({ airbyte: plainAirbyte(), previewSync: 'on' })
})
afterAll(() => world.close())

type Sampled = { streams: { name: string; origin: string; records: Record<string, unknown>[] }[] }

async function newSource(name: string, count = 40): Promise<string> {
  const body = { tenantId: 'acme', sourceType: 'sample-data', name, configuration: { count } }
  const answer = await world.call('createSource', { token, body })
  return ((await answer.json()) as { sourceId: string }).sourceId
}

async function sample(sourceId: string, streams = ['users', 'products'], limit = 5) {
  const answer = await world.call('sampleSource', { token, body: { sourceId, streams, limit } })
  expect(answer.status).toBe(200)
  return ((await answer.json()) as Sampled).streams
}

/** All that a preview could have left, upstream and in both databases. */
async function leftovers() {
  const rows = await query(world.database, 'SELECT 1 FROM opsai.scratch')
  const schemas = await query(world.warehouse, `SELECT 1 FROM pg_namespace WHERE nspname LIKE '%preview%'`)
  const [tenant] = await query<{ slug: string; workspace_id: string }>(
    world.database,
    `SELECT slug, workspace_id FROM opsai.tenants WHERE tenant_id = 'acme'`,
  )
  const roles = await query(world.warehouse, `SELECT 1 FROM pg_roles WHERE rolname LIKE $1`, [
    `${tenant?.slug ?? ''}_preview%`,
  ])
  const list = async (what: string) => {
    const url = `http://engine.test/api/public/v1/${what}?limit=100&workspaceIds=${tenant?.workspace_id ?? ''}`
    const { data } = (await (await world.engine.fetch(new Request(url))).json()) as { data: { name: string }[] }
    return data.filter(({ name }) => name.startsWith('Preview')).length
  }
  return {
    rows: rows.length,
    schemas: schemas.length,
    roles: roles.length,
    connections: await list('connections'),
    destinations: await list('destinations'),
  }
}
const nothing = { rows: 0, schemas: 0, roles: 0, connections: 0, destinations: 0 }
const isSyncing = (request: Request) => request.method === 'GET' && /\/jobs\/\d+$/.test(new URL(request.url).pathname)

test('a preview sync brings the rows the source has, and leaves nothing', async () => {
  const sourceId = await newSource('Preview me')
  const previewed = await sample(sourceId)
  expect(previewed.map(({ name, origin, records }) => [name, origin, records.length])).toEqual([
    ['users', 'source', 5],
    ['products', 'source', 5],
  ])
  await expect.poll(leftovers, { timeout: 15_000 }).toEqual(nothing)
  const listed = await world.call('listConnections', { token })
  expect(((await listed.json()) as { connections: unknown[] }).connections).toEqual([])

  await world.restart()
  const read = await sample(sourceId)
  expect(previewed.map(({ records }) => records.map(comparable))).toEqual(
    read.map(({ records }) => records.map(comparable)),
  )
})

/** Postgres writes a moment its own way: the same moment all the same. */
const comparable = (record: Record<string, unknown>) =>
  Object.fromEntries(
    Object.entries(record)
      .sort(([a], [b]) => (a < b ? -1 : 1))
      .map(([name, value]) => [
        name,
        typeof value === 'string' && /^\d{4}-\d\d-\d\dT/.test(value) ? new Date(value).toISOString() : value,
      ]),
  )

test('where the operator has not allowed it, there is no sync and the examples say what they are', async () => {
  await world.restart({ airbyte: plainAirbyte() })
  const sourceId = await newSource('Not allowed')
  sent.length = 0
  expect((await sample(sourceId)).map(({ origin }) => origin)).toEqual(['schema', 'schema'])
  expect(sent.filter((line) => line.startsWith('POST jobs'))).toEqual([])
})

test('rows that were synced already need no preview', async () => {
  const sourceId = await newSource('Synced')
  const streams = [{ name: 'users', syncMode: 'full_refresh_overwrite' }]
  const made = await world.call('createConnection', { token, body: { sourceId, streams } })
  const { connectionId } = (await made.json()) as { connectionId: string }
  const started = await world.call('syncConnection', { token, params: { connectionId }, body: {} })
  const { jobId } = (await started.json()) as { jobId: string }
  await (await world.call('streamJob', { token, params: { jobId } })).text()
  chosen.length = 0
  expect((await sample(sourceId)).map(({ origin }) => origin)).toEqual(['synced', 'source'])
  expect(chosen).toEqual([['products']])
  await expect.poll(leftovers, { timeout: 15_000 }).toEqual(nothing)
})

test('a sync that takes too long is cancelled, and the examples say what they are', async () => {
  await world.restart({ airbyte: plainAirbyte(), previewSync: 'on', previewTimeoutMs: 1_500 })
  const sourceId = await newSource('Slow', 200_000)
  instead = (request) =>
    isSyncing(request)
      ? Promise.resolve(world.engine.fetch(request)).then(async (answer) =>
          Response.json({ ...((await answer.json()) as object), status: 'running' }),
        )
      : undefined
  expect((await sample(sourceId, ['users'])).map(({ origin }) => origin)).toEqual(['schema'])
  expect(sent.filter((line) => /^DELETE jobs\/\d+$/.test(line)).length).toBeGreaterThan(0)
  await expect.poll(leftovers, { timeout: 15_000 }).toEqual(nothing)
})

test('a caller who goes takes the sync along', async () => {
  const sourceId = await newSource('Left')
  const gone = new AbortController()
  instead = (request) => {
    if (!isSyncing(request)) return undefined
    gone.abort()
    return Promise.resolve(Response.json({}, { status: 503 }))
  }
  sent.length = 0
  const request = new Request('http://app.test/api/airbyte/sources/sample', {
    method: 'POST',
    signal: gone.signal,
    headers: { authorization: `Bearer ${token}`, 'content-type': 'application/json' },
    body: JSON.stringify({ sourceId, streams: ['users'], limit: 5 }),
  })
  await world.send(request).catch(() => undefined)
  await expect.poll(() => sent.some((line) => line.startsWith('DELETE jobs/'))).toBe(true)
  await expect.poll(leftovers, { timeout: 15_000 }).toEqual(nothing)
})

test.each(['destinations', 'connections', 'jobs'])('where the answer about %s is lost, nothing stays', async (what) => {
  const sourceId = await newSource(`Lost ${what}`)
  instead = (request) => {
    if (request.method !== 'POST' || !new URL(request.url).pathname.endsWith(`/v1/${what}`)) return undefined
    instead = undefined
    return Promise.resolve(world.engine.fetch(request)).then(() => Promise.reject(new TypeError('fetch failed')))
  }
  expect((await sample(sourceId, ['users'])).map(({ origin }) => origin)).toEqual(['schema'])
  await expect.poll(leftovers, { timeout: 15_000 }).toEqual(nothing)
})

test('what a killed proxy left is cleared once, by whichever of two others comes by', async () => {
  const sourceId = await newSource('Killed')
  // A process that was killed never does anything again: from the job on, this one hears no answer any more.
  let isDead = false
  const dead = await createServer({
    ...world.options,
    airbyte: {
      baseUrl: 'http://engine.test',
      fetch: (request) => {
        isDead ||= isSyncing(request)
        return isDead ? new Promise<Response>(() => {}) : plainAirbyte().fetch(request)
      },
    },
    previewSync: 'on',
  })
  const asked = new Request('http://app.test/api/airbyte/sources/sample', {
    method: 'POST',
    headers: { authorization: `Bearer ${token}`, 'content-type': 'application/json' },
    body: JSON.stringify({ sourceId, streams: ['users'], limit: 5 }),
  })
  void dead.fetch(asked).catch(() => undefined)
  await expect.poll(() => leftovers().then(({ connections }) => connections), { timeout: 15_000 }).toBe(1)
  expect((await leftovers()).schemas).toBe(1)

  sent.length = 0
  await query(world.database, 'UPDATE opsai.scratch SET leased_until = now()')
  const others = await Promise.all([1, 2].map(() => createServer({ ...world.options, airbyte: plainAirbyte() })))
  await expect.poll(leftovers, { timeout: 15_000 }).toEqual(nothing)
  await Promise.all(others.map((each) => each.close()))
  expect(sent.filter((line) => line.startsWith('DELETE destinations/'))).toHaveLength(1)
})
