import { afterEach, beforeEach, expect, it, vi } from 'vitest'
import { readForm, readJson } from './read-body.js'

beforeEach(() => void vi.useFakeTimers())
afterEach(() => void vi.useRealTimers())

/** A body of which a byte comes now and then, and the end never. */
function trickle(type: string) {
  const onCancel = vi.fn()
  const body = new ReadableStream<Uint8Array>({
    async pull(controller) {
      await new Promise((resolve) => setTimeout(resolve, 1_000))
      controller.enqueue(new TextEncoder().encode(' '))
    },
    cancel: onCancel,
  })
  const request = new Request('http://proxy.test', {
    method: 'POST',
    headers: { 'content-type': type },
    body,
    duplex: 'half',
  } as RequestInit)
  return { request, onCancel }
}

it.each([
  ['JSON', 'application/json', readJson],
  ['form', 'application/x-www-form-urlencoded', readForm],
])('a %s that trickles in is waited for fifteen seconds and no longer', async (_, type, read) => {
  const { request, onCancel } = trickle(type)
  const outcome = read(request).then(
    () => 'read',
    (error: Error) => error.message,
  )
  let settled = false
  void outcome.then(() => (settled = true))
  await vi.advanceTimersByTimeAsync(14_500)
  expect(settled).toBe(false)
  await vi.advanceTimersByTimeAsync(1_000)
  expect(settled).toBe(true)
  expect(await outcome).toBe('The body did not arrive within 15 seconds.')
  expect(onCancel).toHaveBeenCalled()
})
