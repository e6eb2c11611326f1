// A sign-in in two halves: the click's is loaded before it, the other one after it. What stands between them.
import type { ProxyAccess } from '../client/proxy-access.js'
import { toUrl } from '../client/to-url.js'
import { inClick, isSettled, post, settle, stay } from './click.machine.js'
import type { OAuthPopupDom } from './oauth-popup.dom.js'
import type {
  Click,
  FlowNews,
  OAuthPopupEffect,
  OAuthPopupEvent,
  OAuthPopupState,
  Transition,
} from './oauth-popup.types.js'
import type { LinkSubject } from './request-link.js'

/** What the other half is given. */
export interface FirstHalf {
  proxy: ProxyAccess
  dom: OAuthPopupDom
  openExternal: ((url: string) => void | Promise<void>) | undefined
  send: (event: OAuthPopupEvent) => void
  getState: () => OAuthPopupState
  /** What is signed in to, as the click found it. */
  getSubject: () => LinkSubject
}

/** The whole machine, and the effects that no first click needs. */
export interface OtherHalf {
  transition: (state: OAuthPopupState, event: OAuthPopupEvent) => Transition
  perform: (effect: OAuthPopupEffect) => void
  /** In a further click. */
  reopen?: (click: Click) => void
}

/** What comes by `import()`. */
export interface OtherHalfModule {
  createOtherHalf: (first: FirstHalf) => OtherHalf
}

/**
 * Loads the other half. Where that fails again and again (a deployment took its file away; some browsers remember a
 * failed import, whatwg/html#6768), the flow is asked about after 1, 2 and every 5 seconds: no sign-in hangs on a file.
 */
export const loadOtherHalf = (load: () => Promise<OtherHalfModule>, first: FirstHalf, tries = 3): Promise<OtherHalf> =>
  load().then(
    ({ createOtherHalf }) => createOtherHalf(first),
    () =>
      tries > 1
        ? new Promise((resolve) => setTimeout(() => resolve(loadOtherHalf(load, first, tries - 1)), 500))
        : createPlainHalf(first),
  )

/** As little as brings a sign-in to its end: it asks every few seconds, and can be cancelled. */
function createPlainHalf({ proxy, send }: FirstHalf): OtherHalf {
  let followed = 0
  const ask = async (path: string, method: string): Promise<FlowNews> => {
    const { token } = await proxy.session.get()
    const response = await proxy.fetch(toUrl(proxy.baseUrl, `/flows/${path}`), {
      method,
      headers: { authorization: `Bearer ${token}`, 'content-type': 'application/json' },
      body: method === 'GET' ? null : '{}',
    })
    if (response.status === 401) await proxy.session.renew(token)
    return response.json()
  }
  const follow = async (flowId: string, mark: number, asked = 1): Promise<void> => {
    if (followed !== mark) return
    const flow = await ask(flowId, 'GET').catch(() => undefined)
    if (flow) send({ type: 'flowRead', flow })
    setTimeout(() => void follow(flowId, mark, asked + 1), asked > 2 ? 5_000 : asked * 1_000)
  }
  return {
    transition: (state, event) => inClick(state, event) ?? toPlainNext(state, event),
    perform: (effect) => {
      if (/Following/.test(effect.type)) followed++
      if (effect.type === 'startFollowing') void follow(effect.flowId, followed)
      if (effect.type === 'cancelFlow') ask(`${effect.flowId}/cancel`, 'POST').catch(() => undefined)
      if (effect.type === 'requestLink') send({ type: 'startRefused', failure: { code: 'network_error' } })
    },
  }
}

function toPlainNext(state: OAuthPopupState, event: OAuthPopupEvent): Transition {
  if (isSettled(state)) return stay(state)
  const { flowId } = state
  if (event.type === 'sessionArrived') return post(state, event.isFramed)
  if (event.type === 'startRefused') return settle({ name: 'failed', flowId, failure: event.failure })
  if (event.type === 'cancelClicked') return settle({ name: 'idle' }, { type: 'cancelFlow', flowId })
  if (event.type !== 'flowRead' || event.flow.flowId !== flowId) return stay(state)
  const { sourceId, status, error } = event.flow
  if (error) return settle({ name: 'failed', flowId, failure: error })
  return status === 'completed' && sourceId ? settle({ name: 'authorized', flowId, sourceId }) : stay(state)
}
