// The page a provider's sign-in comes back to, on the host's own origin. No framework, no dependency: it loads at once.
import { sessionMemory } from './oauth/flow-memory.js'

/** What {@link completeConnect} takes. */
export interface CompleteConnectOptions {
  /** Where the proxy is mounted, as given to `AirbyteProvider`. */
  baseUrl: string
  /** Asks your backend for a session of whoever is signed in here. */
  fetchSession: (request: { signal: AbortSignal }) => Promise<{ token: string }>
  /** `confirming` → `done` or `failed`; `nothing` when the page was opened without a sign-in. */
  onState?: (state: CompleteConnectState) => void
}

export type CompleteConnectState = 'confirming' | 'done' | 'failed' | 'nothing'

/**
 * Ends a sign-in: proves to the proxy that this browser is signed in as who started it, wakes the page that waits, and
 * closes this window; where a browser refuses to close it, it says that it may be closed. A tab that went to the
 * provider itself is brought back to the page it left. Never throws.
 *
 * @example
 * import { completeConnect } from '@opsai/react/oauth-return'
 * completeConnect({ baseUrl: '/api/airbyte', fetchSession })
 */
export async function completeConnect(options: CompleteConnectOptions): Promise<CompleteConnectState> {
  const tell = (state: CompleteConnectState): CompleteConnectState => {
    options.onState?.(state)
    return state
  }
  const url = new URL(location.href)
  const flowId = url.searchParams.get('aip_flow')
  const nonce = new URLSearchParams(url.hash.slice(1)).get('c')
  if (!flowId) return tell('nothing')
  // The nonce is good for one use: neither history nor a reload shall hold it.
  url.searchParams.delete('aip_flow')
  history.replaceState(history.state, '', url.pathname + url.search)

  tell('confirming')
  // A sign-in that ended at the provider (denied) comes back without a nonce: there is only somebody to wake.
  const isConfirmed = nonce ? await confirm(options, flowId, nonce) : true
  const state = tell(isConfirmed ? 'done' : 'failed')
  const leftPage = findLeftPage(flowId)
  if (leftPage) {
    location.replace(leftPage)
    return state
  }
  wake(flowId)
  window.close()
  setTimeout(() => window.closed || say(isConfirmed), 300)
  return state
}

async function confirm({ baseUrl, fetchSession }: CompleteConnectOptions, flowId: string, nonce: string) {
  try {
    const { token } = await fetchSession({ signal: new AbortController().signal })
    const path = `${baseUrl.replace(/\/+$/, '')}/flows/${encodeURIComponent(flowId)}/confirm`
    const { ok } = await fetch(path, {
      method: 'POST',
      headers: { authorization: `Bearer ${token}`, 'content-type': 'application/json', 'idempotency-key': flowId },
      body: JSON.stringify({ nonce }),
      credentials: 'omit',
    })
    return ok
  } catch {
    return false
  }
}

/** Where this tab was before it went to the provider: a page of this origin, whatever storage holds. */
function findLeftPage(flowId: string): string | undefined {
  const left = sessionMemory.read()
  if (left?.flowId !== flowId || left.returnTo === undefined || !URL.canParse(left.returnTo, location.origin))
    return undefined
  const url = new URL(left.returnTo, location.origin)
  return url.origin === location.origin ? url.href : undefined
}

/** Wake-ups carry no outcome: whoever waits asks the proxy. */
function wake(flowId: string): void {
  if (typeof BroadcastChannel !== 'undefined') {
    const channel = new BroadcastChannel(`aip:${flowId}`)
    channel.postMessage('wake')
    channel.close()
  }
  try {
    ;(window.opener as Window | null)?.postMessage('wake', location.origin)
  } catch {
    return
  }
}

function say(isConfirmed: boolean): void {
  const text = document.createElement('p')
  text.setAttribute('role', 'status')
  text.textContent = isConfirmed
    ? 'Done, you can close this window.'
    : 'The sign-in could not be completed. Close this window and try again.'
  document.body.replaceChildren(text)
}
