// The rim of a sign-in: keeps the machine's state, performs its effects, and performs those of a click inside the click.
import type { Session } from '@opsai/contract'
import { newId } from '../client/new-id.js'
import type { ProxyAccess } from '../client/proxy-access.js'
import { choosePlace, type SignInOptions } from './choose-place.js'
import { inClick, isSettled } from './click.machine.js'
import type { RememberedFlow } from './flow-memory.js'
import { createOAuthPopupDom, type OAuthPopupDom, windowName } from './oauth-popup.dom.js'
import { loadOtherHalf, type OtherHalf, type OtherHalfModule } from './other-half.js'
import type { OAuthPopupEffect, OAuthPopupEvent, OAuthPopupState, SignInFailure } from './oauth-popup.types.js'

/** What {@link createOAuthPopup} takes. */
export interface OAuthPopupOptions extends SignInOptions {
  /** `createProxyAccess(…)`, or `proxy` of a hub client. */
  proxy: ProxyAccess
  sourceType: string
  /** The stored source that is signed in again; without it a new source is made. */
  sourceId?: string | undefined
  /** Read in the click: the source's name and what the form holds beside the sign-in. @default nothing */
  getInputs?: (() => SignInInputs) | undefined
  /** The provider said yes, and the source is made or signed in again. Once for each sign-in. */
  onAuthorized?: ((signedIn: { flowId: string; sourceId: string }) => void) | undefined
  onFailed?: ((failure: SignInFailure) => void) | undefined
  /** The page's side, for tests and for pages that are no browser's. @default a real page */
  dom?: OAuthPopupDom | undefined
}

/** What a sign-in takes along. */
export interface SignInInputs {
  /** The source's name once it is made. */
  name?: string | undefined
  configuration?: Record<string, unknown> | undefined
  /**
   * What the page wants back where this tab itself goes to the provider: JSON, written to `sessionStorage` until the
   * sign-in has ended. Never put a secret into it. Read it by `getKept`.
   */
  keep?: unknown
}

/** A sign-in, from its click to its end. */
export interface OAuthPopup {
  getState(): OAuthPopupState
  /** Calls back at each change of the state, until the returned function is called. */
  subscribe(onChange: () => void): () => void
  /** Call it from the click handler itself, with nothing awaited before. */
  signIn(): void
  /** Opens the window again, or for the first time after a blocked one. Call it from the click handler itself. */
  reopen(): void
  /** Goes on in this tab; it comes back by the host's return page. */
  continueHere(): void
  /** Ends it, here and at the proxy. A sign-in that is through by then is told as what it is. */
  cancel(): void
  /** Waits for the user to open a sign-in the proxy asked for. */
  offer(flow: { flowId: string; authUrl: string }): void
  /** Goes on here with a flow that another tab of this user's began (`listFlows`). */
  adopt(flow: { flowId: string }): void
  /** What `SignInInputs.keep` held when this tab left for the provider. */
  getKept(): unknown
  reset(): void
  /**
   * Keeps a session at hand for the click and follows what is under way, or what a reload left behind, until the
   * returned function is called.
   */
  attach(): () => void
}

/**
 * A sign-in without a framework: a window in the click, its outcome from the proxy. A closed window decides nothing, a
 * reload goes on where it was, and whatever is not needed in the click is loaded after it.
 *
 * @example
 * const proxy = createProxyAccess({ baseUrl: '/api/airbyte', fetchSession })
 * const popup = createOAuthPopup({ proxy, sourceType: 'hubspot', onAuthorized: ({ sourceId }) => show(sourceId) })
 * popup.attach()
 * button.addEventListener('click', () => popup.signIn())
 */
export function createOAuthPopup(
  options: OAuthPopupOptions,
  load: () => Promise<OtherHalfModule> = () => import('./after-click.js'),
): OAuthPopup {
  const { proxy, sourceType, sourceId, signIn = 'auto', openExternal, dom = createOAuthPopupDom() } = options
  const listeners = new Set<() => void>()
  let state: OAuthPopupState = { name: 'idle' }
  let other: OtherHalf | undefined
  let waiting: (() => void)[] | undefined
  /** What the click found in the form: for a second form too, until the proxy knows the flow. */
  let inputs: SignInInputs = {}
  let arrived: Session | undefined
  let awaited: Promise<void> | undefined

  /** What only the other half can do waits until it is there. */
  const later = (run: () => void): void => {
    if (other) return run()
    if (waiting) return void waiting.push(run)
    waiting = [run]
    const getSubject = () => ({ sourceType, sourceId, ...inputs })
    void loadOtherHalf(load, { proxy, dom, openExternal, send, getState: () => state, getSubject }).then((loaded) => {
      other = loaded
      waiting?.forEach((waited) => waited())
    })
  }

  const send = (event: OAuthPopupEvent): void => {
    const next = (other?.transition ?? inClick)(state, event)
    if (!next) return later(() => send(event))
    const before = state
    state = next.state
    if (event.type === 'flowRead') inputs = {}
    next.effects.forEach(perform)
    if (state === before || state !== next.state) return
    listeners.forEach((onChange) => onChange())
    if (state.name === 'authorized') options.onAuthorized?.(state)
    if (state.name === 'failed') options.onFailed?.(state.failure)
  }

  const postForm = (flowId: string, target: 'named' | 'blank' | 'self') => {
    const session = proxy.session.peek() ?? arrived
    if (!session || state.name === 'blocked') return
    arrived = undefined
    const { name, configuration } = inputs
    dom.postForm(
      proxy.baseUrl,
      {
        sessionToken: session.token,
        flowId,
        sourceType,
        sourceId,
        name,
        configuration: configuration && JSON.stringify(configuration),
      },
      target === 'named' ? windowName(flowId) : `_${target}`,
    )
  }

  const awaitSession = () => {
    awaited ??= proxy.session
      .get()
      .then(
        (session) => {
          // It may be too short-lived to be had by `peek`, and still good for this form.
          arrived = session
          send({ type: 'sessionArrived', isFramed: dom.isFramed() })
        },
        () => send({ type: 'startRefused', failure: { code: 'session_expired' } }),
      )
      .finally(() => (awaited = undefined))
  }

  const perform = (effect: OAuthPopupEffect): void => {
    switch (effect.type) {
      case 'openWindow':
        return send({ type: dom.openWindow(effect.flowId) ? 'windowOpened' : 'windowRefused' })
      case 'postForm':
        return postForm(effect.flowId, effect.target)
      case 'awaitSession':
        return awaitSession()
      case 'remember':
        return dom.memory.write({
          flowId: effect.flowId,
          sourceType,
          sourceId,
          tenantId: proxy.tenantId,
          place: effect.place,
          authUrl: effect.authUrl,
          ...(effect.place === 'tab' && { returnTo: dom.getPlace(), kept: inputs.keep ?? readOwn()?.kept }),
        })
      case 'forget':
        return readOwn() && dom.memory.clear()
      default:
        return later(() => other?.perform(effect))
    }
  }

  const readOwn = (): RememberedFlow | undefined => {
    const left = dom.memory.read()
    const isOwn = left?.sourceType === sourceType && left.sourceId === sourceId && left.tenantId === proxy.tenantId
    return isOwn ? left : undefined
  }

  const click = () => ({ isFramed: dom.isFramed(), isSessionReady: !!proxy.session.peek() })

  return {
    getState: () => state,
    subscribe: (onChange) => {
      listeners.add(onChange)
      return () => void listeners.delete(onChange)
    },
    signIn: () => {
      if (!isSettled(state)) return
      inputs = options.getInputs?.() ?? {}
      send({ type: 'signInClicked', flowId: newId(), place: choosePlace(signIn, dom, !!openExternal), ...click() })
    },
    reopen: () => later(() => other?.reopen?.(click())),
    continueHere: () => send({ type: 'continueClicked', ...click() }),
    cancel: () => send({ type: 'cancelClicked' }),
    offer: (flow) => send({ type: 'signInOffered', ...flow }),
    adopt: ({ flowId }) => send({ type: 'flowAdopted', flowId }),
    getKept: () => readOwn()?.kept,
    reset: () => send({ type: 'reset' }),
    attach: () => {
      const letGo = proxy.session.keepFresh()
      const left = readOwn()
      if (!isSettled(state)) perform({ type: 'startFollowing', flowId: state.flowId })
      else if (left) send({ type: 'resumed', ...left })
      return () => {
        letGo()
        if (waiting) perform({ type: 'stopFollowing' })
      }
    },
  }
}
