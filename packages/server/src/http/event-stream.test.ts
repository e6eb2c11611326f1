import { afterEach, beforeEach, expect, test, vi } from 'vitest'
import { toEventStream } from './event-stream.js'

beforeEach(() => void vi.useFakeTimers())
afterEach(() => void vi.useRealTimers())

function open() {
  const gone = new AbortController()
  const calls = { released: 0, unwatched: 0 }
  const at = { send: (_: unknown) => {}, end: () => {}, endSession: () => {} }
  const streams = {
    open: (_: Buffer, onEnd: () => void) => {
      at.endSession = onEnd
      return () => void (calls.released += 1)
    },
    close: () => {},
  }
  const watch = (send: (thing: unknown) => void, end: () => void) => {
    Object.assign(at, { send, end })
    return () => void (calls.unwatched += 1)
  }
  const caller = { session: { tokenHash: Buffer.of(1) } }
  const answer = toEventStream({ streams }, { caller, event: 'thing', watch, signal: gone.signal })
  return { ...at, at, answer, calls, gone }
}

test('events have a name and a line of JSON, and a comment every 15 seconds keeps gateways awake', async () => {
  const { at, answer } = open()
  at.send({ a: 'b\n' })
  vi.advanceTimersByTime(30_000)
  at.end()
  expect(await answer.text()).toBe(
    'retry: 2000\n\nevent: thing\ndata: {"a":"b\\n"}\n\n: still here\n\n: still here\n\n',
  )
  expect(answer.headers.get('content-type')).toBe('text/event-stream; charset=utf-8')
  expect(answer.headers.get('cache-control')).toBe('no-store, no-transform')
})

test.each([
  ['the thing ends', ({ at }: ReturnType<typeof open>) => at.end()],
  ['the session ends', ({ at }: ReturnType<typeof open>) => at.endSession()],
  ['the page has gone', ({ gone }: ReturnType<typeof open>) => gone.abort()],
  ['the page stops reading', ({ answer }: ReturnType<typeof open>) => void answer.body?.cancel()],
])('where %s nothing is left behind, once', (_, how) => {
  const stream = open()
  how(stream)
  how(stream)
  stream.at.send('late')
  expect(stream.calls).toEqual({ released: 1, unwatched: 1 })
  expect(vi.getTimerCount()).toBe(0)
})
