// Stopping: nothing that has begun is lost, nothing new is begun, and whoever asks is told to ask elsewhere.
import { afterAll, beforeAll, expect, test } from 'vitest'
import { createServer, type Server } from './index.js'
import { createWorld, hostOrigin, publicUrl, type World } from './test/world.js'

let world: World
let token: string
/** How long Airbyte takes to make a source. */
let slowMs = 0
beforeAll(async () => {
  world = await createWorld()
  token = await world.newSession('acme')
})
afterAll(() => world.close())

const start = (): Promise<Server> =>
  createServer({
    ...world.options,
    airbyte: {
      baseUrl: 'http://engine.test',
      fetch: async (request) => {
        if (request.method === 'POST' && request.url.endsWith('/sources'))
          await new Promise((go) => setTimeout(go, slowMs))
        return await world.engine.fetch(request)
      },
    },
  })
const ask = (server: Server, path: string, init: RequestInit = {}) =>
  server.fetch(
    new Request(`${publicUrl}/api/airbyte${path}`, {
      ...init,
      headers: { authorization: `Bearer ${token}`, origin: hostOrigin, 'content-type': 'application/json' },
    }),
  )
const create = (server: Server, name: string) =>
  ask(server, '/sources/create', {
    method: 'POST',
    body: JSON.stringify({ tenantId: 'acme', sourceType: 'sample-data', name, configuration: { count: 1 } }),
  })

test('what has begun is finished, what is new is refused, and health says so first', async () => {
  const server = await start()
  slowMs = 1_500
  const begun = create(server, 'begun')
  await new Promise((go) => setTimeout(go, 500))
  const closing = server.close()
  const health = await ask(server, '/health')
  expect([health.status, await health.json()]).toMatchObject([503, { status: 'stopping' }])
  const refused = await ask(server, '/connected-sources')
  expect([refused.status, refused.headers.get('retry-after')]).toEqual([503, '1'])
  expect(refused.headers.get('access-control-allow-origin')).toBe(hostOrigin)
  expect(await refused.json()).toMatchObject({ code: 'upstream_unavailable', retryable: true })
  expect((await begun).status).toBe(201)
  const at = performance.now()
  await closing
  expect(performance.now() - at).toBeLessThan(5_000)
})

test('work that does not end is not waited for beyond the deadline', async () => {
  const server = await start()
  slowMs = 60_000
  const stuck = create(server, 'stuck').catch(() => undefined)
  await new Promise((go) => setTimeout(go, 300))
  const at = performance.now()
  await server.close({ deadlineMs: 500 })
  expect(performance.now() - at).toBeLessThan(3_000)
  expect(world.logLines.join('')).toContain('stopped in the middle of requests')
  slowMs = 0
  void stuck
})

test('streams end, after saying how soon to come back', async () => {
  const server = await start()
  const { sourceId } = (await (await create(server, 'streams')).json()) as { sourceId: string }
  const streams = [{ name: 'users', syncMode: 'full_refresh_overwrite' }]
  const connection = await ask(server, '/connections', { method: 'POST', body: JSON.stringify({ sourceId, streams }) })
  const { connectionId } = (await connection.json()) as { connectionId: string }
  const started = await ask(server, `/connections/${connectionId}/sync`, { method: 'POST', body: '{}' })
  const { jobId } = (await started.json()) as { jobId: string }
  const stream = await ask(server, `/jobs/${jobId}/events`)
  const read = stream.text()
  await server.close()
  expect(await read).toContain('retry: 2000')
})
