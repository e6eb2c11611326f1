// A proxy that dies while a browser comes back: the answer is lost, or the trade for the tokens is.
import { randomBytes } from 'node:crypto'
import type { Flow } from '@opsai/contract'
import { answerAtAcmeCrm } from '@opsai/sandbox/testing'
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import { askConsent, comeBack, openPopup, signInAtAcme } from '../test/acme-browser.js'
import { createWorld, hostOrigin, query, type World } from '../test/world.js'

let world: World
let ada: string
/** The proxy's clock runs so far ahead. */
let aheadMs = 0
const sourceType = 'acme-crm'
const newFlowId = () => randomBytes(16).toString('base64url')

beforeAll(async () => {
  world = await createWorld({ now: () => new Date(Date.now() + aheadMs) })
  ada = await world.newSession('acme', 'ada')
})
afterAll(() => world.close())
beforeEach(() => {
  aheadMs = 0
})

const readFlow = async (flowId: string) =>
  (await (await world.call('getFlow', { token: ada, params: { flowId } })).json()) as Flow
const confirm = (flowId: string, nonce: string) =>
  world.call('confirmFlow', { token: ada, params: { flowId }, body: { nonce } })

describe('who reloads the callback', () => {
  test('goes on to the host with another nonce, and the one that was lost is worth nothing', async () => {
    const flowId = newFlowId()
    const { nonce, cookie, callback } = await signInAtAcme(world, { sessionToken: ada, flowId, sourceType })
    expect(await (await comeBack(world, callback, cookie)).text()).toContain('already used')
    aheadMs = 11_000
    const again = new URL((await comeBack(world, callback, cookie)).headers.get('location') ?? '')
    expect(again.href).toMatch(`${hostOrigin}/airbyte-return?aip_flow=${flowId}#c=`)
    expect((await confirm(flowId, nonce)).status).toBe(403)
    expect((await confirm(flowId, again.hash.slice(3))).status).toBe(200)
    await expect.poll(async () => (await readFlow(flowId)).status, { timeout: 30_000 }).toBe('completed')
    expect(await (await comeBack(world, callback, cookie)).text()).toContain('already used')
  })

  test('in another browser, or after the two minutes, goes nowhere', async () => {
    const flowId = newFlowId()
    const { cookie, callback } = await signInAtAcme(world, { sessionToken: ada, flowId, sourceType })
    aheadMs = 11_000
    expect(await (await comeBack(world, callback, '')).text()).toContain('already used')
    expect((await readFlow(flowId)).status).toBe('returned')
    aheadMs = 121_000
    expect((await comeBack(world, callback, cookie)).headers.has('location')).toBe(false)
    expect((await readFlow(flowId)).status).toBe('expired')
  })
})

test('a trade that nobody is at any more ends the sign-in; one that somebody is at does not', async () => {
  const flowId = newFlowId()
  const { cookie } = await openPopup(world, { sessionToken: ada, flowId, sourceType })
  const { consentUrl } = (await (await askConsent(world, flowId, cookie)).json()) as { consentUrl: string }
  const callback = await answerAtAcmeCrm(consentUrl)
  const leaseUntil = (moment: string) =>
    query(world.database, `UPDATE opsai.flows SET status = 'returned', returned_at = now(), leased_until = ${moment} WHERE flow_id = $1`, [flowId]) // prettier-ignore
  await leaseUntil(`now() + interval '10 seconds'`)
  expect((await readFlow(flowId)).status).toBe('returned')
  await leaseUntil(`now() - interval '1 second'`)
  expect(await readFlow(flowId)).toMatchObject({
    status: 'failed',
    error: { code: 'internal', displayMessage: 'The sign-in was interrupted on our side. Nothing was connected.' },
  })
  expect(await (await comeBack(world, callback, cookie)).text()).toContain('Something failed on our side')
})

test('the trade has a lease from its first moment on, and what came of it has none', async () => {
  const flowId = newFlowId()
  world.acme.control.behave({ tokenDelayMs: 1_500 })
  const signedIn = signInAtAcme(world, { sessionToken: ada, flowId, sourceType })
  const leased = async () =>
    (
      await query<{ status: string; leased: boolean }>(
        world.database,
        `SELECT status, coalesce(leased_until > now(), false) AS leased FROM opsai.flows WHERE flow_id = $1`,
        [flowId],
      )
    )[0]
  await expect.poll(leased, { timeout: 20_000, interval: 50 }).toEqual({ status: 'returned', leased: true })
  await signedIn
  world.acme.control.reset()
  expect(await leased()).toEqual({ status: 'returned', leased: false })
})
