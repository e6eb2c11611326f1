// The rim of a sign-in: keeps the machine's state, performs its effects, and performs those of a click inside the click.
import type { HubClient } from '../client/hub-client.js'
import { newId } from '../client/new-id.js'
import { toOpsaiError } from '../client/opsai-error.js'
import { type FollowedFlow, followFlow } from './follow-flow.js'
import type { RememberedFlow } from './flow-memory.js'
import { type OAuthPopupDom, windowName } from './oauth-popup.dom.js'
import {
  isSettled,
  type OAuthPopupEffect,
  type OAuthPopupEvent,
  type OAuthPopupState,
  type SignInFailure,
  transition,
} from './oauth-popup.machine.js'
import { sandboxHint } from './sandbox.js'

export interface OAuthPopupOptions {
  client: Pick<HubClient, 'baseUrl' | 'peekSession' | 'getSession' | 'getFlow' | 'cancelFlow'>
  dom: OAuthPopupDom
  sourceType: string
  /** Read in the click: the source's name and what the form holds beside the sign-in. */
  getInputs: () => SignInInputs
  /** Where the provider's pages open. @default 'auto' */
  signIn?: SignInPlace | undefined
  onAuthorized: (signedIn: { flowId: string; sourceId: string }) => void
  onFailed: (failure: SignInFailure) => void
}

/**
 * Where the provider's pages open: in a window, in this tab (which comes back to where it was by the host's return
 * page), or in a window wherever the browser is not one built into an app. In a frame it is always a window.
 */
export type SignInPlace = 'auto' | 'popup' | 'redirect'

/** What a sign-in takes along. */
export interface SignInInputs {
  /** The source's name once it is made. */
  name?: string | undefined
  configuration?: Record<string, unknown> | undefined
}

export interface OAuthPopup {
  getState(): OAuthPopupState
  subscribe(onChange: () => void): () => void
  /** Call it from the click handler itself, with nothing awaited before. */
  signIn(): void
  /** Opens the window again, or for the first time after a blocked one. Call it from the click handler itself. */
  reopen(): void
  /** Goes on in this tab; it comes back by the host's return page. */
  continueHere(): void
  cancel(): void
  /** Waits for the user to open a sign-in the proxy asked for. */
  offer(flow: { flowId: string; authUrl: string }): void
  reset(): void
  /** Follows what is under way, or what a reload left behind, until the returned function is called. */
  attach(): () => void
}

const sandboxed: SignInFailure = { code: 'sandboxed_frame', detail: sandboxHint }

const toFailure = (thrown: unknown): SignInFailure => {
  const { code, displayMessage, remedy } = toOpsaiError(thrown)
  return { code, displayMessage, remedy }
}

export function createOAuthPopup(options: OAuthPopupOptions): OAuthPopup {
  const { client, dom, sourceType, signIn = 'auto' } = options
  const listeners = new Set<() => void>()
  let state: OAuthPopupState = { name: 'idle' }
  let followed: FollowedFlow | undefined
  let unlisten: (() => void) | undefined

  const send = (event: OAuthPopupEvent): void => {
    const before = state
    const next = transition(before, event)
    state = next.state
    for (const effect of next.effects) perform(effect)
    if (state === before) return
    for (const onChange of listeners) onChange()
    if (next.state.name === 'authorized') options.onAuthorized(next.state)
    if (next.state.name === 'failed') options.onFailed(next.state.failure)
  }

  const stopFollowing = () => {
    followed?.stop()
    unlisten?.()
    followed = unlisten = undefined
  }

  const startFollowing = (flowId: string) => {
    stopFollowing()
    const following = followFlow({
      client,
      flowId,
      onFlow: (flow) => send({ type: 'flowRead', flow }),
      onMissing: (forMs) =>
        send({ type: 'flowMissing', forMs, ...(dom.isWindowForbidden() && { sandbox: sandboxed }) }),
      onRefused: (thrown) => send({ type: 'sessionRefused', failure: toFailure(thrown) }),
    })
    followed = following
    unlisten = dom.listen(flowId, { onWake: following.wake, onGone: () => send({ type: 'windowGone' }) })
  }

  const postForm = (flowId: string, target: 'named' | 'blank' | 'self') => {
    const session = client.peekSession()
    if (!session || state.name === 'blocked') return
    const { name, configuration } = options.getInputs()
    const form = {
      sessionToken: session.token,
      flowId,
      sourceType,
      name,
      configuration: configuration && JSON.stringify(configuration),
    }
    dom.postForm(client.baseUrl, form, target === 'named' ? windowName(flowId) : `_${target}`)
  }

  const awaitSession = () =>
    client.getSession().then(
      () => send({ type: 'sessionArrived', isFramed: dom.isFramed() }),
      (thrown: unknown) => send({ type: 'sessionRefused', failure: toFailure(thrown) }),
    )

  const cancelFlow = (flowId: string) =>
    client.cancelFlow(flowId).then(
      (flow) => send({ type: 'cancelSettled', flow }),
      () => send({ type: 'cancelSettled', flow: undefined }),
    )

  const perform = (effect: OAuthPopupEffect): void => {
    switch (effect.type) {
      case 'openWindow':
        return send({ type: dom.openWindow(effect.flowId) ? 'windowOpened' : 'windowRefused' })
      case 'openUrl':
        return dom.openUrl(effect.url, effect.target)
      case 'focusWindow':
        return dom.focusWindow()
      case 'postForm':
        return postForm(effect.flowId, effect.target)
      case 'awaitSession':
        return void awaitSession()
      case 'startFollowing':
        return startFollowing(effect.flowId)
      case 'stopFollowing':
        return stopFollowing()
      case 'remember':
        return dom.memory.write({
          flowId: effect.flowId,
          sourceType,
          ...(effect.place === 'tab' && { returnTo: dom.getPlace() }),
        })
      case 'forget':
        return dom.memory.clear()
      case 'cancelFlow':
        return void cancelFlow(effect.flowId)
      case 'closeWindow':
        return dom.closeWindow()
    }
  }

  const resume = ({ flowId, returnTo }: RememberedFlow) =>
    send({ type: 'resumed', flowId, place: returnTo === undefined ? 'window' : 'tab' })

  const click = () => ({ isFramed: dom.isFramed(), isSessionReady: client.peekSession() !== undefined })

  return {
    getState: () => state,
    subscribe: (onChange) => {
      listeners.add(onChange)
      return () => void listeners.delete(onChange)
    },
    signIn: () =>
      send({
        type: 'signInClicked',
        flowId: newId(),
        place: signIn === 'redirect' || (signIn === 'auto' && dom.isWebview()) ? 'tab' : 'window',
        ...click(),
        ...(dom.isFormForbidden() && { sandbox: sandboxed }),
      }),
    reopen: () => send({ type: 'openClicked', isWindowOpen: dom.isWindowOpen(), ...click() }),
    continueHere: () => send({ type: 'continueClicked', isSessionReady: click().isSessionReady }),
    cancel: () => send({ type: 'cancelClicked' }),
    offer: (flow) => send({ type: 'signInOffered', ...flow }),
    reset: () => send({ type: 'reset' }),
    attach: () => {
      const left = dom.memory.read()
      if (!isSettled(state) && 'flowId' in state) startFollowing(state.flowId)
      else if (left?.sourceType === sourceType) resume(left)
      return stopFollowing
    },
  }
}
