// @vitest-environment jsdom
// A window's `closed` is true the moment a provider's Cross-Origin-Opener-Policy cuts us off, while the user is still
// typing a password in it. It may end nothing; the user's cancel, the flow's end and the proxy's word do.
import { finalFlowStatuses, type Flow, type FlowStatus } from '@opsai/contract'
import { afterEach, beforeEach, expect, test, vi } from 'vitest'
import { createOAuthPopup } from './create-oauth-popup.js'
import { createOAuthPopupDom } from './oauth-popup.dom.js'

const hour = 3_600_000
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

/** A sign-in under way whose window says it is closed from the first moment on; the proxy answers `status`. */
async function signIn() {
  const proxy = { status: 'authorizing' as FlowStatus, cancelled: 0 }
  const toFlow = (flowId: string): Flow => ({
    flowId,
    sourceType: 'hubspot',
    status: proxy.status,
    expiresAt: new Date(hour).toISOString(),
    ...(proxy.status === 'completed' && { sourceId: 's' }),
  })
  const onAuthorized = vi.fn()
  const onFailed = vi.fn()
  const session = { token: 't', expiresAt: new Date(hour).toISOString() }
  const popup = createOAuthPopup({
    client: {
      baseUrl: '/api/airbyte',
      peekSession: () => session,
      getSession: () => Promise.resolve(session),
      getFlow: (flowId) => Promise.resolve(toFlow(flowId)),
      cancelFlow: (flowId) => {
        proxy.cancelled += 1
        return Promise.resolve({ ...toFlow(flowId), status: 'cancelled' })
      },
    },
    dom: { ...createOAuthPopupDom(), postForm: vi.fn() },
    sourceType: 'hubspot',
    getInputs: () => ({}),
    onAuthorized,
    onFailed,
  })
  popup.attach()
  popup.signIn()
  await vi.advanceTimersByTimeAsync(10_000)
  return { popup, proxy, onAuthorized, onFailed }
}

test('trap 23: a closed handle only lets the page say so; the sign-in goes on', async () => {
  const { popup, proxy, onFailed } = await signIn()
  expect(popup.getState()).toMatchObject({ name: 'awaitingUser', isWindowGone: true })
  await vi.advanceTimersByTimeAsync(300_000)
  expect(popup.getState()).toMatchObject({ name: 'awaitingUser', isWindowGone: true })
  expect([onFailed.mock.calls.length, proxy.cancelled]).toEqual([0, 0])
})

test("trap 23: the proxy's word ends it, however closed the window says it is", async () => {
  const { popup, proxy, onAuthorized } = await signIn()
  proxy.status = 'completed'
  await vi.advanceTimersByTimeAsync(2_000)
  expect(popup.getState()).toMatchObject({ name: 'authorized', sourceId: 's' })
  expect(onAuthorized).toHaveBeenCalledTimes(1)
})

test('trap 23: the timeout the proxy keeps ends it', async () => {
  const { popup, proxy, onFailed } = await signIn()
  proxy.status = 'expired'
  await vi.advanceTimersByTimeAsync(2_000)
  expect(popup.getState()).toMatchObject({ name: 'failed', failure: { code: 'expired' } })
  expect(onFailed).toHaveBeenCalledTimes(1)
  expect(finalFlowStatuses).toContain('expired')
})

test("trap 23: the user's cancel ends it, at the proxy too", async () => {
  const { popup, proxy } = await signIn()
  popup.cancel()
  await vi.advanceTimersByTimeAsync(100)
  expect(popup.getState()).toEqual({ name: 'idle' })
  expect(proxy.cancelled).toBe(1)
})
