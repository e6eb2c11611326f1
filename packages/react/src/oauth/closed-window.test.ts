// @vitest-environment jsdom
// A window's `closed` is true the moment a provider's Cross-Origin-Opener-Policy cuts us off, while the user is still
// typing a password in it. It may end nothing; the user's cancel, the flow's end and the proxy's word do.
import { afterEach, beforeEach, expect, test, vi } from 'vitest'
import { createTestSignIn } from '../test/sign-in-page.js'
import './after-click.js'

const lyingWindow = { closed: true, close: vi.fn(), focus: vi.fn() }
beforeEach(() => {
  vi.useFakeTimers({ now: 0 })
  vi.spyOn(window, 'open').mockReturnValue(lyingWindow as unknown as Window)
})
afterEach(() => {
  vi.useRealTimers()
  vi.restoreAllMocks()
  sessionStorage.clear()
})

/** A sign-in under way whose window says it is closed from the first moment on. */
async function signIn() {
  const page = createTestSignIn()
  page.popup.attach()
  page.popup.signIn()
  await vi.advanceTimersByTimeAsync(10_000)
  return page
}

test('trap 23: a closed handle only lets the page say so; the sign-in goes on', async () => {
  const { popup, test: proxy, onFailed } = await signIn()
  expect(popup.getState()).toMatchObject({ name: 'awaitingUser', isWindowGone: true })
  await vi.advanceTimersByTimeAsync(300_000)
  expect(popup.getState()).toMatchObject({ name: 'awaitingUser', isWindowGone: true })
  expect(onFailed).not.toHaveBeenCalled()
  expect(proxy.asked.join()).not.toContain('cancel')
})

test('trap 23: it is no hint before three seconds', async () => {
  const page = createTestSignIn()
  page.popup.attach()
  page.popup.signIn()
  await vi.advanceTimersByTimeAsync(2_900)
  expect(page.popup.getState()).toMatchObject({ name: 'awaitingUser', isWindowGone: false })
  await vi.advanceTimersByTimeAsync(600)
  expect(page.popup.getState()).toMatchObject({ isWindowGone: true })
})

test("trap 23: the proxy's word ends it, however closed the window says it is", async () => {
  const { popup, test: proxy, onAuthorized } = await signIn()
  proxy.status = 'completed'
  await vi.advanceTimersByTimeAsync(6_000)
  expect(popup.getState()).toMatchObject({ name: 'authorized', sourceId: 's' })
  expect(onAuthorized).toHaveBeenCalledTimes(1)
})

test('trap 23: the timeout the proxy keeps ends it', async () => {
  const { popup, test: proxy, onFailed } = await signIn()
  proxy.status = 'expired'
  await vi.advanceTimersByTimeAsync(6_000)
  expect(popup.getState()).toMatchObject({ name: 'failed', failure: { code: 'expired' } })
  expect(onFailed).toHaveBeenCalledTimes(1)
})

test("trap 23: the user's cancel ends it, at the proxy too", async () => {
  const { popup, test: proxy } = await signIn()
  popup.cancel()
  await vi.advanceTimersByTimeAsync(100)
  expect(popup.getState()).toEqual({ name: 'idle' })
  expect(proxy.status).toBe('cancelled')
})
