// What a browser may send, and what of it ever reaches Airbyte.
import { randomUUID } from 'node:crypto'
import { gzipSync } from 'node:zlib'
import type { RouteName } from '@opsai/contract'
import fc from 'fast-check'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { createRecorder, type Recorder } from '../test/recorder.js'
import { createWorld, publicUrl, type World } from '../test/world.js'

let world: World
let recorder: Recorder
let token: string
let sourceId: string
let connectionId: string
const canary = 'canary-0b6c4f57'

beforeAll(async () => {
  world = await createWorld({ limits: { requestsPerSecond: 10_000, burst: 10_000 } })
  recorder = createRecorder(world)
  await world.restart({ airbyte: recorder.airbyte })
  token = await world.newSession('acme')
  sourceId = (await post<{ sourceId: string }>('createSource', bodies.createSource())).body.sourceId
  connectionId = (await post<{ connectionId: string }>('createConnection', bodies.createConnection())).body.connectionId
})
afterAll(() => world.close())

const bodies = {
  createSource: () => ({
    tenantId: 'acme',
    sourceType: 'sample-data',
    name: 'x',
    configuration: { count: 1, nested: { deeper: [{ a: 1 }] } },
  }),
  testSource: () => ({ sourceType: 'sample-data', configuration: { count: 1, nested: { deeper: [{ a: 1 }] } } }),
  updateSource: () => ({ name: 'x', configuration: { count: 1, nested: { deeper: [{ a: 1 }] } } }),
  sampleSource: () => ({ sourceId, limit: 1 }),
  createConnection: () => ({
    sourceId,
    streams: [{ name: 'users', syncMode: 'full_refresh_append' }],
    schedule: { scheduleType: 'manual' },
  }),
  estimateConnection: () => ({
    sourceId,
    streams: [{ name: 'users', syncMode: 'full_refresh_append' }],
    schedule: { scheduleType: 'manual' },
  }),
  updateConnection: () => ({
    streams: [{ name: 'users', syncMode: 'full_refresh_append' }],
    schedule: { scheduleType: 'manual' },
  }),
  syncConnection: () => ({}),
  getRecommendations: () => ({ businessProfile: { industry: 'retail', size: '1-10', type: 'b2c' } }),
}
type Posted = keyof typeof bodies

async function post<T>(name: RouteName, body: unknown) {
  const answer = await world.call(name, {
    token,
    body,
    params: { sourceId: sourceId ?? '', connectionId: connectionId ?? '' },
  })
  return { status: answer.status, body: (await answer.json()) as T }
}

/** The paths of all objects in a tree. */
const objectsIn = (value: unknown, path: string[] = []): string[][] =>
  typeof value !== 'object' || value === null
    ? []
    : [
        ...(Array.isArray(value) ? [] : [path]),
        ...Object.entries(value).flatMap(([key, inner]) => objectsIn(inner, [...path, key])),
      ]

const put = (tree: unknown, [key, ...rest]: string[], name: string, value: unknown): unknown => {
  if (key === undefined) return { ...(tree as object), [name]: value }
  if (Array.isArray(tree))
    return tree.map((item, index) => (String(index) === key ? put(item, rest, name, value) : (item as unknown)))
  return { ...(tree as object), [key]: put((tree as Record<string, unknown>)[key], rest, name, value) }
}

interface Refused {
  code: string
  fieldErrors?: { path: string[] }[]
}
const reached = () => recorder.seen.filter(({ path, body }) => (path + body).includes(canary))

test('a field of Airbyte’s own is refused by its name, at any depth of any body, and never arrives there', async () => {
  const forbidden = ['workspaceId', 'definitionId', 'tenant_id', 'resourceAllocation', 'secretId']
  const cases = (Object.keys(bodies) as Posted[]).flatMap((name) =>
    objectsIn(bodies[name]()).map((path) => ({ name, path })),
  )
  recorder.seen.length = 0
  let tried = 0
  await fc.assert(
    fc.asyncProperty(
      fc.constantFrom(...cases),
      fc.constantFrom(...forbidden),
      fc.constantFrom<unknown>(canary, { [canary]: 1 }, [canary]),
      async ({ name, path }, key, value) => {
        const { status, body } = await post<Refused>(name, put(bodies[name](), path, key, value))
        expect([name, path, key, status]).toEqual([name, path, key, 400])
        expect(body.fieldErrors?.map((error) => error.path.join('.')).join(' ')).toContain([...path, key].join('.'))
        tried += 1
      },
    ),
    { numRuns: 150 },
  )
  expect(reached()).toEqual([])
  console.log(`forbidden fields: ${tried} bodies over ${cases.length} places, 0 reached Airbyte`)
}, 60_000)

test('trap 6: 200 placements of a reference to a stored secret are refused by their field, and none arrives', async () => {
  recorder.seen.length = 0
  const references = [
    { _secret: canary },
    { _secret_reference_id: canary },
    `secret_coordinate::${canary}`,
    `airbyte_oauth_workspace_${canary}`,
  ]
  const routes = ['createSource', 'testSource', 'updateSource'] as const
  let tried = 0
  for (let nth = 0; nth < 200; nth += 1) {
    const name = routes[nth % routes.length] ?? 'createSource'
    const depth = nth % 20
    const reference = references[nth % references.length]
    const nested = Array.from({ length: depth }).reduce<unknown>(
      (inner, _, at) => (at % 3 === 2 ? [inner] : { deep: inner }),
      reference,
    )
    const { status, body } = await post<Refused>(name, put(bodies[name](), ['configuration'], 'place', nested))
    expect([name, depth, status]).toEqual([name, depth, 400])
    expect(body.fieldErrors?.[0]?.path.slice(0, 2)).toEqual(['configuration', 'place'])
    tried += 1
  }
  expect([tried, reached()]).toEqual([200, []])
}, 60_000)

describe('bombs and poison', () => {
  const raw = (body: string | Buffer, headers: Record<string, string> = {}) =>
    new Request(`${publicUrl}/api/airbyte/sources/test`, {
      method: 'POST',
      headers: { authorization: `Bearer ${token}`, 'content-type': 'application/json', ...headers },
      body: body as string,
    })
  const wrap = (inner: string) => `{"sourceType":"sample-data","configuration":${inner}}`
  const deep = (levels: number) => '{"a":'.repeat(levels) + '1' + '}'.repeat(levels)

  test.each<[string, () => Request, number]>([
    ['a body of 2 MiB', () => raw(wrap(`{"a":"${'x'.repeat(2 * 1024 * 1024)}"}`)), 413],
    ['a zip bomb', () => raw(gzipSync(Buffer.alloc(50 * 1024 * 1024)), { 'content-encoding': 'gzip' }), 415],
    ['65 levels', () => raw(wrap(deep(65))), 400],
    ['100,000 levels', () => raw(wrap(deep(100_000))), 400],
    ['20,001 values', () => raw(wrap(`{"a":[${'1,'.repeat(20_001)}1]}`)), 400],
    ['500,000 values', () => raw(wrap(`{"a":[${'1,'.repeat(500_000)}1]}`)), 400],
    ['half a body', () => raw('{"sourceType":'), 400],
    ['__proto__', () => raw(wrap('{"__proto__":{"polluted":1}}')), 400],
    ['an escaped __proto__', () => raw(wrap('{"__\\u0070roto__":{"polluted":1}}')), 400],
    ['constructor.prototype', () => raw(wrap('{"a":{"constructor":{"prototype":{"polluted":1}}}}')), 400],
  ])('%s is refused quickly', async (_, build, status) => {
    const request = build()
    const before = process.memoryUsage().rss
    const started = performance.now()
    const answer = await world.send(request)
    expect(answer.status).toBe(status)
    expect(performance.now() - started).toBeLessThan(1_000)
    expect(process.memoryUsage().rss - before).toBeLessThan(64 * 1024 * 1024)
    expect(({} as Record<string, unknown>).polluted).toBeUndefined()
  })

  test('poison in Airbyte’s answers harms nobody', async () => {
    recorder.instead = async (request) => {
      if (!/source_definition_specifications\/get|discover|output\/discover/.test(request.url)) return undefined
      const answer = await world.engine.fetch(request)
      const text = await answer.text()
      const poison = '"__proto__":{"polluted":1},"constructor":{"prototype":{"polluted":1}},'
      return new Response(text.replace(/^\{|"properties":\{/g, (at) => at + poison).replaceAll(',}', '}'), {
        status: answer.status,
        headers: { 'content-type': 'application/json' },
      })
    }
    const spec = await world.call('getConnectorSpec', { token, params: { sourceType: 'acme-crm' } })
    const sample = await world.call('sampleSource', { token, body: { sourceId, limit: 1 } })
    recorder.instead = undefined
    expect([spec.status, sample.status]).toEqual([200, 200])
    expect(({} as Record<string, unknown>).polluted).toBeUndefined()
  })
})

test('whatever stands in a path, Airbyte hears only of paths we know, with ids it gave', async () => {
  recorder.seen.length = 0
  const wrong = [
    '..%2fworkspaces',
    '%2e%2e/applications',
    'a%0d%0aHost:%20evil',
    `${randomUUID()}%00`,
    '*',
    `${sourceId}%2f..%2f..%2fapplications`,
    '🦆',
  ]
  for (const id of wrong) {
    for (const path of [`/sources/${id}`, `/connections/${id}`, `/jobs/${id}`, `/sources/${id}/spec`, `/flows/${id}`]) {
      const answer = await world.send(
        new Request(`${publicUrl}/api/airbyte${path}`, { headers: { authorization: `Bearer ${token}` } }),
      )
      expect([path, answer.status]).toEqual([path, 404])
    }
    expect((await post('testSource', { sourceId: decodeURIComponent(id) })).status).toBe(404)
    expect(
      (await post('createConnection', { ...bodies.createConnection(), sourceId: decodeURIComponent(id) })).status,
    ).toBe(404)
  }
  const known =
    /^\/api\/(public\/v1\/(workspaces|sources|connections|destinations|jobs|definitions|health)|v1\/(source|destination|jobs|commands|instance|health|opsai))/
  for (const { path } of recorder.seen) expect(path).toMatch(known)
  expect(recorder.seen.filter(({ path }) => path.includes('applications'))).toEqual([])
})

test('an answer of Airbyte’s that is no answer is said in our own words', async () => {
  const page = '<html><body><h1>504 Gateway Time-out</h1><script>alert(1)</script></body></html>'
  for (const [answer, status] of [
    [new Response(page, { status: 200, headers: { 'content-type': 'text/html' } }), 502],
    [new Response(page, { status: 500, headers: { 'content-type': 'text/html' } }), 503],
    [Response.json({ message: `x\r\n${page}` }, { status: 422 }), 400],
    [Response.json({ sourceId: '../../applications', workspaceId: randomUUID() }), 502],
  ] as const) {
    recorder.instead = (request) =>
      request.method === 'GET' && request.url.endsWith(sourceId) ? answer.clone() : undefined
    const got = await world.call('getSource', { token, params: { sourceId } })
    const text = await got.text()
    recorder.instead = undefined
    expect([got.status, text]).toEqual([status, expect.not.stringMatching(/<html|<script|<h1/)])
  }
})

test('trap 15: a connection always says which streams; one without any is nobody’s wish', async () => {
  expect((await post('createConnection', { sourceId, streams: [] })).status).toBe(400)
  expect((await post('createConnection', { sourceId })).status).toBe(400)
  recorder.seen.length = 0
  expect((await post('createConnection', bodies.createConnection())).status).toBe(201)
  expect((await post('updateConnection', { name: 'renamed' })).status).toBe(200)
  expect((await post('updateConnection', bodies.updateConnection())).status).toBe(200)
  const sent = recorder.seen.filter(
    ({ method, path }) => /^(POST|PATCH)$/.test(method) && /v1\/connections(\/|$)/.test(path),
  )
  expect(
    sent.map(
      ({ body }) => (JSON.parse(body) as { configurations?: { streams: unknown[] } }).configurations?.streams.length,
    ),
  ).toEqual([1, undefined, 1])
})
