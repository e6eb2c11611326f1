// The page's side of a sign-in's click: windows, forms, session storage. Does what it is told; never decides.
import { toUrl } from '../client/to-url.js'
import { type FlowMemory, sessionMemory } from './flow-memory.js'
import { isWebview } from './is-webview.js'

/** What the form carries into the window. Built in the click, dropped after it. */
export interface StartForm {
  sessionToken: string
  flowId: string
  sourceType: string
  name?: string | undefined
  /** JSON of the form's other values. */
  configuration?: string | undefined
  /** The source that is signed in again. */
  sourceId?: string | undefined
}

/** What a sign-in needs of the page; hand in another one for tests and for pages that are no browser's. */
export interface OAuthPopupDom {
  isFramed(): boolean
  /** An app's built-in browser, where windows don't open or never come back. */
  isWebview(): boolean
  /** The window that was opened last, where there is hold of one. */
  getWindow(): Pick<Window, 'closed' | 'focus' | 'close'> | null
  /** The click was not used up by the form that was posted last: no window came of it. */
  isGestureLeft(): boolean
  /** Path of this page, to come back to. */
  getPlace(): string
  /** Must run inside the click. `false` when the browser refused. */
  openWindow(flowId: string): boolean
  postForm(baseUrl: string, form: StartForm, target: string): void
  memory: FlowMemory
}

export const windowName = (flowId: string): string => `aip_${flowId}`

/** The adapter for a real page. */
export function createOAuthPopupDom(): OAuthPopupDom {
  let opened: Window | null = null
  let isGestureLeft = false
  return {
    isFramed: () => self !== top,
    isWebview: () => isWebview(navigator.userAgent),
    getWindow: () => opened,
    isGestureLeft: () => isGestureLeft,
    getPlace: () => location.href.slice(location.origin.length),
    openWindow: (flowId) => {
      opened = window.open('about:blank', windowName(flowId), 'popup,width=560,height=720')
      opened?.focus()
      return opened !== null
    },
    postForm: (baseUrl, form, target) => {
      const hadGesture = hasGesture()
      postForm(baseUrl, form, target)
      isGestureLeft = hadGesture && hasGesture()
    },
    memory: sessionMemory,
  }
}

/** Whether a user's gesture is at hand that a new window would use up; not every browser tells. */
const hasGesture = (): boolean => (navigator as { userActivation?: UserActivation }).userActivation?.isActive ?? false

function postForm(baseUrl: string, fields: StartForm, target: string): void {
  const form = document.createElement('form')
  Object.assign(form, { method: 'post', action: toUrl(baseUrl, '/oauth/start'), target })
  for (const [name, value] of Object.entries(fields)) {
    if (value === undefined) continue
    form.append(Object.assign(document.createElement('input'), { type: 'hidden', name, value }))
  }
  document.body.append(form)
  form.submit()
  form.remove()
}
