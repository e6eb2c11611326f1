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
 * closes this window; where a browser refuses to close it, it says that it may be closed. Where that could not be
 * proved the window stays and says so: whoever was lured here has no other page that tells them. A proxy that is being
 * restarted is asked again for 15 seconds. A tab that went to the provider itself is brought back to the page it left.
 * Never throws.
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
  if (isConfirmed) window.close()
  setTimeout(() => window.closed || say(isConfirmed), isConfirmed ? 300 : 0)
  return state
}

const retryMs = [500, 1_000, 2_000, 4_000, 8_000]

async function confirm(options: CompleteConnectOptions, flowId: string, nonce: string): Promise<boolean> {
  for (const ms of retryMs) {
    const answer = await tryConfirm(options, flowId, nonce)
    if (answer !== 'unanswered') return answer === 'confirmed'
    await new Promise((resolve) => setTimeout(resolve, ms))
  }
  return (await tryConfirm(options, flowId, nonce)) === 'confirmed'
}

/** `unanswered` where asking again may help: nobody there, or somebody who is still at it. The nonce is spent once. */
async function tryConfirm({ baseUrl, fetchSession }: CompleteConnectOptions, flowId: string, nonce: string) {
  try {
    const { token } = await fetchSession({ signal: new AbortController().signal })
    const path = `${baseUrl.replace(/\/+$/, '')}/flows/${encodeURIComponent(flowId)}/confirm`
    const { ok, status } = await fetch(path, {
      method: 'POST',
      headers: { authorization: `Bearer ${token}`, 'content-type': 'application/json', 'idempotency-key': flowId },
      body: JSON.stringify({ nonce }),
      credentials: 'omit',
    })
    if (ok) return 'confirmed'
    // A session may end on its way here: the next one speaks for the same user.
    return status >= 500 || status === 401 || status === 409 || status === 429 ? 'unanswered' : 'refused'
  } catch (thrown) {
    // What `fetch` throws where there is no network, or nobody listens.
    return thrown instanceof TypeError ? 'unanswered' : 'refused'
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
    : 'Nothing was connected: it could not be confirmed that you began this sign-in. Close this window; if you did, try again.'
  document.body.replaceChildren(text)
}
