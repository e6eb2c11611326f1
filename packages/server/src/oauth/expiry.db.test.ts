// What nobody comes back for ends by itself; what has ended is kept a day, without its secrets.
import { randomBytes } from 'node:crypto'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { askConsent, openPopup, signInAtAcme } from '../test/acme-browser.js'
import { createWorld, query, type World } from '../test/world.js'

let world: World
let ada: string
/** The proxy's clock runs so far ahead. */
let aheadMs = 0
const minutes = 60_000
const hours = 60 * minutes
const sourceType = 'acme-crm'
const newFlowId = () => randomBytes(16).toString('base64url')

beforeAll(async () => {
  world = await createWorld({ now: () => new Date(Date.now() + aheadMs) })
  ada = await world.newSession('acme', 'ada')
})
afterAll(() => world.close())

const rowOf = async (flowId: string) =>
  (
    await query<{ status: string; secrets: number; code: string | null }>(
      world.database,
      `SELECT status, num_nonnulls(secret, configuration, confirm_hash, airbyte_state, code_verifier) AS secrets,
         error ->> 'code' AS code FROM opsai.flows WHERE flow_id = $1`,
      [flowId],
    )
  )[0]
const statusOf = async (flowId: string) => (await rowOf(flowId))?.status
/** Sweeps come every 20 seconds, and one as a proxy starts. */
const soon = { timeout: 30_000, interval: 250 }

test('a sign-in that nobody asks for any more ends within half a minute, and its secrets with it', async () => {
  const [launched, authorizing, returned] = [newFlowId(), newFlowId(), newFlowId()]
  await openPopup(world, { sessionToken: ada, flowId: launched, sourceType })
  const { cookie } = await openPopup(world, { sessionToken: ada, flowId: authorizing, sourceType })
  await askConsent(world, authorizing, cookie)
  await signInAtAcme(world, { sessionToken: ada, flowId: returned, sourceType })
  expect(await rowOf(returned)).toMatchObject({ status: 'returned', secrets: 3 })

  aheadMs = 3 * minutes
  const at = performance.now()
  await expect.poll(() => statusOf(returned), soon).toBe('expired')
  expect(performance.now() - at).toBeLessThan(30_000)
  expect([await statusOf(launched), await statusOf(authorizing)]).toEqual(['launched', 'authorizing'])

  aheadMs = 11 * minutes
  await expect.poll(() => statusOf(launched), soon).toBe('expired')
  for (const flowId of [launched, authorizing, returned])
    expect(await rowOf(flowId)).toEqual({ status: 'expired', secrets: 0, code: 'expired' })
})

test('it is remembered for a day after its time, and then forgotten', async () => {
  aheadMs = 0
  const ended = newFlowId()
  await openPopup(world, { sessionToken: ada, flowId: ended, sourceType })
  await world.call('cancelFlow', { token: ada, params: { flowId: ended }, body: {} })
  const count = async () => (await query(world.database, 'SELECT 1 FROM opsai.flows')).length
  const before = await count()
  // What another proxy is at may be as old as it likes.
  const lasting = newFlowId()
  await signInAtAcme(world, { sessionToken: ada, flowId: lasting, sourceType })
  for (const status of ['confirmed', 'creating'])
    await query(world.database, `UPDATE opsai.flows SET status = $2, leased_until = now() + interval '1 hour' WHERE flow_id = $1`, [lasting, status]) // prettier-ignore

  aheadMs = 24 * hours
  await world.restart()
  // The first sweep of a proxy is waited for as it stops.
  await world.restart()
  expect(await count()).toBe(before + 1)
  aheadMs = 24 * hours + 11 * minutes
  await world.restart()
  await expect.poll(() => statusOf(ended), soon).toBeUndefined()
  expect(await count()).toBe(1)
  expect(await rowOf(lasting)).toMatchObject({ status: 'creating', secrets: 3 })
})
