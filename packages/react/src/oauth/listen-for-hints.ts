// Hints that a flow may have moved. None carries an outcome: whoever hears one asks the proxy.
import type { OAuthPopupDom } from './oauth-popup.dom.js'

export interface HintListeners {
  /** Ask the server now. */
  onWake: () => void
  /** The window has been closed for three seconds, or says so. */
  onGone: () => void
}

const closedForMs = 3_000
const lookEveryMs = 500

/**
 * Listens to the return page (by channel and message) and to the browser: the tab is back in front, the network is back.
 * Returns the clean-up.
 *
 * @param origins Where a message may come from: this page's own, and the proxy's.
 */
export function listenForHints(
  flowId: string,
  { origins, dom }: { origins: readonly string[]; dom: Pick<OAuthPopupDom, 'getWindow'> },
  { onWake, onGone }: HintListeners,
): () => void {
  const stop = new AbortController()
  const { signal } = stop
  const wakeIfVisible = () => document.visibilityState === 'visible' && onWake()
  document.addEventListener('visibilitychange', wakeIfVisible, { signal })
  for (const name of ['focus', 'online', 'pageshow']) window.addEventListener(name, onWake, { signal })
  const wakeIfOurs = ({ data, origin }: MessageEvent) => data === 'wake' && origins.includes(origin) && onWake()
  window.addEventListener('message', wakeIfOurs, { signal })
  const channel = typeof BroadcastChannel === 'undefined' ? undefined : new BroadcastChannel(`aip:${flowId}`)
  channel?.addEventListener('message', onWake, { signal })

  let closedMs = 0
  const timer = setInterval(() => {
    closedMs = dom.getWindow()?.closed ? closedMs + lookEveryMs : 0
    if (closedMs === closedForMs) onGone()
  }, lookEveryMs)
  return () => {
    stop.abort()
    channel?.close()
    clearInterval(timer)
  }
}
