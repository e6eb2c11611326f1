// The page's side of a sign-in: windows, forms, wake-ups, session storage. Reports; never decides.
import { toUrl } from '../client/send-request.js'

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
  /** Must run inside the click. `false` when the browser refused. */
  openWindow(flowId: string): boolean
  openUrl(url: string): void
  postForm(baseUrl: string, form: StartForm, target: string): void
  closeWindow(): void
  /** `onWake`: ask the server now. `onGone`: the window has been closed for three seconds. Returns the clean-up. */
  listen(flowId: string, on: { onWake: () => void; onGone: () => void }): () => void
  memory: FlowMemory
}

/** A flow that outlives a reload: its id and connector, nothing secret. */
export interface FlowMemory {
  read(): { flowId: string; sourceType: string } | undefined
  write(flow: { flowId: string; sourceType: string }): void
  clear(): void
}

export const windowName = (flowId: string): string => `aip_${flowId}`
const features = 'popup,width=560,height=720'
const closedForMs = 3_000
const storageKey = 'opsai.sign-in'

/** The adapter for a real page. */
export function createOAuthPopupDom(): OAuthPopupDom {
  let opened: Window | null = null
  return {
    isFramed: () => window.self !== window.top,
    openWindow: (flowId) => {
      opened = window.open('about:blank', windowName(flowId), features)
      opened?.focus()
      return opened !== null
    },
    openUrl: (url) => {
      // An anchor, so that the page behind `url` gets no hold of this one.
      const link = Object.assign(document.createElement('a'), { href: url, target: '_blank', rel: 'noopener' })
      link.click()
    },
    postForm,
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

/** Storage may be switched off or full: then a reload forgets the flow and nothing else breaks. */
const sessionMemory: FlowMemory = {
  read: () => {
    try {
      const held: unknown = JSON.parse(sessionStorage.getItem(storageKey) ?? 'null')
      return isRemembered(held) ? { flowId: held.flowId, sourceType: held.sourceType } : undefined
    } catch {
      return undefined
    }
  },
  write: ({ flowId, sourceType }) => {
    try {
      sessionStorage.setItem(storageKey, JSON.stringify({ flowId, sourceType }))
    } catch {
      return
    }
  },
  clear: () => {
    try {
      sessionStorage.removeItem(storageKey)
    } catch {
      return
    }
  },
}

function isRemembered(held: unknown): held is { flowId: string; sourceType: string } {
  return (
    typeof held === 'object' &&
    held !== null &&
    'flowId' in held &&
    'sourceType' in held &&
    typeof held.flowId === 'string' &&
    typeof held.sourceType === 'string'
  )
}
