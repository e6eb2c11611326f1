// A link in an e-mail signs a source in again: once, for its user, and for nobody who gets hold of it.
import { randomBytes, randomUUID } from 'node:crypto'
import type { Flow, ReconnectLink } from '@opsai/contract'
import { answerAtAcmeCrm } from '@opsai/sandbox/testing'
import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest'
import { askConsent, comeBack, signInAtAcme } from '../test/acme-browser.js'
import { createRecorder, type Recorder } from '../test/recorder.js'
import { type SecondServer, startSecondServer } from '../test/second-server.js'
import { createWorld, hostOrigin, publicUrl, query, type World } from '../test/world.js'

let world: World
let second: SecondServer
let recorder: Recorder
let jane: string
const sourceType = 'acme-crm'

beforeAll(async () => {
  world = await createWorld()
  recorder = createRecorder(world)
  await world.restart({ airbyte: recorder.airbyte })
  second = await startSecondServer(world, { airbyte: recorder.airbyte })
  jane = await world.newSession('acme', 'jane@acme.test')
})
afterAll(async () => {
  await second.server.close()
  await world.close()
})
afterEach(() => {
  recorder.instead = undefined
})

/** As Chromium sends the form of a page without a referrer. */
const ownForm = { origin: 'null', 'sec-fetch-site': 'same-origin', accept: 'text/html' }
const open = (url: string, headers: Record<string, string> = { accept: 'text/html' }) =>
  world.send(new Request(url, { headers }))
const press = (url: string, headers: Record<string, string> = ownForm, server = world.send) =>
  server(new Request(url, { method: 'POST', headers }))
const confirm = (flowId: string, nonce: string, token: string) =>
  world.call('confirmFlow', { token, params: { flowId }, body: { nonce } })

async function waitForEnd(flowId: string): Promise<Flow> {
  const read = async () => (await (await world.call('getFlow', { token: jane, params: { flowId } })).json()) as Flow
  await expect.poll(async () => (await read()).status, { timeout: 30_000 }).not.toMatch(/confirmed|creating/)
  return await read()
}
async function connect(): Promise<string> {
  const flowId = randomBytes(16).toString('base64url')
  const { nonce } = await signInAtAcme(world, { sessionToken: jane, flowId, sourceType, name: 'Our CRM' })
  await confirm(flowId, nonce, jane)
  return (await waitForEnd(flowId)).sourceId ?? ''
}
const ask = (body: object, parts: object = {}) =>
  world.call('createReconnectLink', { params: { tenantId: 'acme' }, body, ...parts })
async function newLink(sourceId: string, more: object = {}): Promise<ReconnectLink> {
  const answer = await ask({ sourceId, userId: 'jane@acme.test', ...more })
  expect(answer.status).toBe(201)
  return (await answer.json()) as ReconnectLink
}
/** From the link's button to the host's page. */
async function goAllTheWay(url: string) {
  const page = await press(url)
  const html = await page.text()
  const flowId = /oauth\/start\/([\w-]{22})\/consent/.exec(html)?.[1] ?? ''
  const cookie = page.headers.get('set-cookie')?.split(';')[0] ?? ''
  const { consentUrl } = (await (await askConsent(world, flowId, cookie)).json()) as { consentUrl: string }
  const back = await comeBack(world, await answerAtAcmeCrm(consentUrl), cookie)
  const returned = new URL(back.headers.get('location') ?? '')
  return { flowId, returned, nonce: returned.hash.slice(3) }
}

test('from the e-mail to a source that works: looked at by a scanner, used by its user, confirmed at the host', async () => {
  const sourceId = await connect()
  const { url, expiresAt } = await newLink(sourceId)
  expect(url).toMatch(/^http:\/\/app\.test\/api\/airbyte\/oauth\/reconnect\/[\w-]{43}$/)
  expect(Date.parse(expiresAt) - Date.now()).toBeGreaterThan(6.9 * 24 * 3600_000)
  for (const method of ['HEAD', 'GET', 'GET']) expect((await world.send(new Request(url, { method }))).status).toBe(200)
  const html = await (await open(url)).text()
  expect(html).toContain('host.test asks to sign Acme CRM (“Our CRM”) in again for jane@acme.test.')
  expect(html).toContain('<form method="post">')
  const { flowId, returned, nonce } = await goAllTheWay(url)
  expect(returned.href).toBe(`${hostOrigin}/airbyte-return?aip_flow=${flowId}#c=${nonce}`)
  await confirm(flowId, nonce, jane)
  expect(await waitForEnd(flowId)).toMatchObject({ status: 'completed', sourceId })
  const [row] = await query(world.database, 'SELECT provenance, assurance FROM opsai.flows WHERE flow_id = $1', [flowId]) // prettier-ignore
  expect(row).toEqual({ provenance: 'unproven', assurance: 'host' })
})

test('of 50 who press the button at once, over two proxies, one begins', async () => {
  const { url } = await newLink(await connect())
  const before = await query(world.database, 'SELECT 1 FROM opsai.flows')
  const answers = await Promise.all(
    Array.from({ length: 50 }, (_, index) =>
      press(url, ownForm, index % 2 === 0 ? world.send : (request) => second.server.fetch(request)),
    ),
  )
  expect(answers.filter(({ status }) => status === 200)).toHaveLength(1)
  expect(answers.filter(({ status }) => status === 409)).toHaveLength(49)
  expect(await query(world.database, 'SELECT 1 FROM opsai.flows')).toHaveLength(before.length + 1)
})

describe('in the wrong hands', () => {
  test('another page can not press the button, and the link stays good', async () => {
    const { url } = await newLink(await connect())
    for (const headers of [
      { origin: 'https://evil.test', 'sec-fetch-site': 'cross-site' },
      { origin: 'null', 'sec-fetch-site': 'cross-site' },
      { origin: 'null' },
      {},
    ] as Record<string, string>[]) {
      const answer = await press(url, { ...headers, accept: 'text/html' })
      expect([answer.status, answer.headers.get('set-cookie')]).toEqual([403, null])
    }
    expect((await press(url, { origin: publicUrl })).status).toBe(200)
  })

  test('who signs in by it with another session at the host connects nothing', async () => {
    const sourceId = await connect()
    const { flowId, nonce } = await goAllTheWay((await newLink(sourceId)).url)
    const eve = await world.newSession('acme', 'eve@acme.test')
    expect((await confirm(flowId, nonce, eve)).status).toBe(403)
    expect(await waitForEnd(flowId)).toMatchObject({ status: 'user_mismatch', sourceId })
    expect(await query(world.database, `SELECT 1 FROM opsai.audit WHERE action = 'source_signed_in_again' AND subject = $1`, [sourceId])).toEqual([]) // prettier-ignore
  })

  test('its token stands in no log, no entry of the trail, no row, and is sent to no other page', async () => {
    const { url } = await newLink(await connect())
    const token = url.split('/').at(-1) ?? ''
    const page = await open(url)
    const { returned } = await goAllTheWay(url)
    await open(url)
    await open(url.replace('/reconnect/', '/nowhere/'))
    expect(page.headers.get('referrer-policy')).toBe('no-referrer')
    expect(await page.text()).not.toContain(token)
    const tables = await query<{ name: string }>(
      world.database,
      `SELECT table_name AS name FROM information_schema.tables WHERE table_schema = 'opsai'`,
    )
    const dump: string[] = []
    for (const { name } of tables)
      dump.push(JSON.stringify(await query(world.database, `SELECT to_jsonb(t)::text FROM opsai.${name} t`)))
    for (const text of [world.logLines.join(''), dump.join(''), returned.href]) {
      expect(text.length).toBeGreaterThan(20)
      expect(text).not.toContain(token)
      expect(text).not.toContain(Buffer.from(token).toString('hex'))
    }
  })
})

describe('a link that is of no use says so, and where to go on', () => {
  const link = `<a href="${hostOrigin}/">Go to host.test</a>`

  test('used', async () => {
    const { url } = await newLink(await connect())
    await press(url)
    for (const answer of [await open(url), await press(url)]) {
      expect(answer.status).toBe(409)
      const html = await answer.text()
      expect(html).toContain('This sign-in link was already used. Open the app it came from, and sign in there.')
      expect(html).toContain(link)
    }
  })

  test('expired, and forgotten a week later', async () => {
    const { url, expiresAt } = await newLink(await connect(), { ttlSeconds: 60 })
    expect(Math.abs(Date.parse(expiresAt) - Date.now() - 60_000)).toBeLessThan(30_000)
    let hours = 1
    const later = await startSecondServer(world, { now: () => new Date(Date.now() + hours * 3600_000) })
    for (const method of ['GET', 'POST']) {
      const answer = await later.server.fetch(new Request(url, { method, headers: ownForm }))
      const html = await answer.text()
      expect([answer.status, html.includes('This link has expired.'), html.includes(link)]).toEqual([410, true, true])
    }
    await later.server.close()
    const count = async () =>
      (await query(world.database, `SELECT 1 FROM opsai.reconnect_links WHERE expires_at = $1`, [expiresAt])).length
    expect(await count()).toBe(1)
    hours = 24 * 8
    const muchLater = await startSecondServer(world, { now: () => new Date(Date.now() + hours * 3600_000) })
    await expect.poll(count, { timeout: 20_000 }).toBe(0)
    await muchLater.server.close()
    // A week on, nobody's session was left either.
    jane = await world.newSession('acme', 'jane@acme.test')
  })

  test('its source is gone, or it never was, or it was cut off in the mail', async () => {
    const sourceId = await connect()
    const { url } = await newLink(sourceId)
    await world.call('deleteSource', { token: jane, params: { sourceId } })
    const never = `${publicUrl}/api/airbyte/oauth/reconnect/${'x'.repeat(43)}`
    const answers = [await open(url), await press(url), await open(never)]
    for (const answer of answers) {
      const html = await answer.text()
      expect([answer.status, html.includes('is not known here'), html.includes(link)]).toEqual([404, true, true])
    }
    const cut = await open(url.slice(0, -5))
    expect([cut.status, cut.headers.get('content-type')]).toEqual([404, 'text/html; charset=utf-8'])
  })

  test('its tenant is gone', async () => {
    const token = await world.newSession('short-lived', 'kim')
    const flowId = randomBytes(16).toString('base64url')
    const { nonce } = await signInAtAcme(world, { sessionToken: token, flowId, sourceType })
    await confirm(flowId, nonce, token)
    const source = () => query<{ source_id: string }>(world.database, `SELECT source_id FROM opsai.sources WHERE tenant_id = 'short-lived'`) // prettier-ignore
    await expect.poll(async () => (await source()).length, { timeout: 20_000 }).toBe(1)
    const body = { sourceId: (await source())[0]?.source_id, userId: 'kim' }
    const made = await world.call('createReconnectLink', { params: { tenantId: 'short-lived' }, body })
    const { url } = (await made.json()) as ReconnectLink
    await world.call('deleteTenant', { params: { tenantId: 'short-lived' } })
    expect((await open(url)).status).toBe(404)
    expect(await query(world.database, `SELECT 1 FROM opsai.reconnect_links WHERE tenant_id = 'short-lived'`)).toEqual([]) // prettier-ignore
  })

  test('nothing is used up while Airbyte is away', async () => {
    const { url } = await newLink(await connect())
    recorder.instead = (request) => {
      if (/public\/v1\/sources\//.test(request.url)) throw new TypeError('fetch failed')
      return undefined
    }
    const answer = await press(url)
    expect([answer.status, (await answer.text()).includes('Nothing is lost.')]).toEqual([503, true])
    recorder.instead = undefined
    await expect.poll(async () => (await press(url)).status, { timeout: 20_000 }).toBe(200)
  })
})

describe('the host asks for a link', () => {
  const codeOf = async (answer: Response) => [answer.status, ((await answer.json()) as { code: string }).code]

  test('for a source of that tenant only', async () => {
    const sourceId = await connect()
    await world.newSession('globex')
    const body = { sourceId, userId: 'x' }
    const foreign = world.call('createReconnectLink', { params: { tenantId: 'globex' }, body })
    expect(await codeOf(await foreign)).toEqual([404, 'not_found'])
    expect(await codeOf(await ask({ sourceId: randomUUID(), userId: 'x' }))).toEqual([404, 'not_found'])
  })

  test('that ends on a page of its own, which is registered', async () => {
    const body = { sourceId: await connect(), userId: 'x' }
    expect((await ask({ ...body, origin: hostOrigin })).status).toBe(201)
    expect(await codeOf(await ask({ ...body, origin: 'https://evil.test' }))).toEqual([400, 'invalid_request'])
    const bare = await startSecondServer(world, { airbyte: recorder.airbyte, returnUrls: [] })
    const request = new Request(`${publicUrl}/api/airbyte/tenants/acme/reconnect-links`, {
      method: 'POST',
      headers: { authorization: `Bearer ${world.hostKey}`, 'content-type': 'application/json' },
      body: JSON.stringify(body),
    })
    expect(await codeOf(await bare.server.fetch(request))).toEqual([500, 'config_error'])
    await bare.server.close()
  })

  test('for what can be signed in to, for a time that is no longer than a month, and once under one key', async () => {
    const configuration = { credentials: { auth_type: 'api_key', api_key: 'acme_key_test' } }
    const byKey = { tenantId: 'acme', sourceType, name: 'By key', configuration }
    const made = (await (await world.call('createSource', { token: jane, body: byKey })).json()) as { sourceId: string }
    expect(await codeOf(await ask({ sourceId: made.sourceId, userId: 'x' }))).toEqual([422, 'oauth_unsupported'])
    const body = { sourceId: await connect(), userId: 'x' }
    for (const ttlSeconds of [59, 2_592_001]) expect((await ask({ ...body, ttlSeconds })).status).toBe(400)
    const headers = { 'idempotency-key': randomUUID() }
    const [first, again] = [await ask(body, { headers }), await ask(body, { headers })]
    expect(await first.json()).toEqual(await again.json())
    const entries = await query(world.database, `SELECT 1 FROM opsai.audit WHERE action = 'reconnect_link_created' AND user_id = 'x' AND subject = $1`, [body.sourceId]) // prettier-ignore
    expect(entries).toHaveLength(1)
  })
})
