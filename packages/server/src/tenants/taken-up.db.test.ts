// What is taken up is what there is to do by then, and not what there was when somebody looked.
import { setTimeout as sleep } from 'node:timers/promises'
import { parse } from 'dotenv'
import { afterAll, beforeAll, beforeEach, expect, test, vi } from 'vitest'
import { createRecorder, type Recorder } from '../test/recorder.js'
import { startSecondServer } from '../test/second-server.js'
import { createWorld, publicUrl, query, type World } from '../test/world.js'

let world: World
let recorder: Recorder
/** What Airbyte does with a request: answers it, says that it is away, or waits. */
let meet: (request: Request) => 'answer' | 'away' | Promise<void>

beforeAll(async () => {
  world = await createWorld()
  recorder = createRecorder(world)
  recorder.instead = async (request) => {
    const met = meet(request)
    if (met === 'away') return Response.json({ title: 'away' }, { status: 503 })
    if (met !== 'answer') await met
    return undefined
  }
  await world.restart({ airbyte: recorder.airbyte })
})
afterAll(() => world.close())
beforeEach(() => void (meet = () => 'answer'))

const is = (request: Request, method: string, path: RegExp) =>
  request.method === method && path.test(new URL(request.url).pathname)
const away = (method: string, path: RegExp) => {
  meet = (request) => (is(request, method, path) ? 'away' : 'answer')
}
/** Requests of a kind wait, the first so many, until they are let go. */
function hold(method: string, path: RegExp, most: number) {
  let release = () => {}
  const released = new Promise<void>((resolve) => (release = resolve))
  const held = { count: 0, release }
  meet = (request) => (is(request, method, path) && held.count < most ? (held.count++, released) : 'answer')
  return held
}

const put = (tenantId: string) => world.call('putTenant', { params: { tenantId } })
const rotate = (tenantId: string) => world.call('rotateTenant', { params: { tenantId }, body: {} })
const remove = (tenantId: string) => world.call('deleteTenant', { params: { tenantId } })
const envOf = async (tenantId: string) =>
  parse(await (await world.call('getTenantEnv', { params: { tenantId } })).text())
const statusOf = async (tenantId: string) =>
  (
    await query<{ status: string }>(world.database, 'SELECT status FROM opsai.tenants WHERE tenant_id = $1', [tenantId])
  )[0]?.status ?? 'gone'

test('what was removed, made anew or turned meanwhile is left as it is', async () => {
  const slow = ['slow-1', 'slow-2', 'slow-3', 'slow-4']
  away('POST', /\/destinations$/)
  for (const id of [...slow, 'given-up']) expect((await put(id)).status).toBe(503)
  meet = () => 'answer'
  for (const id of ['anew', 'turned']) expect((await put(id)).status).toBe(200)
  away('PUT', /\/destinations\//)
  expect((await rotate('turned')).status).toBe(503)
  away('DELETE', /\/workspaces\//)
  expect((await remove('anew')).status).toBe(503)

  // Whoever sweeps has seven to see to, four at a time: with the first four it takes a while.
  const held = hold('POST', /\/destinations$/, 4)
  await query(
    world.database,
    `UPDATE opsai.tenants SET look_at = now() - CASE WHEN tenant_id LIKE 'slow-%' THEN interval '2 hours' ELSE interval '1 hour' END`,
  )
  await query(world.database, `UPDATE opsai.outbox SET leased_until = now() WHERE status = 'pending'`)
  await world.restart({ airbyte: recorder.airbyte })
  await vi.waitFor(() => expect(held.count).toBe(4), 10_000)

  expect((await remove('anew')).status).toBe(200)
  expect((await put('anew')).status).toBe(200)
  expect((await remove('given-up')).status).toBe(200)
  expect((await rotate('turned')).status).toBe(200)
  const [anew, turned] = [await envOf('anew'), await envOf('turned')]
  held.release()
  await vi.waitFor(async () => {
    for (const id of slow) expect(await statusOf(id)).toBe('ready')
  }, 15_000)
  await sleep(1_500)
  expect(await statusOf('anew'), 'the rows of a tenant that was just made').toBe('ready')
  expect(await envOf('anew')).toEqual(anew)
  expect(await statusOf('given-up'), 'a tenant nobody has any more').toBe('gone')
  expect(await envOf('turned'), 'passwords the host has been told').toEqual(turned)
})

test('who lost a tenant to another process in the middle of removing it takes nothing of what is made anew', async () => {
  await put('lost')
  const second = await startSecondServer(world, { airbyte: recorder.airbyte })
  const ask = (method: string) =>
    second.server.fetch(
      new Request(`${publicUrl}/api/airbyte/tenants/lost`, {
        method,
        headers: { authorization: `Bearer ${world.hostKey}` },
      }),
    )
  const held = hold('DELETE', /\/destinations\//, 1)
  const removing = remove('lost')
  await vi.waitFor(() => expect(held.count).toBe(1), 5_000)
  await query(world.database, `DELETE FROM opsai.leases WHERE name = 'tenant:lost'`)
  // Or it has taken it up by itself.
  expect([200, 404]).toContain((await ask('DELETE')).status)
  expect((await ask('PUT')).status).toBe(200)
  held.release()
  expect((await removing).status).not.toBe(200)
  expect(await statusOf('lost')).toBe('ready')
  await second.server.close()
})

test('two ask for a new tenant at once, and one leaves: the other one gets it', async () => {
  await query(
    world.database,
    `INSERT INTO opsai.leases (name, holder, until, fence)
       VALUES ('tenant:shared', gen_random_uuid(), now() + interval '2 seconds', nextval('opsai.fences'))`,
  )
  const leaving = new AbortController()
  const first = world.send(
    new Request(`${publicUrl}/api/airbyte/tenants/shared`, {
      method: 'PUT',
      headers: { authorization: `Bearer ${world.hostKey}` },
      signal: leaving.signal,
    }),
  )
  await sleep(200)
  const second = put('shared')
  await sleep(200)
  leaving.abort()
  expect((await second).status).toBe(200)
  await first.catch(() => undefined)
})
