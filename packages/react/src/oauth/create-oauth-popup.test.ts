// @vitest-environment jsdom
// What a click does, what waits for the code that comes after it, and what happens where that never comes.
import { afterEach, beforeEach, expect, test, vi } from 'vitest'
import { createTestDom, createTestSignIn } from '../test/sign-in-page.js'
import * as afterClick from './after-click.js'

const opened = { closed: false, close: vi.fn(), focus: vi.fn() }
let open: ReturnType<typeof vi.spyOn>
beforeEach(() => {
  vi.useFakeTimers({ now: 0 })
  open = vi.spyOn(window, 'open').mockReturnValue(opened as unknown as Window)
})
afterEach(() => {
  vi.useRealTimers()
  vi.restoreAllMocks()
  sessionStorage.clear()
})
const soon = () => vi.advanceTimersByTimeAsync(50)
const never = () => Promise.reject(new TypeError('Failed to fetch dynamically imported module'))

/** A sign-in whose session is at hand, as a page has it when somebody clicks. */
async function ready(...parts: Parameters<typeof createTestSignIn>) {
  const page = createTestSignIn(...parts)
  const detach = page.popup.attach()
  await soon()
  return { ...page, detach }
}

test('the window and the form are out before anything is loaded', async () => {
  const load = vi.fn(() => new Promise<typeof afterClick>(() => undefined))
  const { popup, posted } = await ready({}, load)
  expect(load).not.toHaveBeenCalled()
  popup.signIn()
  expect(open).toHaveBeenCalledTimes(1)
  expect(posted).toHaveLength(1)
  expect(load).toHaveBeenCalledTimes(1)
  expect(popup.getState().name).toBe('opening')
})

test('what happens before the code is there is not lost: the click, a refused window, a cancel', async () => {
  let arrive: (module: typeof afterClick) => void = () => undefined
  const { popup, test: proxy } = await ready({}, () => new Promise((resolve) => (arrive = resolve)))
  popup.signIn()
  popup.cancel()
  expect(proxy.asked).toEqual([])
  arrive(afterClick)
  await soon()
  expect(popup.getState()).toEqual({ name: 'idle' })
  expect(proxy.asked).toContainEqual(expect.stringMatching(/POST .*cancel/))
})

test('a blocked window is said at once, and no form goes into nowhere', async () => {
  open.mockReturnValue(null)
  const { popup, posted } = await ready({}, () => new Promise(() => undefined))
  popup.signIn()
  expect(popup.getState()).toMatchObject({ name: 'blocked', reason: 'popup_blocked' })
  expect(posted).toEqual([])
})

test('code that fails to load is loaded again', async () => {
  const load = vi.fn<() => Promise<typeof afterClick>>(never)
  load.mockImplementationOnce(never)
  load.mockResolvedValue(afterClick)
  const { popup, test: proxy, onAuthorized } = await ready({}, load)
  popup.signIn()
  await vi.advanceTimersByTimeAsync(600)
  expect(load).toHaveBeenCalledTimes(2)
  expect(popup.getState().name).toBe('awaitingUser')
  proxy.status = 'completed'
  await vi.advanceTimersByTimeAsync(6_000)
  expect(onAuthorized).toHaveBeenCalledTimes(1)
})

test('code that can never be loaded: the sign-in is asked about after 1, 2 and every 5 seconds, to its end', async () => {
  const load = vi.fn(never)
  const { popup, test: proxy, onAuthorized } = await ready({}, load)
  popup.signIn()
  await vi.advanceTimersByTimeAsync(1_100)
  expect(load).toHaveBeenCalledTimes(3)
  await vi.advanceTimersByTimeAsync(20_000)
  expect(proxy.asked).toHaveLength(6)
  proxy.status = 'completed'
  await vi.advanceTimersByTimeAsync(5_000)
  expect(popup.getState()).toMatchObject({ name: 'authorized', sourceId: 's' })
  expect(onAuthorized).toHaveBeenCalledTimes(1)
  expect(sessionStorage).toHaveLength(0)
  await vi.advanceTimersByTimeAsync(60_000)
  expect(proxy.asked).toHaveLength(7)
})

test('code that can never be loaded: a refusal is told, an outage waited out, and the user may cancel', async () => {
  const first = await ready({}, never)
  first.test.isOffline = true
  first.popup.signIn()
  await vi.advanceTimersByTimeAsync(20_000)
  expect(first.popup.getState().name).toBe('opening')
  first.test.isOffline = false
  first.test.status = 'denied'
  first.test.error = { code: 'denied', displayMessage: 'No.' }
  await vi.advanceTimersByTimeAsync(5_000)
  expect(first.popup.getState()).toMatchObject({ name: 'failed', failure: { code: 'denied' } })

  const second = await ready({}, never)
  second.popup.signIn()
  await vi.advanceTimersByTimeAsync(2_000)
  second.popup.cancel()
  await soon()
  expect(second.popup.getState()).toEqual({ name: 'idle' })
  expect(second.test.status).toBe('cancelled')
  second.popup.signIn()
  expect(second.popup.getState().name).toBe('opening')
})

test('code that can never be loaded: the form still follows a session that is late', async () => {
  const { popup, posted } = createTestSignIn({}, never)
  popup.signIn()
  expect(posted).toEqual([])
  await vi.advanceTimersByTimeAsync(1_100)
  expect(posted).toHaveLength(1)
})

test('twenty fast clicks are one flow and one form', async () => {
  const { popup, posted } = await ready()
  for (let click = 0; click < 20; click += 1) popup.signIn()
  await soon()
  for (let click = 0; click < 20; click += 1) popup.signIn()
  expect(posted).toHaveLength(1)
  expect(open).toHaveBeenCalledTimes(1)
})

test('twenty fast clicks on "Reopen" send one form more, for the same flow', async () => {
  const { popup, posted, test: proxy } = await ready()
  proxy.status = 'launched'
  popup.signIn()
  await vi.advanceTimersByTimeAsync(5_000)
  for (let click = 0; click < 20; click += 1) popup.reopen()
  expect(posted).toHaveLength(2)
  expect(posted[1]?.form.flowId).toBe(posted[0]?.form.flowId)
})

test('a second form for the same flow carries what the first did, until the proxy knows it', async () => {
  open.mockReturnValue(null)
  const inputs = { name: 'Ours', configuration: { region: 'eu' } }
  const getInputs = vi.fn(() => inputs)
  const { popup, posted, test: proxy } = await ready({ getInputs })
  proxy.isKnown = false
  popup.signIn()
  await soon()
  popup.reopen()
  expect(posted).toMatchObject([{ target: '_blank', form: { name: 'Ours', configuration: '{"region":"eu"}' } }])
  expect(getInputs).toHaveBeenCalledTimes(1)
})

test('a session too short to be kept is good for the form it was fetched for', async () => {
  const { popup, posted, test: proxy } = createTestSignIn()
  proxy.sessionSeconds = 1
  popup.attach()
  await soon()
  popup.signIn()
  expect(open).toHaveBeenCalledTimes(1)
  await soon()
  expect(posted).toHaveLength(1)
})

test('a source is signed in again by its id, and what a reload finds belongs to it alone', async () => {
  const { popup, posted, detach } = await ready({ sourceId: 'src_1' })
  popup.signIn()
  expect(posted[0]?.form).toMatchObject({ sourceType: 'hubspot', sourceId: 'src_1' })
  detach()
  const other = await ready({})
  expect(other.popup.getState()).toEqual({ name: 'idle' })
  const same = await ready({ sourceId: 'src_1' })
  expect(same.popup.getState()).toMatchObject({ name: 'awaitingUser', flowId: posted[0]?.form.flowId })
})

test('one that ends leaves what another remembers alone', async () => {
  const first = await ready({ sourceId: 'src_1' })
  first.popup.signIn()
  const second = await ready({ sourceId: 'src_2' })
  second.popup.signIn()
  await soon()
  first.popup.cancel()
  await soon()
  expect(JSON.parse(sessionStorage.getItem('opsai.sign-in') ?? '{}')).toMatchObject({ sourceId: 'src_2' })
})

test('left alone, it asks nothing more, and goes on when somebody is there again', async () => {
  const { popup, detach, test: proxy } = await ready()
  popup.signIn()
  await soon()
  detach()
  const before = proxy.asked.length
  await vi.advanceTimersByTimeAsync(60_000)
  expect(proxy.asked).toHaveLength(before)
  popup.attach()
  proxy.status = 'completed'
  await soon()
  expect(popup.getState().name).toBe('authorized')
})

test('what a reload left is followed by a page that comes, goes and comes before the code is there', async () => {
  const memory = { flowId: 'A'.repeat(22), sourceType: 'hubspot', tenantId: 'acme' }
  sessionStorage.setItem('opsai.sign-in', JSON.stringify(memory))
  let arrive: (module: typeof afterClick) => void = () => undefined
  const { popup, detach, test: proxy } = await ready({}, () => new Promise((resolve) => (arrive = resolve)))
  detach()
  popup.attach()
  arrive(afterClick)
  proxy.status = 'completed'
  await soon()
  expect(popup.getState()).toMatchObject({ name: 'authorized', flowId: memory.flowId })
})

test("what a reload left of another tenant's is nobody's here", async () => {
  const memory = { flowId: 'A'.repeat(22), sourceType: 'hubspot', tenantId: 'harbor' }
  sessionStorage.setItem('opsai.sign-in', JSON.stringify(memory))
  const { popup, test: proxy } = await ready()
  expect(popup.getState()).toEqual({ name: 'idle' })
  expect(proxy.asked).toEqual([])
})

const outside = (openExternal: (url: string) => void | Promise<void>) => ready({ signIn: 'external', openExternal })

test('outside: the proxy gives a link, the app opens it, and the proxy tells the end', async () => {
  const openExternal = vi.fn()
  const { popup, posted, test: proxy, onAuthorized } = await outside(openExternal)
  popup.signIn()
  await soon()
  expect(open).not.toHaveBeenCalled()
  expect(posted).toEqual([])
  expect(openExternal.mock.calls).toEqual([['https://proxy.example/oauth/start/x']])
  expect(proxy.bodies).toEqual([{ tenantId: 'acme', sourceType: 'hubspot', name: 'hubspot' }])
  proxy.status = 'completed'
  await vi.advanceTimersByTimeAsync(6_000)
  expect(onAuthorized).toHaveBeenCalledWith(expect.objectContaining({ flowId: 'L'.repeat(22), sourceId: 's' }))
})

test('outside: a stored source is signed in again', async () => {
  const openExternal = vi.fn()
  const { popup, test: proxy } = await ready({ signIn: 'external', openExternal, sourceId: 'src_1' })
  popup.signIn()
  await soon()
  expect(proxy.asked[0]).toBe('POST /sources/src_1/sign-in')
  expect(openExternal).toHaveBeenCalledTimes(1)
})

test('outside: an app that can not open it is asked once more by the user', async () => {
  const openExternal = vi.fn(() => Promise.reject(new Error('no browser')))
  const { popup, test: proxy } = await outside(openExternal)
  proxy.status = 'launched'
  popup.signIn()
  await soon()
  expect(popup.getState()).toMatchObject({ name: 'blocked', link: { opensIn: 'external' } })
  popup.reopen()
  await soon()
  expect(openExternal).toHaveBeenCalledTimes(2)
})

test.each([
  ['no app to open it', { signIn: 'external' } as const, {}, 'config_error'],
  [
    'a refusal',
    {},
    { status: 422, body: { code: 'oauth_unsupported', displayMessage: 'Not here.' } },
    'oauth_unsupported',
  ],
  ['a link that is no page', {}, { body: { flowId: 'x', authUrl: 'javascript:alert(1)' } }, 'upstream_invalid'],
])('outside: %s ends it with a code', async (_, options, link, code) => {
  const openExternal = 'signIn' in options ? undefined : vi.fn()
  const { popup, test: proxy } = await ready({ signIn: 'external', openExternal })
  Object.assign(proxy.link, link)
  popup.signIn()
  await soon()
  expect(popup.getState()).toMatchObject({ name: 'failed', failure: { code } })
  if (openExternal) expect(openExternal).not.toHaveBeenCalled()
})

test('outside: a proxy that wanted no sign-in has made the source', async () => {
  const { popup, test: proxy, onAuthorized } = await outside(vi.fn())
  proxy.link = { status: 201, body: { sourceId: 'src_9' } }
  popup.signIn()
  await soon()
  expect(onAuthorized).toHaveBeenCalledWith(expect.objectContaining({ sourceId: 'src_9' }))
})

test('in this tab: what the page wants back is there when it comes back, and gone with the end', async () => {
  const getInputs = () => ({ keep: { step: 'connecting' } })
  const first = await ready({ signIn: 'redirect', getInputs })
  first.popup.signIn()
  expect(first.posted.map(({ target }) => target)).toEqual(['_self'])
  expect(first.popup.getState().name).toBe('away')
  first.detach()
  const back = createTestSignIn({ signIn: 'redirect' })
  expect(back.popup.getKept()).toEqual({ step: 'connecting' })
  back.test.status = 'denied'
  back.popup.attach()
  await soon()
  expect(back.popup.getState().name).toBe('failed')
  expect(back.popup.getKept()).toBeUndefined()
})

test('a frame whose sandbox forbids forms is told at once', async () => {
  vi.spyOn(HTMLFormElement.prototype, 'requestSubmit').mockImplementation(() => undefined)
  const { dom } = createTestDom({ isFramed: () => true })
  const { popup, test: proxy } = await ready({ dom })
  proxy.isKnown = false
  popup.signIn()
  await soon()
  expect(popup.getState()).toMatchObject({ name: 'failed', failure: { code: 'sandboxed_frame' } })
})
