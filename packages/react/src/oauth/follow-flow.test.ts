// Real requests, answers and streams, less the wire: a proxy here is a function from Request to Response.
import type { Flow } from '@opsai/contract'
import { afterEach, beforeEach, expect, test, vi } from 'vitest'
import { createProxyAccess } from '../client/proxy-access.js'
import { followFlow } from './follow-flow.js'

beforeEach(() => vi.useFakeTimers({ now: 0 }))
afterEach(() => vi.useRealTimers())

const hour = 3_600_000
const flowAt = (status: Flow['status']): Flow => ({
  flowId: 'f',
  sourceType: 'hubspot',
  status,
  expiresAt: 'later',
  ...(status === 'completed' && { sourceId: 's' }),
})
const json = (body: unknown, status = 200) => Response.json(body, { status })
const problem = (status: number, code: string) => json({ code, displayMessage: code }, status)
const event = (status: Flow['status']) =>
  new TextEncoder().encode(`event: flow\ndata: ${JSON.stringify(flowAt(status))}\n\n`)

/** Server-sent events that a test writes; `chunks` come at once. */
function stream(...chunks: Uint8Array[]) {
  let controller: ReadableStreamDefaultController<Uint8Array> | undefined
  const body = new ReadableStream<Uint8Array>({ start: (opened) => void (controller = opened) })
  for (const chunk of chunks) controller?.enqueue(chunk)
  const response = new Response(body, { headers: { 'content-type': 'text/event-stream; charset=utf-8' } })
  const cut = () => controller?.error(new TypeError('cut'))
  const open: Answer = (_, signal) => {
    signal.addEventListener('abort', cut)
    return response
  }
  return {
    open,
    response,
    write: (chunk: Uint8Array) => controller?.enqueue(chunk),
    end: () => controller?.close(),
    cut,
  }
}

type Answer = (request: Request, signal: AbortSignal) => Response | Promise<Response>
const hang: Answer = (_, signal) =>
  new Promise((_resolve, reject) =>
    signal.addEventListener('abort', () => reject(new DOMException('gone', 'AbortError'))),
  )

/** Follows `f` at a proxy that answers a question and the events each by these, the last one again and again. */
function follow({
  flow,
  events = () => problem(404, 'not_found'),
}: {
  flow: Answer[] | Answer
  events?: Answer[] | Answer
}) {
  const answers = { flow: [flow].flat(), events: [events].flat() }
  const asked: string[] = []
  const at: number[] = []
  const tokens = {
    given: 0,
    fetchSession: async () => ({ token: `t${(tokens.given += 1)}`, expiresAt: new Date(hour).toISOString() }),
  }
  const proxy = createProxyAccess({
    baseUrl: 'https://proxy.example/api',
    fetchSession: () => tokens.fetchSession(),
    fetch: async (input, init) => {
      const request = new Request(input, init)
      const { pathname, search } = new URL(request.url)
      asked.push(pathname.replace('/api/flows/f', '') + search)
      at.push(Date.now())
      const list = pathname.endsWith('/events') ? answers.events : answers.flow
      const answer = list.length > 1 ? list.shift() : list[0]
      return await (answer as Answer)(request, init?.signal as AbortSignal)
    },
  })
  const on = { onFlow: vi.fn(), onMissing: vi.fn(), onRefused: vi.fn() }
  const statuses = () => on.onFlow.mock.calls.map(([read]) => (read as Flow).status)
  return { ...on, asked, at, tokens, statuses, following: followFlow({ proxy, flowId: 'f', ...on }) }
}

test('asks for the flow to be known, then listens to the end', async () => {
  const { write, open } = stream(event('authorizing'))
  const { asked, statuses, onFlow } = follow({ flow: () => json(flowAt('launched')), events: open })
  await vi.advanceTimersByTimeAsync(60_000 - 30_000)
  write(event('creating'))
  await vi.advanceTimersByTimeAsync(1_000)
  write(event('completed'))
  await vi.advanceTimersByTimeAsync(hour)
  expect(asked).toEqual(['?wait=2', '/events'])
  expect(statuses()).toEqual(['launched', 'authorizing', 'creating', 'completed'])
  expect(onFlow).toHaveBeenLastCalledWith({ flowId: 'f', status: 'completed', sourceId: 's' })
})

test.each<[string, Answer]>([
  ['has no such route', () => problem(404, 'not_found')],
  ['does not speak events', () => problem(406, 'invalid_request')],
  ['has too many streams', () => problem(429, 'rate_limited')],
  ['answers a page', () => new Response('<html>', { headers: { 'content-type': 'text/html' } })],
  ['has a browser without streams', () => Object.defineProperty(stream().response, 'body', { value: null })],
])('a proxy that %s is asked by long polls, at once', async (_, events) => {
  const { asked, statuses, at } = follow({
    flow: [() => json(flowAt('authorizing')), () => json(flowAt('creating')), () => json(flowAt('completed'))],
    events,
  })
  await vi.advanceTimersByTimeAsync(100)
  expect(asked).toEqual(['?wait=2', '/events', '?wait=25&since=authorizing', '?wait=25&since=creating'])
  expect(statuses()).toEqual(['authorizing', 'creating', 'completed'])
  expect(at.at(-1)).toBe(0)
})

test('a proxy in between that keeps events back is seen through after five seconds', async () => {
  const { asked } = follow({ flow: [() => json(flowAt('authorizing')), hang], events: stream().open })
  await vi.advanceTimersByTimeAsync(4_999)
  expect(asked).toEqual(['?wait=2', '/events'])
  await vi.advanceTimersByTimeAsync(1)
  expect(asked).toEqual(['?wait=2', '/events', '?wait=25&since=authorizing'])
})

test('a proxy in between that keeps even the answer back, too', async () => {
  const { asked } = follow({ flow: [() => json(flowAt('authorizing')), hang], events: hang })
  await vi.advanceTimersByTimeAsync(5_000)
  expect(asked).toEqual(['?wait=2', '/events', '?wait=25&since=authorizing'])
})

test('a stream that says nothing for long is dead, and opened anew', async () => {
  const heartbeat = new TextEncoder().encode(': still here\n\n')
  const first = stream(event('authorizing'))
  const { asked } = follow({ flow: () => json(flowAt('authorizing')), events: [first.open, hang] })
  for (let seconds = 0; seconds < 120; seconds += 15) {
    await vi.advanceTimersByTimeAsync(15_000)
    first.write(heartbeat)
  }
  expect(asked).toEqual(['?wait=2', '/events'])
  await vi.advanceTimersByTimeAsync(40_600)
  expect(asked).toEqual(['?wait=2', '/events', '', '/events'])
})

test('a stream cut at the end of its time is opened anew, one cut at once is left for long polls', async () => {
  const lived = stream(event('authorizing'))
  const cutNow: Answer = () => {
    const cut = stream(event('authorizing'))
    setTimeout(cut.cut, 10)
    return cut.response
  }
  const { asked } = follow({
    flow: [...Array.from({ length: 4 }, () => () => json(flowAt('authorizing'))), hang],
    events: [lived.open, cutNow],
  })
  await vi.advanceTimersByTimeAsync(30_000)
  lived.end()
  await vi.advanceTimersByTimeAsync(600)
  expect(asked.slice(2)).toEqual(['', '/events'])
  await vi.advanceTimersByTimeAsync(1_200)
  expect(asked.slice(4)).toEqual(['', '/events', '', '?wait=25&since=authorizing'])
})

test('long polls that never come back are cut, and then it is asked every five seconds', async () => {
  const known = () => json(flowAt('authorizing'))
  const { asked, at } = follow({ flow: [known, hang, known, hang, known] })
  await vi.advanceTimersByTimeAsync(120_000)
  expect(asked.slice(2, 8)).toEqual(['?wait=25&since=authorizing', '', '?wait=25&since=authorizing', '', '', ''])
  const pauses = at.slice(5).map((time, index, times) => time - (times[index - 1] ?? time))
  expect(pauses.slice(0, 5)).toEqual([0, 1000, 2000, 5000, 5000])
})

test('a hint asks at once, and a hundred hints ask hardly more', async () => {
  const { asked, at, following, statuses } = follow({
    flow: [() => json(flowAt('authorizing')), () => json(flowAt('creating'))],
    events: (request, signal) => stream(event('authorizing')).open(request, signal),
  })
  await vi.advanceTimersByTimeAsync(3_000)
  following.wake()
  await vi.advanceTimersByTimeAsync(10)
  expect([asked.at(-2), at.at(-2)]).toEqual(['', 3_000])
  expect(statuses()).toContain('creating')
  const before = asked.filter((path) => path === '').length
  for (let hint = 0; hint < 100; hint += 1) {
    following.wake()
    await vi.advanceTimersByTimeAsync(5)
  }
  expect(asked.filter((path) => path === '').length - before).toBeLessThanOrEqual(3)
  await vi.advanceTimersByTimeAsync(250)
  expect(asked.filter((path) => path === '').length - before).toBeGreaterThanOrEqual(1)
  following.stop()
})

test('a phone that comes back: the first request fails, the next goes out half a second later', async () => {
  const failed: Answer = () => Promise.reject(new TypeError('Load failed'))
  const { asked, at, following, statuses } = follow({
    flow: [() => json(flowAt('authorizing')), failed, () => json(flowAt('completed'))],
    events: hang,
  })
  await vi.advanceTimersByTimeAsync(2_000)
  following.wake()
  await vi.advanceTimersByTimeAsync(600)
  expect(asked).toEqual(['?wait=2', '/events', '', ''])
  expect(at.slice(2)).toEqual([2_000, 2_500])
  expect(statuses()).toEqual(['authorizing', 'completed'])
})

test('a session that ended meanwhile is fetched anew, and nobody hears of it', async () => {
  const known = () => json(flowAt('authorizing'))
  const { asked, tokens, statuses, onRefused } = follow({
    flow: [known, () => problem(401, 'session_expired'), () => json(flowAt('completed'))],
  })
  await vi.advanceTimersByTimeAsync(100)
  expect(asked).toEqual(['?wait=2', '/events', '?wait=25&since=authorizing', '?wait=25&since=authorizing'])
  expect(tokens.given).toBe(2)
  expect(statuses()).toEqual(['authorizing', 'completed'])
  expect(onRefused).not.toHaveBeenCalled()
})

test('a host without a session is told of, asked again, and the sign-in goes on', async () => {
  const known = () => json(flowAt('authorizing'))
  const ended: Answer = async () => {
    await new Promise((resolve) => setTimeout(resolve, 1_000))
    return problem(401, 'session_expired')
  }
  const { tokens, statuses, onRefused } = follow({ flow: [known, ended, () => json(flowAt('completed'))] })
  const { fetchSession } = tokens
  await vi.advanceTimersByTimeAsync(0)
  tokens.fetchSession = () => Promise.reject(new Error('signed out'))
  await vi.advanceTimersByTimeAsync(12_000)
  expect(onRefused.mock.calls.length).toBeGreaterThan(1)
  expect(onRefused.mock.calls[0]?.[0]).toMatchObject({ code: 'session_expired' })
  tokens.fetchSession = fetchSession
  await vi.advanceTimersByTimeAsync(5_000)
  expect(statuses()).toEqual(['authorizing', 'completed'])
})

test.each(['tenant_mismatch', 'origin_not_allowed', 'forbidden'])('%s is told, and is no end', async (code) => {
  const { asked, onRefused, following } = follow({ flow: () => problem(403, code) })
  await vi.advanceTimersByTimeAsync(10_100)
  expect(onRefused).toHaveBeenCalledWith({ code, displayMessage: code })
  expect(asked).toHaveLength(3)
  following.stop()
})

test('a flow nobody has heard of is told with for how long', async () => {
  const { onMissing, following } = follow({ flow: () => problem(404, 'not_found') })
  await vi.advanceTimersByTimeAsync(1100)
  expect(onMissing.mock.calls).toEqual([[0], [500], [1000]])
  following.stop()
})

test('another server at that address is waited out: its 404 is nothing about the flow', async () => {
  const { onMissing, onFlow, following } = follow({ flow: () => new Response('<html>', { status: 404 }) })
  await vi.advanceTimersByTimeAsync(20_000)
  expect([onMissing, onFlow].map(({ mock }) => mock.calls.length)).toEqual([0, 0])
  following.stop()
})

test('stopped, it asks nothing more', async () => {
  const { asked, following } = follow({ flow: () => json(flowAt('authorizing')), events: hang })
  await vi.advanceTimersByTimeAsync(100)
  following.wake()
  following.stop()
  following.wake()
  await vi.advanceTimersByTimeAsync(hour)
  expect(asked).toEqual(['?wait=2', '/events'])
  expect(vi.getTimerCount()).toBe(0)
})
