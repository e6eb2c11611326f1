import { http, HttpResponse } from 'msw'
import { setupServer } from 'msw/node'
import { afterAll, afterEach, beforeAll, beforeEach, expect, test, vi } from 'vitest'
import { completeConnect } from './oauth-return.js'

const confirmed: { flowId: string; body: unknown; authorization: string | null }[] = []
/** What the proxy answers, one after the other; the last one for ever. */
let statuses = [200]
const server = setupServer(
  http.post('http://localhost:3000/api/airbyte/flows/:flowId/confirm', async ({ params, request }) => {
    confirmed.push({
      flowId: String(params.flowId),
      body: await request.json(),
      authorization: request.headers.get('authorization'),
    })
    const status = statuses.length > 1 ? statuses.shift() : statuses[0]
    return status === 0 ? HttpResponse.error() : HttpResponse.json({}, { status })
  }),
)
beforeAll(() => server.listen({ onUnhandledRequest: 'error' }))
afterAll(() => server.close())

const close = vi.spyOn(window, 'close').mockImplementation(() => undefined)
const options = {
  baseUrl: 'http://localhost:3000/api/airbyte',
  fetchSession: async () => ({ token: 'session' }),
}
beforeEach(() => {
  confirmed.length = 0
  statuses = [200]
})
afterEach(() => {
  vi.useRealTimers()
  close.mockClear()
  document.body.replaceChildren()
  sessionStorage.clear()
})
const arriveAt = (path: string) => history.replaceState(null, '', path)

test('proves who came back, wakes the page that waits, closes, and leaves no trace in the address', async () => {
  const channel = new BroadcastChannel('aip:flow_1')
  const woken = new Promise((resolve) => channel.addEventListener('message', ({ data }) => resolve(data)))
  arriveAt('/return?keep=1&aip_flow=flow_1#c=nonce_1')
  const states: string[] = []
  await completeConnect({ ...options, onState: (state) => states.push(state) })
  expect(confirmed).toEqual([{ flowId: 'flow_1', body: { nonce: 'nonce_1' }, authorization: 'Bearer session' }])
  expect(location.href).toBe('http://localhost:3000/return?keep=1')
  expect(states).toEqual(['confirming', 'done'])
  expect(close).toHaveBeenCalledTimes(1)
  expect(await woken).toBe('wake')
  channel.close()
})

test('where the browser refuses to close, it says that the user may', async () => {
  arriveAt('/return?aip_flow=flow_1#c=nonce_1')
  await completeConnect(options)
  await vi.waitFor(() => expect(document.body).toHaveTextContent('Done, you can close this window.'))
})

test('a sign-in that ended at the provider has nothing to prove: it only wakes', async () => {
  arriveAt('/return?aip_flow=flow_1')
  expect(await completeConnect(options)).toBe('done')
  expect(confirmed).toEqual([])
  expect(close).toHaveBeenCalledTimes(1)
})

test('a refused proof is said in a window that stays, and still wakes', async () => {
  statuses = [403]
  const channel = new BroadcastChannel('aip:flow_1')
  const woken = new Promise((resolve) => channel.addEventListener('message', ({ data }) => resolve(data)))
  arriveAt('/return?aip_flow=flow_1#c=stolen')
  expect(await completeConnect(options)).toBe('failed')
  await vi.waitFor(() => expect(document.body).toHaveTextContent('Nothing was connected'))
  expect(close).not.toHaveBeenCalled()
  expect([await woken, confirmed.length]).toEqual(['wake', 1])
  channel.close()
})

/** Lets time fly until it is through; answers what came of it, and after how many seconds. */
async function fly(completed: ReturnType<typeof completeConnect>) {
  let state: Awaited<typeof completed> | undefined
  void completed.then((settled) => (state = settled))
  for (let ms = 0; ; ms += 100) {
    await new Promise((resolve) => setImmediate(resolve))
    if (state !== undefined) return { state, seconds: Math.round(ms / 1_000) }
    await vi.advanceTimersByTimeAsync(100)
  }
}

test('a proxy that is being restarted is asked again', async () => {
  vi.useFakeTimers({ toFake: ['setTimeout'] })
  statuses = [0, 503, 409, 200]
  arriveAt('/return?aip_flow=flow_1#c=nonce_1')
  expect((await fly(completeConnect(options))).state).toBe('done')
  expect(confirmed.map(({ body }) => body)).toEqual(Array(4).fill({ nonce: 'nonce_1' }))
})

test('a session that ended on its way is no refusal: the next one proves the same', async () => {
  vi.useFakeTimers({ shouldAdvanceTime: true })
  statuses = [401, 200]
  let serial = 0
  const fetchSession = async () => ({ token: `session_${(serial += 1)}` })
  arriveAt('/return?aip_flow=flow_1#c=nonce_1')
  const state = completeConnect({ ...options, fetchSession })
  await vi.advanceTimersByTimeAsync(1_000)
  expect(await state).toBe('done')
  expect(confirmed.map(({ authorization }) => authorization)).toEqual(['Bearer session_1', 'Bearer session_2'])
})

test('one that stays away is given up after a while; a host that knows nobody, at once', async () => {
  vi.useFakeTimers({ toFake: ['setTimeout'] })
  statuses = [503]
  arriveAt('/return?aip_flow=flow_1#c=nonce_1')
  const { state, seconds } = await fly(completeConnect(options))
  expect(state).toBe('failed')
  expect(seconds).toBeGreaterThanOrEqual(15)
  arriveAt('/return?aip_flow=flow_1#c=nonce_1')
  const signedOut = () => Promise.reject(new Error('nobody is signed in'))
  expect(await completeConnect({ ...options, fetchSession: signedOut })).toBe('failed')
  expect(confirmed).toHaveLength(6)
})

test('opened without a sign-in, the page does nothing', async () => {
  arriveAt('/return')
  expect(await completeConnect(options)).toBe('nothing')
  expect(close).not.toHaveBeenCalled()
})

const remember = (parts: object) =>
  sessionStorage.setItem('opsai.sign-in', JSON.stringify({ flowId: 'flow_1', sourceType: 'hubspot', ...parts }))

/** jsdom navigates nowhere but within a page: a way back that differs by its fragment only can be seen. */
test('a tab that went to the provider itself goes back to the page it left, and stays open', async () => {
  remember({ returnTo: '/return?tab=1#integrations' })
  arriveAt('/return?tab=1&aip_flow=flow_1#c=nonce_1')
  expect(await completeConnect(options)).toBe('done')
  await vi.waitFor(() => expect(location.href).toBe('http://localhost:3000/return?tab=1#integrations'))
  expect(confirmed).toHaveLength(1)
  expect(close).not.toHaveBeenCalled()
})

test.each([
  ['another origin', { returnTo: '//evil.example/' }],
  ['a script', { returnTo: 'javascript:alert(1)' }],
  ['no address at all', { returnTo: 'http://[' }],
  ['another flow', { returnTo: '/return#x', flowId: 'flow_2' }],
  ['a window', {}],
])('the way back is never %s: it closes as a window does', async (_, parts) => {
  remember(parts)
  arriveAt('/return?aip_flow=flow_1#c=nonce_1')
  await completeConnect(options)
  expect(location.href).toBe('http://localhost:3000/return')
  expect(close).toHaveBeenCalledTimes(1)
})
