// A session from its first moment to its last: who may end it, how soon, and what ends with it.
import { afterAll, beforeAll, describe, expect, onTestFinished, test } from 'vitest'
import { type AnyRoute, type RouteName, routes } from '@opsai/contract'
import { createServer, type Server } from '../index.js'
import { createWorld, hostOrigin, publicUrl, query, type World } from '../test/world.js'

let world: World
let other: Server
beforeAll(async () => {
  world = await createWorld()
  other = await createServer({ ...world.options, airbyte: { baseUrl: 'http://engine.test', fetch: neverEnding } })
})
/** An Airbyte whose jobs run for ever: what ends a stream is then never the job. */
async function neverEnding(request: Request): Promise<Response> {
  const answer = await world.engine.fetch(request)
  if (request.method !== 'GET' || !/\/jobs\/\d+$/.test(new URL(request.url).pathname)) return answer
  return Response.json({ ...((await answer.json()) as object), status: 'running' })
}

afterAll(async () => {
  await other.close()
  await world.close()
})

const list = (token: string) => world.call('listConnectedSources', { token })
const listAtOther = (token: string) =>
  other.fetch(
    new Request(`${publicUrl}/api/airbyte/connected-sources`, { headers: { authorization: `Bearer ${token}` } }),
  )
const codeOf = async (answer: Response) => ((await answer.json()) as { code: string }).code

test('fifteen minutes and a second after it was made it opens nothing', async () => {
  let at = Date.now()
  await world.restart({ now: () => new Date(at) })
  const token = await world.newSession('acme')
  expect((await list(token)).status).toBe(200)
  at += 900_000 - 1_000
  expect((await list(token)).status).toBe(200)
  at += 2_000
  const late = await list(token)
  expect([late.status, await codeOf(late)]).toEqual([401, 'session_expired'])
  await world.restart()
})

describe('revoked', () => {
  test("one user's sessions end on every proxy with the next request, nobody else's", async () => {
    const [ada, adaToo, bob] = [
      await world.newSession('acme', 'ada'),
      await world.newSession('acme', 'ada'),
      await world.newSession('acme', 'bob'),
    ]
    expect((await listAtOther(ada)).status).toBe(200)
    const answer = await world.call('revokeSessions', { params: { tenantId: 'acme' }, query: { userId: 'ada' } })
    expect(answer.status).toBe(200)
    expect(((await answer.json()) as { revoked: number }).revoked).toBeGreaterThanOrEqual(2)
    const after = [await list(ada), await listAtOther(ada), await listAtOther(adaToo), await listAtOther(bob)]
    expect(after.map(({ status }) => status)).toEqual([401, 401, 401, 200])
    await world.call('revokeSessions', { params: { tenantId: 'acme' } })
    expect((await listAtOther(bob)).status).toBe(401)
  })

  test('what streams by it ends within five seconds, at another proxy too', async () => {
    const token = await world.newSession('acme', 'streamer')
    const jobId = await startLongSync(token)
    const stream = await other.fetch(
      new Request(`${publicUrl}/api/airbyte/jobs/${jobId}/events`, { headers: { authorization: `Bearer ${token}` } }),
    )
    expect(stream.status).toBe(200)
    const ended = stream.text()
    await world.call('revokeSessions', { params: { tenantId: 'acme' }, query: { userId: 'streamer' } })
    const at = performance.now()
    expect(await ended).toContain('retry: 2000')
    expect(performance.now() - at).toBeLessThan(5_000)
  })

  test('of a tenant nobody knows there are none', async () => {
    expect((await world.call('revokeSessions', { params: { tenantId: 'nobody' } })).status).toBe(404)
  })
})

test('a session holds four streams at once and no more', async () => {
  const token = await world.newSession('acme', 'many')
  const jobId = await startLongSync(token)
  const open = () => world.call('streamJob', { token, params: { jobId } })
  const streams = await Promise.all([open(), open(), open(), open()])
  expect(streams.map(({ status }) => status)).toEqual([200, 200, 200, 200])
  const fifth = await open()
  expect([fifth.status, fifth.headers.get('retry-after'), await codeOf(fifth)]).toEqual([429, '5', 'rate_limited'])
  await streams[0]?.body?.cancel()
  const sixth = await open()
  expect(sixth.status).toBe(200)
  await Promise.all([...streams.slice(1), sixth].map((each) => each.body?.cancel()))
})

const behind = (door: AnyRoute['door']) =>
  (Object.keys(routes) as RouteName[]).filter((name) => (routes[name] as AnyRoute).door === door)

/** Calls a route as whoever the headers make us. */
function knock(name: RouteName, headers: Record<string, string>, extra = '') {
  const route: AnyRoute = routes[name]
  const path = route.path.replace(/\{\w+\}/g, 'x'.repeat(22))
  return world.send(
    new Request(`${publicUrl}/api/airbyte${path}${extra}`, {
      method: route.method,
      headers: { ...headers, ...(route.body && { 'content-type': 'application/json' }) },
      ...(route.body && { body: '{}' }),
    }),
  )
}

test.each(behind('session'))(
  '%s opens to a live token only, from its own pages, and never by the URL',
  async (name) => {
    const token = await world.newSession('acme')
    const stranger = await knock(name, { authorization: `Bearer ${token}`, origin: 'https://evil.test' })
    expect([stranger.status, stranger.headers.get('access-control-allow-origin')]).toEqual([403, null])
    expect((await knock(name, {})).status).toBe(401)
    expect((await knock(name, { authorization: `Bearer ${world.hostKey}` })).status).toBe(401)
    expect((await knock(name, { authorization: `Bearer aips_${'x'.repeat(43)}` })).status).toBe(401)
    expect((await knock(name, {}, `?access_token=${token}`)).status).toBe(400)
  },
)

test.each(behind('host'))('%s opens to the host key only, and never from a browser', async (name) => {
  const token = await world.newSession('acme')
  const key = { authorization: `Bearer ${world.hostKey}` }
  expect((await knock(name, { authorization: `Bearer ${token}` })).status).toBe(403)
  expect((await knock(name, {})).status).toBe(401)
  expect((await knock(name, { authorization: `Bearer ${world.hostKey}x` })).status).toBe(401)
  for (const header of ['origin', 'sec-fetch-site', 'sec-fetch-dest'])
    expect([header, (await knock(name, { ...key, [header]: hostOrigin })).status]).toEqual([header, 403])
  expect([401, 403]).not.toContain((await knock(name, key)).status)
})

test('a dump of the database holds no token that is of use', async () => {
  const token = await world.newSession('acme')
  const tables = await query<{ name: string }>(
    world.database,
    `SELECT tablename AS name FROM pg_tables WHERE schemaname = 'opsai'`,
  )
  expect(tables.length).toBeGreaterThan(8)
  const words = [token, token.slice(5), Buffer.from(token).toString('hex'), Buffer.from(token).toString('base64')]
  for (const { name } of tables) {
    const dump = JSON.stringify(await query(world.database, `SELECT t::text AS row FROM opsai."${name}" t`))
    for (const word of words) expect(dump.includes(word), name).toBe(false)
  }
})

async function startLongSync(token: string): Promise<string> {
  const ask = async <T>(name: RouteName, parts: object) =>
    (await (await world.call(name, { token, ...parts })).json()) as T
  const { sourceId } = await ask<{ sourceId: string }>('createSource', {
    body: { tenantId: 'acme', sourceType: 'sample-data', name: 'Long', configuration: { count: 20_000_000 } },
  })
  const streams = [{ name: 'users', syncMode: 'full_refresh_overwrite' }]
  const { connectionId } = await ask<{ connectionId: string }>('createConnection', { body: { sourceId, streams } })
  const { jobId } = await ask<{ jobId: string }>('syncConnection', { params: { connectionId }, body: {} })
  onTestFinished(async () => {
    await world.call('cancelJob', { token: await world.newSession('acme'), params: { jobId }, body: {} })
  })
  return jobId
}
