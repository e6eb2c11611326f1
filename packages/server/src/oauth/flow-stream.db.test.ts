// A page follows its sign-in by a stream; the change may be made by another proxy than the one that streams.
import { randomBytes } from 'node:crypto'
import type { Flow, Flows } from '@opsai/contract'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { askConsent, openPopup, signInAtAcme } from '../test/acme-browser.js'
import { readEvents } from '../test/read-events.js'
import { type SecondServer, startSecondServer } from '../test/second-server.js'
import { createWorld, query, type World } from '../test/world.js'

let world: World
let second: SecondServer
let ada: string
const sourceType = 'acme-crm'
const newFlowId = () => randomBytes(16).toString('base64url')

beforeAll(async () => {
  world = await createWorld()
  second = await startSecondServer(world)
  ada = await world.newSession('acme', 'ada')
})
afterAll(async () => {
  await second.server.close()
  await world.close()
})

const follow = async (flowId: string, token = ada) =>
  readEvents<Flow>(await second.call('streamFlow', { token, params: { flowId } }), 'flow')
const start = (flowId: string, token = ada) => openPopup(world, { sessionToken: token, flowId, sourceType })
const cancel = (flowId: string, token = ada) => world.call('cancelFlow', { token, params: { flowId }, body: {} })
const openFlows = async (token = ada) => {
  const { flows } = (await (await world.call('listFlows', { token })).json()) as Flows
  return flows.map(({ flowId, status }) => [flowId, status])
}

describe('the stream of a sign-in', () => {
  test('tells how it stands at once, each change within a second though another proxy makes it, and ends with it', async () => {
    const flowId = newFlowId()
    await start(flowId)
    const events = await follow(flowId)
    expect(await events.next()).toMatchObject({ flowId, sourceType, status: 'launched' })
    const { nonce } = await signInAtAcme(world, { sessionToken: ada, flowId, sourceType })
    const seen: string[] = []
    while (!seen.includes('returned')) seen.push((await events.next())?.status ?? 'ended')
    const at = performance.now()
    await world.call('confirmFlow', { token: ada, params: { flowId }, body: { nonce } })
    const next = await events.next()
    expect(performance.now() - at).toBeLessThan(1_000)
    let last = next
    for (let flow = next; flow; flow = await events.next()) last = flow
    expect(last).toMatchObject({ status: 'completed', sourceId: expect.any(String) as string })
  })

  test('may be opened before the form has arrived', async () => {
    const flowId = newFlowId()
    const events = follow(flowId)
    await start(flowId)
    expect(await (await events).next()).toMatchObject({ status: 'launched' })
    await (await events).leave()
  })

  test('of a flow nobody started, or of somebody else, is refused after a few seconds', async () => {
    const flowId = newFlowId()
    await start(flowId)
    const eve = await world.newSession('acme', 'eve')
    const mallory = await world.newSession('globex', 'ada')
    const asked = [
      second.call('streamFlow', { token: ada, params: { flowId: newFlowId() } }),
      second.call('streamFlow', { token: eve, params: { flowId } }),
      second.call('streamFlow', { token: mallory, params: { flowId } }),
    ]
    const at = performance.now()
    const answers = await Promise.all(asked)
    expect(answers.map(({ status }) => status)).toEqual([404, 404, 404])
    const bodies = await Promise.all(
      answers.map(async (each) => (await each.text()).replace(/"requestId":"[^"]*"/, '')),
    )
    expect(new Set(bodies).size).toBe(1)
    expect(performance.now() - at).toBeGreaterThan(4_000)
  })

  test('of one that has ended tells so and ends', async () => {
    const flowId = newFlowId()
    await start(flowId)
    await cancel(flowId)
    const events = await follow(flowId)
    expect([(await events.next())?.status, await events.next()]).toEqual(['cancelled', undefined])
  })

  test('says that the time is over the moment it is', async () => {
    const flowId = newFlowId()
    await start(flowId)
    let minutes = 0
    const third = await startSecondServer(world, { now: () => new Date(Date.now() + minutes * 60_000) })
    const events = readEvents<Flow>(await third.call('streamFlow', { token: ada, params: { flowId } }), 'flow')
    expect((await events.next())?.status).toBe('launched')
    minutes = 11
    const at = performance.now()
    expect(await events.next()).toMatchObject({ status: 'expired', error: { code: 'expired' } })
    expect(performance.now() - at, 'without waiting for the next sweep').toBeLessThan(10_000)
    await third.server.close()
  })

  test('ends with the session, whichever proxy ended that, and with its tenant', async () => {
    const flowId = newFlowId()
    const bob = await world.newSession('acme', 'bob')
    await start(flowId, bob)
    const events = await follow(flowId, bob)
    expect((await events.next())?.status).toBe('launched')
    await world.call('revokeSessions', { params: { tenantId: 'acme' }, query: { userId: 'bob' } })
    expect(await events.next()).toBeUndefined()

    const short = await world.newSession('short-lived')
    const gone = newFlowId()
    await start(gone, short)
    const left = await follow(gone, short)
    expect((await left.next())?.status).toBe('launched')
    await world.call('deleteTenant', { params: { tenantId: 'short-lived' } })
    expect(await left.next()).toBeUndefined()
  })

  test('counts among the four streams of a session', async () => {
    const token = await world.newSession('acme', 'many')
    const flowId = newFlowId()
    await start(flowId, token)
    const open = () => second.call('streamFlow', { token, params: { flowId } })
    const four = await Promise.all([open(), open(), open(), open()])
    expect((await open()).status).toBe(429)
    await four[0]?.body?.cancel()
    const again = await open()
    expect(again.status).toBe(200)
    await Promise.all([...four.slice(1), again].map((each) => each.body?.cancel()))
  })

  test('ends as its proxy stops, so that the page comes back elsewhere', async () => {
    const flowId = newFlowId()
    await start(flowId)
    const third = await startSecondServer(world)
    const events = readEvents<Flow>(await third.call('streamFlow', { token: ada, params: { flowId } }), 'flow')
    expect((await events.next())?.status).toBe('launched')
    await third.server.close()
    expect(await events.next()).toBeUndefined()
    await cancel(flowId)
  })
})

describe('the list of sign-ins under way', () => {
  test("holds a user's own, the newest first, until they end", async () => {
    const token = await world.newSession('acme', 'lister')
    const [first, then] = [newFlowId(), newFlowId()]
    const { cookie } = await start(first, token)
    await askConsent(world, first, cookie)
    await start(then, token)
    expect(await openFlows(token)).toEqual([
      [then, 'launched'],
      [first, 'authorizing'],
    ])
    await cancel(then, token)
    expect(await openFlows(token)).toEqual([[first, 'authorizing']])
    await query(world.database, `UPDATE opsai.flows SET expires_at = now() - interval '1 second' WHERE flow_id = $1`, [
      first,
    ])
    expect(await openFlows(token)).toEqual([])
  })

  test("never another user's or tenant's", async () => {
    const flowId = newFlowId()
    await start(flowId)
    expect(JSON.stringify(await openFlows())).toContain(flowId)
    for (const token of [await world.newSession('acme', 'zoe'), await world.newSession('globex', 'ada')])
      expect(await openFlows(token)).toEqual([])
  })
})
