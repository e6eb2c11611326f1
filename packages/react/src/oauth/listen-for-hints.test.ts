// @vitest-environment jsdom
import fc from 'fast-check'
import { afterEach, beforeEach, expect, test, vi } from 'vitest'
import { listenForHints } from './listen-for-hints.js'

const ours = 'https://app.example'
const proxys = 'https://proxy.example'
let onWake = vi.fn()
let onGone = vi.fn()
let popup: { closed: boolean } | null = null
let stop = () => {}
beforeEach(() => {
  vi.useFakeTimers()
  onWake = vi.fn()
  onGone = vi.fn()
  popup = null
  const dom = { getWindow: () => popup as Window | null }
  stop = listenForHints('flow_1', { origins: [ours, proxys], dom }, { onWake, onGone })
})
afterEach(() => {
  stop()
  vi.useRealTimers()
})
const post = (data: unknown, origin: string) => window.dispatchEvent(new MessageEvent('message', { data, origin }))

test.each(['focus', 'online', 'pageshow'])('%s wakes', (name) => {
  window.dispatchEvent(new Event(name))
  expect(onWake).toHaveBeenCalledTimes(1)
})

test('a tab that is in front again wakes, one that is put away does not', () => {
  const visibility = vi.spyOn(document, 'visibilityState', 'get')
  visibility.mockReturnValue('hidden')
  document.dispatchEvent(new Event('visibilitychange'))
  expect(onWake).not.toHaveBeenCalled()
  visibility.mockReturnValue('visible')
  document.dispatchEvent(new Event('visibilitychange'))
  expect(onWake).toHaveBeenCalledTimes(1)
  visibility.mockRestore()
})

test("a message of the return page's, or of the proxy's own page, wakes", () => {
  post('wake', ours)
  post('wake', proxys)
  expect(onWake).toHaveBeenCalledTimes(2)
})

test('a thousand other messages do nothing, from anywhere', () => {
  const anyOrigin = fc.constantFrom(ours, proxys, 'https://evil.example', 'null', '')
  const forged = fc.tuple(fc.oneof(fc.jsonValue(), fc.string()), anyOrigin)
  fc.assert(
    fc.property(forged, ([data, origin]) => {
      if (data !== 'wake') post(data, origin)
      post('wake', 'https://evil.example')
    }),
    { numRuns: 1000 },
  )
  expect(onWake).not.toHaveBeenCalled()
})

test('the channel of this flow wakes', async () => {
  vi.useRealTimers()
  const channel = new BroadcastChannel('aip:flow_1')
  const other = new BroadcastChannel('aip:flow_2')
  other.postMessage('wake')
  channel.postMessage('wake')
  await vi.waitFor(() => expect(onWake).toHaveBeenCalledTimes(1))
  for (const opened of [channel, other]) opened.close()
})

test('a window is gone after three seconds of it, and never earlier', () => {
  popup = { closed: true }
  vi.advanceTimersByTime(2_500)
  popup = { closed: false }
  vi.advanceTimersByTime(500)
  popup = { closed: true }
  vi.advanceTimersByTime(2_900)
  expect(onGone).not.toHaveBeenCalled()
  vi.advanceTimersByTime(200)
  expect(onGone).toHaveBeenCalledTimes(1)
})

test('after the end it hears nothing', () => {
  stop()
  popup = { closed: true }
  post('wake', ours)
  window.dispatchEvent(new Event('focus'))
  vi.advanceTimersByTime(10_000)
  expect([onWake.mock.calls.length, onGone.mock.calls.length]).toEqual([0, 0])
})
