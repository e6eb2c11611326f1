// The page's side of a sign-in: windows, forms, wake-ups, session storage. Reports; never decides.
import { toUrl } from '../client/send-request.js'
import { type FlowMemory, sessionMemory } from './flow-memory.js'
import { isWebview } from './is-webview.js'
import { hasGesture, isFormForbidden, isWindowForbidden } from './sandbox.js'

/** What the form carries into the window. Built in the click, dropped after it. */
export interface StartForm {
  sessionToken: string
  flowId: string
  sourceType: string
  name?: string | undefined
  /** JSON of the form's other values. */
  configuration?: string | undefined
}

/** What a sign-in needs of the page; hand in another one for tests and webviews. */
export interface OAuthPopupDom {
  isFramed(): boolean
  /** An app's built-in browser, where windows don't open or never come back. */
  isWebview(): boolean
  /** The frame's sandbox forbids forms: certain, before anything is tried. */
  isFormForbidden(): boolean
  /** No window came: is it the frame's sandbox that forbids them? `false` where that is not certain. */
  isWindowForbidden(): boolean
  /** The window that was opened last is there, as far as it says. */
  isWindowOpen(): boolean
  focusWindow(): void
  /** Path of this page, to come back to. */
  getPlace(): string
  /** Must run inside the click. `false` when the browser refused. */
  openWindow(flowId: string): boolean
  /** In a window of its own, or in place of this page. */
  openUrl(url: string, target: '_blank' | '_self'): void
  postForm(baseUrl: string, form: StartForm, target: string): void
  closeWindow(): void
  /** `onWake`: ask the server now. `onGone`: the window has been closed for three seconds. Returns the clean-up. */
  listen(flowId: string, on: { onWake: () => void; onGone: () => void }): () => void
  memory: FlowMemory
}

export const windowName = (flowId: string): string => `aip_${flowId}`
const features = 'popup,width=560,height=720'
const closedForMs = 3_000

/** The adapter for a real page. */
export function createOAuthPopupDom(): OAuthPopupDom {
  let opened: Window | null = null
  let isGestureLeft = false
  const isFramed = () => window.self !== window.top
  return {
    isFramed,
    isWebview: () => isWebview(navigator.userAgent),
    isFormForbidden: () => isFramed() && isFormForbidden(),
    isWindowForbidden: () => isFramed() && isWindowForbidden({ isGestureLeft }),
    isWindowOpen: () => opened !== null && !opened.closed,
    focusWindow: () => opened?.focus(),
    getPlace: () => location.pathname + location.search + location.hash,
    openWindow: (flowId) => {
      opened = window.open('about:blank', windowName(flowId), features)
      opened?.focus()
      return opened !== null
    },
    openUrl: (url, target) => {
      // An anchor, so that the page behind `url` gets no hold of this one.
      const link = Object.assign(document.createElement('a'), { href: url, target, rel: 'noopener' })
      link.click()
    },
    postForm: (baseUrl, form, target) => {
      const hadGesture = hasGesture() === true
      postForm(baseUrl, form, target)
      isGestureLeft = hadGesture && hasGesture() === true
    },
    closeWindow: () => {
      opened?.close()
      opened = null
    },
    listen: (flowId, on) => listenForHints(flowId, () => opened, on),
    memory: sessionMemory,
  }
}

function postForm(baseUrl: string, fields: StartForm, target: string): void {
  const form = document.createElement('form')
  form.method = 'post'
  form.action = toUrl(baseUrl, '/oauth/start')
  form.target = target
  form.hidden = true
  for (const [name, value] of Object.entries(fields)) {
    if (value === undefined) continue
    form.append(Object.assign(document.createElement('input'), { type: 'hidden', name, value }))
  }
  document.body.append(form)
  form.submit()
  form.remove()
}

function listenForHints(
  flowId: string,
  getWindow: () => Window | null,
  { onWake, onGone }: { onWake: () => void; onGone: () => void },
): () => void {
  const stop = new AbortController()
  const { signal } = stop
  const wakeIfVisible = () => document.visibilityState === 'visible' && onWake()
  document.addEventListener('visibilitychange', wakeIfVisible, { signal })
  for (const name of ['focus', 'online', 'pageshow']) window.addEventListener(name, onWake, { signal })
  window.addEventListener('message', ({ data, origin }) => data === 'wake' && origin === location.origin && onWake(), {
    signal,
  })
  const channel = typeof BroadcastChannel === 'undefined' ? undefined : new BroadcastChannel(`aip:${flowId}`)
  channel?.addEventListener('message', onWake, { signal })

  let closedMs = 0
  const timer = setInterval(() => {
    closedMs = getWindow()?.closed ? closedMs + 500 : 0
    if (closedMs === closedForMs) onGone()
  }, 500)
  return () => {
    stop.abort()
    channel?.close()
    clearInterval(timer)
  }
}
