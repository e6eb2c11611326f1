import { createHash } from 'node:crypto'
import { afterEach, expect, it } from 'vitest'
import { createAcmeCrm } from '../create-acme-crm.js'
import type { ListeningAcmeCrm } from '../listen-acme-crm.js'
import type { AcmeCrmOptions } from '../options.js'
import { authorizeUrl, client, connect, listen, otherClient, refresh } from '../test/acme.js'
import { createBrowser } from '../testing/browser.js'
import { usualBehaviour } from './behaviour.js'
import { createRefreshTokenRecord, type SeenRefreshTokens } from './seen-refresh-tokens.js'

let acme: ListeningAcmeCrm | undefined
afterEach(() => acme?.close())

async function start(options: AcmeCrmOptions = { control: true }) {
  acme = await listen(options)
  return acme.url
}

async function call(method: string, path: string, body?: unknown, type = 'application/json') {
  const init = body === undefined ? {} : { body: JSON.stringify(body), headers: { 'Content-Type': type } }
  const response = await fetch(`${acme?.url ?? ''}${path}`, { method, ...init })
  const text = await response.text()
  return { status: response.status, body: (text.startsWith('{') ? JSON.parse(text) : text) as Record<string, never> }
}
const set = (body: unknown, type?: string) => call('PUT', '/sandbox/behaviour', body, type)
const behaviourOf = async (clientId = '') =>
  (await call('GET', `/sandbox/behaviour${clientId && `?client_id=${clientId}`}`)).body.behaviour
const policyNow = async (clientId = client.clientId) => {
  const seen = await createBrowser(acme?.url ?? '').open(authorizeUrl(acme?.url ?? '', { client_id: clientId }))
  return seen.headers.get('Cross-Origin-Opener-Policy')
}

it('is not there unless it was started so', async () => {
  await start({})
  for (const method of ['GET', 'PUT', 'DELETE']) {
    expect((await call(method, '/sandbox/behaviour')).status).toBe(404)
    expect((await call(method, '/sandbox/refresh-tokens')).status).toBe(404)
  }
})

it('begins as usual', async () => {
  await start()
  expect(await behaviourOf()).toEqual(usualBehaviour)
})

it('sets switches for one client or for all, and puts everything back', async () => {
  await start({ control: true, behaviour: { tokenDelayMs: 5 } })
  expect((await set({ behaviour: { openerPolicy: 'same-origin' } })).body.behaviour).toEqual({
    ...usualBehaviour,
    openerPolicy: 'same-origin',
  })
  await set({ clientId: client.clientId, behaviour: { openerPolicy: 'none', pkce: 'refused' } })
  expect(await behaviourOf(client.clientId)).toMatchObject({ openerPolicy: 'none', pkce: 'refused' })
  expect([await policyNow(), await policyNow(otherClient.clientId)]).toEqual([null, 'same-origin'])

  expect((await call('DELETE', '/sandbox/behaviour')).status).toBe(204)
  expect(await behaviourOf(client.clientId)).toEqual({ ...usualBehaviour, tokenDelayMs: 5 })
})

it.each([
  ['an unknown switch', { behaviour: { openerpolicy: 'none' } }],
  ['an unknown word', { behaviour: { openerPolicy: 'unsafe-none' } }],
  ['a delay of an hour', { behaviour: { tokenDelayMs: 3_600_000 } }],
  ['an unknown client', { clientId: 'nobody', behaviour: {} }],
  ['nothing', {}],
])('refuses %s and changes nothing', async (_, body) => {
  await start()
  expect(await set(body)).toMatchObject({ status: 400, body: { error: { code: 'invalid_parameter' } } })
  expect(await behaviourOf()).toEqual(usualBehaviour)
})

it('takes JSON alone, which no other site’s page can send', async () => {
  await start()
  expect((await set({ behaviour: { pkce: 'refused' } }, 'text/plain')).status).toBe(400)
})

it('counts from anew when a fault that strikes once is set again', async () => {
  const base = await start()
  const once = { behaviour: { tokenFault: 'rfc6749', tokenFaultTimes: 1 } }
  await set(once)
  const errors = []
  for (let round = 0; round < 4; round += 1) {
    errors.push((await refresh(base, 'x')).body as { error_description?: string })
    if (round === 1) await set(once)
  }
  const [told, usual] = ['Acme CRM was told to answer so', 'the refresh token is unknown or has been revoked']
  expect(errors.map(({ error_description }) => error_description)).toEqual([told, usual, told, usual])
})

it('counts how often each refresh token came, without keeping any', async () => {
  const base = await start()
  const first = await connect(base)
  const second = (await refresh(base, first.refresh_token)).body
  await set({ behaviour: { tokenFault: 'html_500' } })
  await expect(refresh(base, second.refresh_token)).rejects.toThrow('JSON')
  await set({ behaviour: {} })
  await refresh(base, second.refresh_token)
  await refresh(base, 'never-issued')

  const { body } = await call('GET', '/sandbox/refresh-tokens')
  const read = body as unknown as SeenRefreshTokens
  const seen = (token: string) => {
    const hash = createHash('sha256').update(token).digest('base64url')
    return read.refreshTokens.find((one) => one.hash === hash)
  }
  expect([read.mostSeen, read.forgotten, read.refreshTokens.length]).toEqual([2, 0, 4])
  expect(seen(first.refresh_token)).toMatchObject({ clientId: client.clientId, isIssued: true, seen: 1 })
  expect(seen(second.refresh_token)).toMatchObject({ isIssued: true, seen: 2 })
  expect(seen('never-issued')).toMatchObject({ isIssued: false, seen: 1 })
  expect(read.refreshTokens.filter((one) => one.seen === 0)).toHaveLength(1)
  expect(JSON.stringify(body)).not.toContain('acme_rt_')

  expect((await call('DELETE', '/sandbox/refresh-tokens')).status).toBe(204)
  expect((await call('GET', '/sandbox/refresh-tokens')).body).toEqual({ refreshTokens: [], mostSeen: 0, forgotten: 0 })
})

it('forgets the oldest when there are too many, and says so', () => {
  const record = createRefreshTokenRecord(2)
  for (const token of ['one', 'two', 'three']) record.noteIssued(token, client.clientId)
  record.noteSeen('three', client.clientId)
  const { refreshTokens, ...rest } = record.read()
  expect([refreshTokens.map(({ seen }) => seen), rest]).toEqual([[0, 1], { mostSeen: 1, forgotten: 1 }])
})

it('does to a fetch without a connection what a cut one does', async () => {
  const crm = createAcmeCrm({ behaviour: { tokenFault: 'connection_cut' } })
  const body = new URLSearchParams({ grant_type: 'refresh_token', refresh_token: 'x' })
  const request = new Request('http://crm.test/oauth/token', { method: 'POST', body })
  await expect(crm.fetch(request)).rejects.toThrow('cut the connection')
  crm.close()
})
