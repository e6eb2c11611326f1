// Against the real Acme CRM, over real HTTP.
import { listenAcmeCrm } from '@opsai/sandbox'
import type { ListeningAcmeCrm } from '@opsai/sandbox'
import { answerAtAcmeCrm } from '@opsai/sandbox/testing'
import { afterAll, beforeAll, expect, test, vi } from 'vitest'
import type { ConnectorContext } from '../../connector/connector.js'
import { readSample } from '../../connector/sample.js'
import type { AirbyteMessage, StreamState } from '../../protocol/messages.js'
import { createAcmeCrmConnector } from './acme-crm-connector.js'

const app = {
  clientId: 'hub',
  clientSecret: 'hub-secret',
  name: 'Hub',
  redirectUris: ['http://localhost:4999/callback'],
}
const withKey = { credentials: { auth_type: 'api_key', api_key: 'acme_key_test' } }
let acme: ListeningAcmeCrm
let connector: ReturnType<typeof createAcmeCrmConnector>

beforeAll(async () => {
  acme = await listenAcmeCrm({
    port: 0,
    clients: [app],
    apiKeys: ['acme_key_test'],
    records: { contacts: 450, companies: 20, deals: 30 },
    rateLimit: { perSecond: 40, burst: 3 },
    accessTokenSeconds: 1,
  })
  connector = createAcmeCrmConnector({ baseUrl: acme.url })
})
afterAll(() => acme?.close())

function createContext(onConfigChanged?: ConnectorContext['onConfigChanged']): ConnectorContext {
  return {
    signal: new AbortController().signal,
    fetch: globalThis.fetch,
    now: () => new Date(),
    ...(onConfigChanged && { onConfigChanged }),
  }
}

/** Ada allows the app; answers what the engine would have stored. */
async function signIn() {
  const redirectUri = app.redirectUris[0]!
  const consent = new URL(`${acme.url}/oauth/authorize`)
  consent.search = String(
    new URLSearchParams({
      response_type: 'code',
      client_id: app.clientId,
      redirect_uri: redirectUri,
      scope: 'crm.read',
    }),
  )
  const code = (await answerAtAcmeCrm(consent)).searchParams.get('code') ?? ''
  const form = {
    grant_type: 'authorization_code',
    code,
    redirect_uri: redirectUri,
    client_id: app.clientId,
    client_secret: app.clientSecret,
  }
  const answer = await fetch(`${acme.url}/oauth/token`, { method: 'POST', body: new URLSearchParams(form) })
  const { refresh_token } = (await answer.json()) as { refresh_token: string }
  return {
    credentials: { auth_type: 'oauth2.0', client_id: app.clientId, client_secret: app.clientSecret, refresh_token },
  }
}

async function read(
  config: unknown,
  sync_mode: 'full_refresh' | 'incremental',
  states: StreamState[] = [],
  context = createContext(),
) {
  const streams = await connector.discover(config, context)
  const messages: AirbyteMessage[] = []
  for await (const message of connector.read(
    config,
    streams.map((stream) => ({ stream, sync_mode })),
    states,
    context,
  ))
    messages.push(message)
  const records = messages.flatMap((message) => (message.type === 'RECORD' ? [message.record] : []))
  const last = new Map(
    messages.flatMap((message) =>
      message.type === 'STATE'
        ? [[message.state.stream.stream_descriptor.name, message.state.stream.stream_state] as const]
        : [],
    ),
  )
  return { records, states: [...last].map(([name, state]) => ({ name, state })) }
}

const idsOf = (records: { stream: string; data: Record<string, unknown> }[], stream: string) =>
  records.filter((record) => record.stream === stream).map(({ data }) => data.id)

test('reads every record once, waiting where it is told to', async () => {
  const { records } = await read(withKey, 'full_refresh')
  for (const [stream, count] of [
    ['contacts', 450],
    ['companies', 20],
    ['deals', 30],
  ] as const) {
    const ids = idsOf(records, stream)
    expect(ids).toHaveLength(count)
    expect(new Set(ids).size).toBe(count)
  }
})

test('then only what has changed', async () => {
  const first = await read(withKey, 'incremental')
  expect((await read(withKey, 'incremental', first.states)).records).toEqual([])
  const changes = acme.change(12)
  const second = await read(withKey, 'incremental', first.states)
  const changed = [...new Set(changes.map(({ id }) => id))].sort()
  expect(second.records.map(({ data }) => data.id).sort()).toEqual(changed)
})

test('a rotated refresh token is stored before what came with it is used, and the old one never again', async () => {
  const config = await signIn()
  let stored: unknown = config
  const order: string[] = []
  const context = createContext(async (changed) => {
    order.push('stored')
    stored = changed
  })
  const fetchSpy: typeof fetch = (input, init) => {
    order.push(String(input).includes('/oauth/token') ? 'refreshed' : 'asked')
    return fetch(input, init)
  }
  context.fetch = fetchSpy
  const streams = await connector.discover(config, context)
  await readSample(connector, config, streams, 2, context)
  expect(order).toEqual(['refreshed', 'stored', 'asked', 'asked', 'asked'])
  expect(stored).toMatchObject({
    credentials: { client_id: 'hub', refresh_token: expect.not.stringMatching(config.credentials.refresh_token) },
  })
  expect(
    await connector.check(
      stored,
      createContext(async () => {}),
    ),
  ).toEqual({ status: 'succeeded' })
})

test('an access token that runs out under way is renewed', async () => {
  const config = await signIn()
  const stored = vi.fn(async () => {})
  const context = createContext(stored)
  expect(await connector.check(config, context)).toEqual({ status: 'succeeded' })
  await new Promise((resolve) => setTimeout(resolve, 1_200))
  const { records } = await read(config, 'full_refresh', [], context)
  expect(records.length).toBeGreaterThanOrEqual(500)
  expect(stored.mock.calls.length).toBeGreaterThan(1)
})

test.each([
  [
    'a wrong key',
    { credentials: { auth_type: 'api_key', api_key: 'acme_key_guess' } },
    ['credentials', 'api_key'],
    /did not accept this API key/,
  ],
  [
    'a revoked sign-in',
    { credentials: { auth_type: 'oauth2.0', client_id: 'hub', client_secret: 'hub-secret', refresh_token: 'gone' } },
    ['credentials', 'refresh_token'],
    /Sign in again/,
  ],
  [
    'an app it does not know',
    { credentials: { auth_type: 'oauth2.0', client_id: 'hub', client_secret: 'guess', refresh_token: 'x' } },
    ['credentials', 'client_id'],
    /does not know this app/,
  ],
  [
    'another address',
    { ...withKey, base_url: 'http://169.254.169.254' },
    ['base_url'],
    /does not answer at this address/,
  ],
])('%s is a failed check that names the field', async (_, config, field, message) => {
  const answer = await connector.check(config, createContext())
  expect(answer).toMatchObject({ status: 'failed', message: expect.stringMatching(message) })
  expect(answer.status === 'failed' && answer.fields).toContainEqual(field)
  expect(JSON.stringify(answer)).not.toMatch(/guess|gone|hub-secret/)
})
