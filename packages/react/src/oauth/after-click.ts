// The half of a sign-in that its click doesn't need: loaded once a window was asked for, so that a page which only offers
// a sign-in stays small.
import { toUrl } from '../client/to-url.js'
import { askFlow } from './ask-flow.js'
import { followFlow } from './follow-flow.js'
import { listenForHints } from './listen-for-hints.js'
import { transition } from './oauth-popup.machine.js'
import type { Click, OAuthPopupEffect, SignInFailure } from './oauth-popup.types.js'
import type { FirstHalf, OtherHalf } from './other-half.js'
import { requestLink } from './request-link.js'
import { isFormForbidden, isWindowForbidden, sandboxHint } from './sandbox.js'

/** The whole machine, and what performs the effects that no first click has. */
export function createOtherHalf(first: FirstHalf): OtherHalf {
  const { dom, send } = first
  /** The click that this was loaded for has just been. */
  let launchedAt = Date.now()
  let stop: (() => void) | undefined
  const stopFollowing = () => {
    stop?.()
    stop = undefined
  }
  const perform = (effect: OAuthPopupEffect): void => {
    switch (effect.type) {
      case 'startFollowing':
        stopFollowing()
        return void (stop = follow(first, effect.flowId))
      case 'stopFollowing':
        return stopFollowing()
      case 'openUrl':
        return openUrl(first, effect.url, effect.target)
      case 'focusWindow':
        return dom.getWindow()?.focus()
      case 'closeWindow':
        return dom.getWindow()?.close()
      case 'requestLink':
        return void askForLink(first)
      case 'cancelFlow':
        return void cancel(first, effect.flowId)
    }
  }
  const reopen = (click: Click) => {
    const sinceMs = Date.now() - launchedAt
    launchedAt = Date.now()
    send({ type: 'openClicked', isWindowOpen: dom.getWindow()?.closed === false, sinceMs, ...click })
  }
  return { transition, perform, reopen }
}

const sandboxed: SignInFailure = { code: 'sandboxed_frame', detail: sandboxHint }

/** Follows a flow by every way and hint there is, until it is final or the returned function is called. */
function follow({ proxy, dom, send }: FirstHalf, flowId: string): () => void {
  const toSandbox = () =>
    dom.isFramed() && isWindowForbidden({ isGestureLeft: dom.isGestureLeft() }) ? sandboxed : undefined
  const followed = followFlow({
    proxy,
    flowId,
    onFlow: (flow) => send({ type: 'flowRead', flow }),
    onMissing: (forMs) =>
      send({ type: 'flowMissing', forMs, sandbox: toSandbox(), isWindowOpen: dom.getWindow()?.closed === false }),
    onRefused: (failure) => send({ type: 'askRefused', failure }),
  })
  const unlisten = listenForHints(
    flowId,
    { origins: [location.origin, new URL(toUrl(proxy.baseUrl, '')).origin], dom },
    { onWake: followed.wake, onGone: () => send({ type: 'windowGone' }) },
  )
  // Once there is something to stop: it may be the end.
  void Promise.resolve().then(() => {
    if (dom.isFramed() && isFormForbidden()) send({ type: 'windowForbidden', failure: sandboxed })
  })
  return () => {
    unlisten()
    followed.stop()
  }
}

function openUrl({ openExternal, send }: FirstHalf, url: string, target: '_blank' | '_self' | 'external'): void {
  if (target !== 'external') {
    // An anchor, so that the page behind `url` gets no hold of this one.
    return Object.assign(document.createElement('a'), { href: url, target, rel: 'noopener' }).click()
  }
  Promise.resolve(url)
    .then(openExternal)
    .catch(() => send({ type: 'windowRefused' }))
}

const noBrowser: SignInFailure = {
  code: 'config_error',
  detail: "signIn: 'external' needs openExternal, which opens the system's browser.",
}

async function askForLink({ proxy, openExternal, getState, getSubject, send }: FirstHalf): Promise<void> {
  const state = getState()
  if (state.name !== 'opening') return
  const answer = openExternal
    ? await requestLink(proxy, getSubject(), state.flowId)
    : ({ name: 'problem', problem: noBrowser } as const)
  if (getState() !== state) return
  if (answer.name === 'problem') return send({ type: 'startRefused', failure: answer.problem })
  if (answer.name === 'link') return send({ type: 'linkArrived', flowId: answer.flowId, authUrl: answer.authUrl })
  send({ type: 'flowRead', flow: { flowId: state.flowId, status: 'completed', sourceId: answer.sourceId } })
}

/** Whoever wants to stop is not kept waiting for a proxy that doesn't answer. */
const cancelWithinMs = 10_000

async function cancel({ proxy, send }: FirstHalf, flowId: string): Promise<void> {
  const stop = new AbortController()
  const timer = setTimeout(() => stop.abort(), cancelWithinMs)
  const call = { tail: '/cancel', method: 'POST', body: {}, idempotencyKey: flowId, signal: stop.signal }
  const { flow } = await askFlow(proxy, flowId, call).catch(() => ({ flow: undefined }))
  clearTimeout(timer)
  send({ type: 'cancelSettled', flow })
}
