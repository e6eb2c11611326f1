// Against the real Acme CRM, over real HTTP, with an API key. Signed in it needs an engine: see oauth/.
import { listenAcmeCrm } from '@opsai/sandbox'
import type { ListeningAcmeCrm } from '@opsai/sandbox'
import { afterAll, beforeAll, expect, test } from 'vitest'
import type { ConnectorContext } from '../../connector/connector.js'
import type { AirbyteMessage, StreamState } from '../../protocol/messages.js'
import { createAcmeCrmConnector } from './acme-crm-connector.js'

const withKey = { credentials: { auth_type: 'api_key', api_key: 'acme_key_test' } }
let acme: ListeningAcmeCrm
let connector: ReturnType<typeof createAcmeCrmConnector>

beforeAll(async () => {
  acme = await listenAcmeCrm({
    port: 0,
    apiKeys: ['acme_key_test'],
    records: { contacts: 450, companies: 20, deals: 30 },
    rateLimit: { perSecond: 40, burst: 3 },
  })
  connector = createAcmeCrmConnector({ baseUrl: acme.url })
})
afterAll(() => acme?.close())

function createContext(): ConnectorContext {
  return { signal: new AbortController().signal, fetch: globalThis.fetch, now: () => new Date() }
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

test.each([
  [
    'a wrong key',
    { credentials: { auth_type: 'api_key', api_key: 'acme_key_guess' } },
    ['credentials', 'api_key'],
    /did not accept this API key/,
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
  expect(JSON.stringify(answer)).not.toMatch(/guess/)
})
