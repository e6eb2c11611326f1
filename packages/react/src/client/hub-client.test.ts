import { expect, test, vi } from 'vitest'
import { createHubClient } from './hub-client.js'
import { OpsaiError } from './opsai-error.js'

const inAnHour = new Date(Date.now() + 3_600_000).toISOString()
const json = (status: number, body: unknown) =>
  new Response(JSON.stringify(body), { status, headers: { 'content-type': 'application/json' } })

/** A client whose proxy answers these, one after the other. */
function clientOf(...answers: (Response | Error)[]) {
  const calls: Request[] = []
  const tokens = ['first', 'second', 'third']
  const client = createHubClient({
    baseUrl: 'https://proxy.example/api/airbyte/',
    fetchSession: async () => ({ token: tokens.shift() ?? 'none', expiresAt: inAnHour }),
    fetch: async (input, init) => {
      calls.push(new Request(input, init))
      const answer = answers.shift()
      if (answer instanceof Response) return answer
      throw answer ?? new Error('no answer prepared')
    },
  })
  return { client, calls }
}

test('a call carries the token in its header and nowhere else', async () => {
  const { client, calls } = clientOf(json(200, { sources: [], total: 0 }))
  await client.listConnectors({ search: 'a b', category: 'CRM' })
  expect(calls[0]?.url).toBe('https://proxy.example/api/airbyte/sources?search=a+b&category=CRM')
  expect(calls[0]?.headers.get('authorization')).toBe('Bearer first')
  expect(calls[0]?.credentials).toBe('omit')
})

test('a 401 is answered once with a new session and the same idempotency key', async () => {
  const created = {
    sourceId: 's',
    sourceType: 'stripe',
    name: 'Stripe',
    checkStatus: 'succeeded',
    authorization: 'credentials',
    createdAt: 'now',
    updatedAt: 'now',
    configuration: {},
  }
  const { client, calls } = clientOf(json(401, {}), json(201, created))
  const source = await client.createAirbyteSource('stripe', { tenantId: 'acme', name: 'Stripe' })
  expect(source).toMatchObject({ sourceId: 's' })
  expect(calls.map(({ headers }) => headers.get('authorization'))).toEqual(['Bearer first', 'Bearer second'])
  expect(calls[0]?.headers.get('idempotency-key')).toHaveLength(22)
  expect(calls[1]?.headers.get('idempotency-key')).toBe(calls[0]?.headers.get('idempotency-key'))
})

test('a second 401 is the end of it', async () => {
  const { client, calls } = clientOf(json(401, {}), json(401, {}))
  await expect(client.listConnectedSources()).rejects.toBeInstanceOf(OpsaiError)
  expect(calls).toHaveLength(2)
})

test('a problem becomes an error with all it says', async () => {
  const problem = {
    type: 'urn:opsai:problem:check_failed',
    title: 'Check failed',
    status: 422,
    code: 'check_failed',
    detail: 'HTTP 403 from api.stripe.com',
    displayMessage: 'Stripe refused the key.',
    remedy: 'Make a new one.',
    retryable: false,
    requestId: 'req_1',
    fieldErrors: [{ path: ['api_key'], code: 'rejected', message: 'Refused' }],
  }
  const { client } = clientOf(json(422, problem))
  await expect(client.testConnection('src')).rejects.toMatchObject({
    name: 'OpsaiError',
    code: 'check_failed',
    message: 'HTTP 403 from api.stripe.com',
    remedy: 'Make a new one.',
    requestId: 'req_1',
    status: 422,
    fieldErrors: [{ path: ['api_key'] }],
  })
})

test.each([
  ['a page that is no proxy', json(502, '<html>'), { code: 'upstream_unavailable', retryable: true }],
  ['an answer of another shape', json(200, { sources: 'none' }), { code: 'upstream_invalid' }],
  ['no network', new TypeError('fetch failed'), { code: 'network_error', retryable: true }],
])('%s is told as such', async (_, answer, expected) => {
  const { client } = clientOf(answer)
  await expect(client.listConnectors()).rejects.toMatchObject(expected)
})

test('an abort stays an abort', async () => {
  const stop = new AbortController()
  const { client } = clientOf(new DOMException('stopped', 'AbortError'))
  stop.abort()
  await expect(client.listConnectors({}, { signal: stop.signal })).rejects.not.toBeInstanceOf(OpsaiError)
})

test('a host whose backend is down learns that it was its own session', async () => {
  const fetchSession = vi.fn(() => Promise.reject(new Error('500 from /my/session')))
  const client = createHubClient({ baseUrl: 'https://proxy.example', fetchSession, fetch: vi.fn() })
  await expect(client.listConnectors()).rejects.toMatchObject({
    code: 'session_expired',
    message: 'fetchSession failed: Error: 500 from /my/session',
  })
})
