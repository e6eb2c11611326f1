// The sign-in against the real Acme CRM, told as what can go wrong in it (security.md §3).
import { randomBytes } from 'node:crypto'
import type { Flow } from '@opsai/contract'
import { answerAtAcmeCrm } from '@opsai/sandbox/testing'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { askConsent, comeBack, openPopup, signInAtAcme } from '../test/acme-browser.js'
import { hashToken } from '../secrets/seal.js'
import { createDatabase } from '../store/database.js'
import { confirmFlow } from '../store/flows.js'
import { createWorld, hostOrigin, publicUrl, query, type World } from '../test/world.js'

let world: World
let ada: string
const sourceType = 'acme-crm'
const newFlowId = () => randomBytes(16).toString('base64url')

beforeAll(async () => {
  world = await createWorld()
  ada = await world.newSession('acme', 'ada')
})
afterAll(() => world.close())

async function readFlow(flowId: string, token = ada): Promise<Flow> {
  return (await (await world.call('getFlow', { token, params: { flowId } })).json()) as Flow
}

/** Follows the flow by long poll, as the hub does, until it ends. */
async function waitForEnd(flowId: string, token = ada): Promise<Flow> {
  let flow = await readFlow(flowId, token)
  while (flow.status === 'confirmed' || flow.status === 'creating') {
    const answer = await world.call('getFlow', { token, params: { flowId }, query: { wait: '10', since: flow.status } })
    flow = (await answer.json()) as Flow
  }
  return flow
}

const confirm = (flowId: string, nonce: string, token = ada) =>
  world.call('confirmFlow', { token, params: { flowId }, body: { nonce } })
const countSources = async () =>
  Number(
    (
      await query<{ count: string }>(
        world.database,
        `SELECT count(*) FROM opsai.sources WHERE source_type = 'acme-crm'`,
      )
    )[0]?.count,
  )

/** As far as the provider's answer. */
async function goToProvider(press: 'Allow' | 'Deny' = 'Allow') {
  const flowId = newFlowId()
  const { cookie } = await openPopup(world, { sessionToken: ada, flowId, sourceType })
  const { consentUrl } = (await (await askConsent(world, flowId, cookie)).json()) as { consentUrl: string }
  return { flowId, cookie, consentUrl, callback: await answerAtAcmeCrm(consentUrl, press) }
}

describe('the pages', () => {
  test('have exactly the headers of the plan', async () => {
    const { page, cookie } = await openPopup(world, { sessionToken: ada, flowId: newFlowId(), sourceType })
    const html = await page.text()
    const nonce = /script nonce="([^"]+)"/.exec(html)?.[1] ?? ''
    expect(page.headers.get('content-security-policy')).toBe(
      `default-src 'none'; script-src 'nonce-${nonce}'; style-src 'nonce-${nonce}'; connect-src 'self'; base-uri 'none'; form-action 'self'; frame-ancestors 'none'`,
    )
    expect(page.headers.get('referrer-policy')).toBe('no-referrer')
    expect(page.headers.get('cache-control')).toBe('no-store')
    expect(page.headers.get('x-content-type-options')).toBe('nosniff')
    expect(page.headers.has('cross-origin-opener-policy')).toBe(false)
    expect(page.headers.get('set-cookie')).toMatch(
      /^aipf_[0-9a-f]{8}=[\w-]{43}; Path=\/; HttpOnly; SameSite=Lax; Max-Age=600$/,
    )
    expect(html).not.toContain(ada)
    expect(cookie).not.toBe('')
  })

  test('the cookie is a __Host- one over https', async () => {
    await world.restart({ publicUrl: 'https://app.test' })
    const { page } = await openPopup(world, { sessionToken: ada, flowId: newFlowId(), sourceType })
    expect(page.headers.get('set-cookie')).toMatch(
      /^__Host-aipf_[0-9a-f]{8}=[\w-]{43}; Path=\/; HttpOnly; SameSite=Lax; Max-Age=600; Secure$/,
    )
    await world.restart()
  })

  test('a page whose browser hides where it came from asks first', async () => {
    const { page } = await openPopup(
      world,
      { sessionToken: ada, flowId: newFlowId(), sourceType },
      { origin: 'null', 'sec-fetch-site': 'cross-site' },
    )
    expect(await page.text()).toContain(
      'host.test asks to connect Acme CRM for ada. If you did not start this, close the window.',
    )
  })

  test('another page may not start one with a stolen token', async () => {
    const { page } = await openPopup(
      world,
      { sessionToken: ada, flowId: newFlowId(), sourceType },
      { origin: 'http://evil.test', accept: 'text/html' },
    )
    expect(page.status).toBe(403)
    expect(page.headers.get('content-type')).toContain('text/html')
  })

  test('a form is held to the contract: no id that is a path, no key nobody knows', async () => {
    const form = { sessionToken: ada, flowId: newFlowId(), sourceType }
    const refuse = async (start: typeof form) =>
      (await openPopup(world, start, { origin: hostOrigin, accept: 'text/html' })).page.status
    expect(await refuse({ ...form, flowId: '../../../../transfer?x=' })).toBe(400)
    expect(await refuse({ ...form, ...{ returnUrl: 'http://evil.test' } })).toBe(400)
    expect(await refuse({ ...form, ...{ name: 'x'.repeat(201) } })).toBe(400)
    expect(await refuse(form)).toBe(200)
  })

  test('names and provider texts are text, never markup', async () => {
    const { page } = await openPopup(world, {
      sessionToken: ada,
      flowId: newFlowId(),
      sourceType,
      name: '<img src=x onerror=alert(1)>',
    })
    expect(await page.text()).not.toContain('<img')
  })

  test('only the start page itself learns where to go', async () => {
    const flowId = newFlowId()
    const { cookie } = await openPopup(world, { sessionToken: ada, flowId, sourceType })
    expect((await askConsent(world, flowId, '')).status).toBe(404)
    expect((await askConsent(world, flowId, 'aipf_00000000=x')).status).toBe(404)
    const url = `${publicUrl}/api/airbyte/oauth/start/${flowId}/consent`
    const fromElsewhere = new Request(url, {
      method: 'POST',
      headers: { cookie, origin: hostOrigin, 'sec-fetch-site': 'cross-site' },
    })
    expect((await world.send(fromElsewhere)).status).toBe(404)
    expect((await askConsent(world, flowId, cookie)).status).toBe(200)
  })

  test('our state of 256 bits replaces the one of Airbyte, and the redirect is the registered one', async () => {
    const { consentUrl } = await goToProvider()
    const parameters = new URL(consentUrl).searchParams
    expect(parameters.get('state')).toMatch(/^[\w-]{43}$/)
    expect(parameters.get('code_challenge_method')).toBe('S256')
    expect(parameters.get('redirect_uri')).toBe(`${publicUrl}/api/airbyte/oauth/callback/app/acme-crm`)
  })
})

test('the whole way makes one tested source, under a session of the host', async () => {
  const before = await countSources()
  const flowId = newFlowId()
  const { returned, nonce } = await signInAtAcme(world, { sessionToken: ada, flowId, sourceType, name: 'Our CRM' })
  expect(returned.origin + returned.pathname).toBe(`${hostOrigin}/airbyte-return`)
  expect(returned.search).toBe(`?aip_flow=${flowId}`)
  expect((await readFlow(flowId)).status).toBe('returned')
  const answers = await Promise.all(Array.from({ length: 5 }, () => confirm(flowId, nonce)))
  expect(answers.map(({ status }) => status)).toEqual([200, 200, 200, 200, 200])
  const flow = await waitForEnd(flowId)
  expect(flow.status).toBe('completed')
  expect(await countSources()).toBe(before + 1)
  const [row] = await query(
    world.database,
    'SELECT assurance, secret, configuration, confirm_hash, airbyte_state FROM opsai.flows WHERE flow_id = $1',
    [flowId],
  )
  expect(row).toEqual({ assurance: 'host', secret: null, configuration: null, confirm_hash: null, airbyte_state: null })
  const source = await (await world.call('getSource', { token: ada, params: { sourceId: flow.sourceId ?? '' } })).json()
  expect(source).toMatchObject({
    name: 'Our CRM',
    checkStatus: 'succeeded',
    configuration: { credentials: { refresh_token: '**********' } },
  })
})

test('of 50 callbacks at once one counts, and the state is used up', async () => {
  const { flowId, cookie, callback } = await goToProvider()
  const answers = await Promise.all(Array.from({ length: 50 }, () => comeBack(world, callback, cookie)))
  expect(answers.filter(({ status }) => status === 303)).toHaveLength(1)
  expect((await readFlow(flowId)).status).toBe('returned')
  expect(await (await comeBack(world, callback, cookie)).text()).toContain('already used')
})

test('a callback in another browser ends the flow and connects nothing', async () => {
  const { flowId, callback } = await goToProvider()
  const answer = await comeBack(world, callback, '')
  expect(answer.status).toBe(200)
  expect(await answer.text()).toContain('started somewhere else')
  expect(await readFlow(flowId)).toMatchObject({ status: 'browser_mismatch', error: { code: 'browser_mismatch' } })
})

test('the cookie counts by its value: one of another sign-in under its name is none', async () => {
  const { flowId, cookie, callback } = await goToProvider()
  const other = await goToProvider()
  const forged = `${cookie.split('=')[0]}=${other.cookie.split('=')[1]}`
  expect((await comeBack(world, callback, forged)).status).toBe(200)
  expect((await readFlow(flowId)).status).toBe('browser_mismatch')
})

test("an answer on another connector's callback does not count", async () => {
  const { flowId, cookie, callback } = await goToProvider()
  const crossed = new URL(callback.href.replace('/app/acme-crm', '/app/salesforce'))
  await comeBack(world, crossed, cookie)
  expect((await readFlow(flowId)).status).toBe('context_mismatch')
})

test('a state that is not ours is refused', async () => {
  const { flowId, cookie, callback } = await goToProvider()
  const forged = new URL(callback)
  forged.searchParams.set('state', 'abcdefg')
  expect(await (await comeBack(world, forged, cookie)).text()).toContain('Nothing was connected')
  expect((await readFlow(flowId)).status).toBe('authorizing')
})

test('who says no comes back to the host, where nothing is left to confirm', async () => {
  const { flowId, cookie, callback } = await goToProvider('Deny')
  const answer = await comeBack(world, callback, cookie)
  expect(answer.status).toBe(303)
  expect(answer.headers.get('location')).toBe(`${hostOrigin}/airbyte-return?aip_flow=${flowId}`)
  expect(await readFlow(flowId)).toMatchObject({
    status: 'denied',
    error: { displayMessage: 'You chose not to give access. Nothing was connected.' },
  })
})

test("a provider's error is told in its words", async () => {
  const { flowId, cookie, callback } = await goToProvider()
  const failed = new URL(callback)
  failed.searchParams.delete('code')
  failed.searchParams.set('error', 'server_error')
  failed.searchParams.set('error_description', 'Out of order')
  await comeBack(world, failed, cookie)
  expect(await readFlow(flowId)).toMatchObject({
    status: 'provider_error',
    error: { displayMessage: 'Acme CRM reported a problem: “Out of order”.' },
  })
})

describe('somebody finishes what another started (session fixation)', () => {
  test('a user of the same tenant is refused and the secret destroyed', async () => {
    const flowId = newFlowId()
    const { nonce } = await signInAtAcme(world, { sessionToken: ada, flowId, sourceType })
    const eve = await world.newSession('acme', 'eve')
    const answer = await confirm(flowId, nonce, eve)
    expect(answer.status).toBe(403)
    expect(await answer.json()).toMatchObject({ code: 'user_mismatch' })
    expect((await readFlow(flowId)).status).toBe('user_mismatch')
    expect((await confirm(flowId, nonce)).status).toBe(200)
    expect((await readFlow(flowId)).status).toBe('user_mismatch')
  })

  test('another tenant gets a 404 like any, and the flow ends all the same', async () => {
    const flowId = newFlowId()
    const { nonce } = await signInAtAcme(world, { sessionToken: ada, flowId, sourceType })
    const mallory = await world.newSession('globex', 'mallory')
    expect((await confirm(flowId, nonce, mallory)).status).toBe(404)
    expect((await readFlow(flowId)).status).toBe('user_mismatch')
  })

  test('the database too takes a confirmation from nobody but who started, and not after two minutes', async () => {
    const flowId = newFlowId()
    const { nonce } = await signInAtAcme(world, { sessionToken: ada, flowId, sourceType })
    const db = createDatabase(world.database, () => {})
    const confirmHash = hashToken(nonce)
    const confirmAs = (tenantId: string, userId: string, now = new Date()) =>
      confirmFlow(db, { flowId, confirmHash, tenantId, userId, assurance: 'host', now })
    expect(await confirmAs('acme', 'ada', new Date(Date.now() + 121_000))).toBeUndefined()
    expect(await confirmAs('acme', 'eve')).toBeUndefined()
    expect(await confirmAs('globex', 'ada')).toBeUndefined()
    expect(await confirmAs('acme', 'ada')).toMatchObject({ status: 'confirmed' })
    expect(await confirmAs('acme', 'ada')).toBeUndefined()
    await db.close()
  })

  test('a wrong nonce confirms nothing and ends nothing', async () => {
    const flowId = newFlowId()
    await signInAtAcme(world, { sessionToken: ada, flowId, sourceType })
    expect((await confirm(flowId, 'wrong')).status).toBe(403)
    expect((await readFlow(flowId)).status).toBe('returned')
  })

  test("a flow's id can't be taken over", async () => {
    const flowId = newFlowId()
    await openPopup(world, { sessionToken: ada, flowId, sourceType })
    for (const [tenant, user] of [
      ['globex', 'ada'],
      ['acme', 'eve'],
    ] as const) {
      const sessionToken = await world.newSession(tenant, user)
      const { page, cookie } = await openPopup(world, { sessionToken, flowId, sourceType })
      expect([page.status, cookie], `${user} of ${tenant}`).toEqual([409, ''])
    }
  })
})

test('a cancelled flow stays cancelled when the browser comes back late', async () => {
  const { flowId, cookie, callback } = await goToProvider()
  expect(await (await world.call('cancelFlow', { token: ada, params: { flowId }, body: {} })).json()).toMatchObject({
    status: 'cancelled',
  })
  expect(await (await comeBack(world, callback, cookie)).text()).toContain('cancelled')
  expect((await readFlow(flowId)).status).toBe('cancelled')
})

test('ten minutes to come back, two to be confirmed', async () => {
  const late = await goToProvider()
  const unconfirmed = newFlowId()
  const { nonce } = await signInAtAcme(world, { sessionToken: ada, flowId: unconfirmed, sourceType })
  let minutes = 3
  await world.restart({ now: () => new Date(Date.now() + minutes * 60_000) })
  expect((await readFlow(unconfirmed)).status).toBe('expired')
  await confirm(unconfirmed, nonce)
  expect((await readFlow(unconfirmed)).status).toBe('expired')
  expect((await readFlow(late.flowId)).status).toBe('authorizing')
  minutes = 11
  expect((await comeBack(world, late.callback, late.cookie)).headers.get('location')).not.toContain('#')
  expect((await readFlow(late.flowId)).error?.code).toBe('expired')
  await world.restart()
})

test('the proxy may be restarted at any point in between', async () => {
  const flowId = newFlowId()
  const { cookie } = await openPopup(world, { sessionToken: ada, flowId, sourceType })
  await world.restart()
  const { consentUrl } = (await (await askConsent(world, flowId, cookie)).json()) as { consentUrl: string }
  await world.restart()
  const answer = await comeBack(world, await answerAtAcmeCrm(consentUrl), cookie)
  await world.restart()
  await confirm(flowId, new URL(answer.headers.get('location') ?? '').hash.slice(3))
  await world.restart()
  expect((await waitForEnd(flowId)).status).toBe('completed')
})

test('a confirmed flow of a process that died is finished by the next', async () => {
  const flowId = newFlowId()
  await signInAtAcme(world, { sessionToken: ada, flowId, sourceType })
  await query(world.database, `UPDATE opsai.flows SET status = 'confirmed', confirm_hash = NULL WHERE flow_id = $1`, [
    flowId,
  ])
  const before = await countSources()
  await world.restart()
  await expect.poll(async () => (await readFlow(flowId)).status, { timeout: 10_000 }).toBe('completed')
  expect(await countSources()).toBe(before + 1)
})

describe('without a page of the host to return to', () => {
  beforeAll(() => world.restart({ returnUrls: [] }))
  afterAll(() => world.restart())

  test('the cookie vouches where the start was seen to come from the host', async () => {
    const { flowId, cookie, callback } = await goToProvider()
    const page = await (await comeBack(world, callback, cookie)).text()
    expect(page).toContain('You can close this window.')
    expect(page).toContain(`data-flow="${flowId}"`)
    expect((await waitForEnd(flowId)).status).toBe('completed')
    const [row] = await query(world.database, 'SELECT assurance FROM opsai.flows WHERE flow_id = $1', [flowId])
    expect(row).toEqual({ assurance: 'browser' })
  })

  test('where it was not, nothing is started, and the page that waits hears so at once', async () => {
    const flowId = newFlowId()
    const { page } = await openPopup(
      world,
      { sessionToken: ada, flowId, sourceType },
      { origin: 'null', accept: 'text/html' },
    )
    expect(page.status).toBe(500)
    expect(await page.text()).toContain('not set up correctly')
    expect(await readFlow(flowId)).toMatchObject({ status: 'failed', error: { code: 'config_error' } })
    const body = { tenantId: 'acme', sourceType, name: 'By link' }
    const launched = await world.call('createSource', { token: ada, body })
    expect(await launched.json()).toMatchObject({
      code: 'config_error',
      detail: expect.stringContaining('begun on http://host.test') as string,
    })
  })

  test('strict: the cookie alone is not enough, neither to start nor to finish what was started before', async () => {
    const started = await goToProvider()
    await world.restart({ returnUrls: [], assurance: 'strict' })
    await comeBack(world, started.callback, started.cookie)
    expect(await readFlow(started.flowId)).toMatchObject({ status: 'failed', error: { code: 'config_error' } })
    const flowId = newFlowId()
    const { page } = await openPopup(world, { sessionToken: ada, flowId, sourceType })
    expect(await page.json()).toMatchObject({
      code: 'config_error',
      detail: 'A sign-in begun on http://host.test has nowhere to be confirmed: add a page of it to returnUrls.',
    })
    expect(await readFlow(flowId)).toMatchObject({ status: 'failed', error: { code: 'config_error' } })
    const ended = await query(world.database, `SELECT facts FROM opsai.audit WHERE action = 'sign_in_ended' AND subject = $1`, [flowId]) // prettier-ignore
    expect(ended).toEqual([{ facts: { status: 'failed', why: 'config_error' } }])
    await world.restart({ assurance: 'strict' })
    const { nonce } = await signInAtAcme(world, { sessionToken: ada, flowId: newFlowId(), sourceType })
    expect(nonce).not.toBe('')
    await world.restart({ returnUrls: [] })
  })
})

test('the database lets no flow go back, nor out of its end', async () => {
  const { flowId, callback } = await goToProvider()
  await comeBack(world, callback, '')
  const change = (status: string) =>
    query(world.database, 'UPDATE opsai.flows SET status = $2 WHERE flow_id = $1', [flowId, status])
  await expect(change('authorizing')).rejects.toThrow('a flow can not go from browser_mismatch to authorizing')
  await expect(change('completed')).rejects.toThrow('can not go')
})

test('nothing secret of a sign-in is logged or stands readable in the database', async () => {
  const flowId = newFlowId()
  const { nonce, cookie, callback } = await signInAtAcme(world, { sessionToken: ada, flowId, sourceType })
  await confirm(flowId, nonce)
  await waitForEnd(flowId)
  const { code = '', state = '' } = Object.fromEntries(callback.searchParams)
  const secrets = [nonce, cookie.split('=')[1] ?? '', code, state, ada, world.hostKey]
  const dump: string[] = []
  const tables = await query<{ name: string }>(
    world.database,
    `SELECT table_name AS name FROM information_schema.tables WHERE table_schema = 'opsai'`,
  )
  for (const { name } of tables)
    dump.push(JSON.stringify(await query(world.database, `SELECT t::text, to_jsonb(t)::text FROM opsai.${name} t`)))
  for (const secret of secrets) {
    expect(secret.length).toBeGreaterThan(8)
    expect(world.logLines.join('')).not.toContain(secret)
    expect(dump.join('')).not.toContain(secret)
    expect(dump.join('')).not.toContain(Buffer.from(secret).toString('hex'))
  }
  expect(world.logLines.join('')).not.toContain('airbyte_oauth_workspace_')
})
