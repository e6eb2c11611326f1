// What a sign-in can be and what moves it. Pure: windows, network and clock are effects somebody else performs.
// The server is the truth and windows are hints: only a flow read from the proxy, or the user's own cancel, ends a sign-in.
import type { FieldError, Flow, FlowStatus, ProblemCode } from '@opsai/contract'

/** Why a sign-in ended without a source. */
export interface SignInFailure {
  code: ProblemCode
  /** From the server, for the end user. */
  displayMessage?: string | undefined
  remedy?: string | undefined
  fieldErrors?: FieldError[] | undefined
}

export type OAuthPopupState =
  | { name: 'idle' }
  /** The window was asked for; nobody knows yet whether it came. */
  | { name: 'opening'; flowId: string }
  /** No window came: the user must click once more. `authUrl` where the proxy gave one instead of a form. */
  | { name: 'blocked'; flowId: string; reason: 'popup_blocked' | 'offered'; authUrl?: string | undefined }
  /** The user is at the provider, as far as we know. `isWindowGone` is a hint and decides nothing. */
  | { name: 'awaitingUser'; flowId: string; status: FlowStatus | undefined; isWindowGone: boolean }
  /** The provider said yes; the proxy makes the source. */
  | { name: 'confirming'; flowId: string; status: FlowStatus }
  | { name: 'cancelling'; flowId: string }
  | { name: 'authorized'; flowId: string; sourceId: string }
  | { name: 'failed'; flowId: string; failure: SignInFailure }

export type OAuthPopupEvent =
  /** In the click itself. `isSessionReady` says whether the form can be posted without waiting. */
  | { type: 'signInClicked'; flowId: string; isFramed: boolean; isSessionReady: boolean }
  | { type: 'windowOpened' }
  | { type: 'windowRefused' }
  | { type: 'sessionArrived'; isFramed: boolean }
  | { type: 'sessionRefused'; failure: SignInFailure }
  /** The window has been closed for three seconds, or cut off from us by the provider. */
  | { type: 'windowGone' }
  | { type: 'flowRead'; flow: Flow }
  /** The proxy has not heard of the flow for so long. */
  | { type: 'flowMissing'; forMs: number }
  | { type: 'openClicked'; isFramed: boolean; isSessionReady: boolean }
  | { type: 'cancelClicked' }
  | { type: 'cancelSettled'; flow: Flow | undefined }
  /** A former page left a flow behind. */
  | { type: 'resumed'; flowId: string }
  /** The proxy asks for a sign-in at `authUrl`. */
  | { type: 'signInOffered'; flowId: string; authUrl: string }
  | { type: 'reset' }

export type OAuthPopupEffect =
  /** Named window at top level; inside a frame the form opens its own, so nothing is opened here. */
  | { type: 'openWindow'; flowId: string }
  | { type: 'openUrl'; url: string }
  | { type: 'postForm'; flowId: string; target: 'named' | 'blank' }
  /** Waits for a session, then reports `sessionArrived`. */
  | { type: 'awaitSession' }
  | { type: 'startFollowing'; flowId: string }
  | { type: 'stopFollowing' }
  | { type: 'remember'; flowId: string }
  | { type: 'forget' }
  | { type: 'cancelFlow'; flowId: string }
  | { type: 'closeWindow' }

export interface Transition {
  state: OAuthPopupState
  effects: OAuthPopupEffect[]
}

/** The proxy answers the form's POST at once: silence for this long means that no window came. */
export const missingForMs = 4_000

const stay = (state: OAuthPopupState): Transition => ({ state, effects: [] })

/**
 * What happens next.
 *
 * @example
 * transition({ name: 'idle' }, { type: 'signInClicked', flowId, isFramed: false, isSessionReady: true })
 * // → opening, effects: remember, openWindow, postForm, startFollowing
 */
export function transition(state: OAuthPopupState, event: OAuthPopupEvent): Transition {
  switch (event.type) {
    case 'signInClicked':
      return isSettled(state) ? open(event.flowId, event) : stay(state)
    case 'openClicked':
      return reopen(state, event)
    case 'windowOpened':
      return state.name === 'opening' ? stay(waitingFor(state.flowId)) : stay(state)
    case 'windowRefused':
      return isWaiting(state) ? blocked(state.flowId) : stay(state)
    case 'sessionArrived':
      return isWaiting(state)
        ? { state, effects: [{ type: 'postForm', flowId: state.flowId, target: event.isFramed ? 'blank' : 'named' }] }
        : stay(state)
    case 'sessionRefused':
      return isWaiting(state) ? fail(state.flowId, event.failure) : stay(state)
    case 'windowGone':
      return state.name === 'awaitingUser' ? stay({ ...state, isWindowGone: true }) : stay(state)
    case 'flowRead':
      return isFollowed(state) && state.flowId === event.flow.flowId ? read(state, event.flow) : stay(state)
    case 'flowMissing':
      return missing(state, event.forMs)
    case 'cancelClicked':
      return isFollowed(state) && state.name !== 'cancelling'
        ? {
            state: { name: 'cancelling', flowId: state.flowId },
            effects: [{ type: 'closeWindow' }, { type: 'cancelFlow', flowId: state.flowId }],
          }
        : stay(state)
    case 'cancelSettled':
      return state.name === 'cancelling' ? cancelled(state, event.flow) : stay(state)
    case 'resumed':
      return isSettled(state)
        ? { state: waitingFor(event.flowId), effects: [{ type: 'startFollowing', flowId: event.flowId }] }
        : stay(state)
    case 'signInOffered':
      return isSettled(state) ? offered(event.flowId, event.authUrl) : stay(state)
    case 'reset':
      return { state: { name: 'idle' }, effects: [{ type: 'stopFollowing' }] }
  }
}

type Followed = Extract<OAuthPopupState, { name: 'opening' | 'blocked' | 'awaitingUser' | 'confirming' | 'cancelling' }>

/** Nothing is under way: a new sign-in may start. */
export const isSettled = (state: OAuthPopupState): boolean =>
  state.name === 'idle' || state.name === 'authorized' || state.name === 'failed'
const isFollowed = (state: OAuthPopupState): state is Followed => !isSettled(state)
const isWaiting = (state: OAuthPopupState): state is Extract<Followed, { name: 'opening' | 'awaitingUser' }> =>
  state.name === 'opening' || state.name === 'awaitingUser'

const waitingFor = (flowId: string, status?: FlowStatus): OAuthPopupState => ({
  name: 'awaitingUser',
  flowId,
  status,
  isWindowGone: false,
})

interface Click {
  isFramed: boolean
  isSessionReady: boolean
}

function open(flowId: string, click: Click): Transition {
  return {
    state: { name: 'opening', flowId },
    effects: [{ type: 'remember', flowId }, ...launch(flowId, click), { type: 'startFollowing', flowId }],
  }
}

function launch(flowId: string, { isFramed, isSessionReady }: Click): OAuthPopupEffect[] {
  // In a frame a named window opened first is dead or doubled in some engines; a form to _blank is not.
  if (isFramed) return isSessionReady ? [{ type: 'postForm', flowId, target: 'blank' }] : [{ type: 'awaitSession' }]
  return [
    { type: 'openWindow', flowId },
    isSessionReady ? { type: 'postForm', flowId, target: 'named' } : { type: 'awaitSession' },
  ]
}

function reopen(state: OAuthPopupState, click: Click): Transition {
  if (state.name === 'blocked' && state.authUrl) {
    return { state: waitingFor(state.flowId), effects: [{ type: 'openUrl', url: state.authUrl }] }
  }
  if (state.name === 'blocked') {
    // A fresh click: the form opens the window itself, which blockers that stop window.open let through.
    const effects: OAuthPopupEffect[] = click.isSessionReady
      ? [{ type: 'postForm', flowId: state.flowId, target: 'blank' }]
      : launch(state.flowId, click)
    return { state: waitingFor(state.flowId), effects }
  }
  if (state.name === 'awaitingUser') {
    return { state: waitingFor(state.flowId, state.status), effects: launch(state.flowId, click) }
  }
  return stay(state)
}

const blocked = (flowId: string): Transition => stay({ name: 'blocked', flowId, reason: 'popup_blocked' })

const offered = (flowId: string, authUrl: string): Transition => ({
  state: { name: 'blocked', flowId, reason: 'offered', authUrl },
  effects: [
    { type: 'remember', flowId },
    { type: 'startFollowing', flowId },
  ],
})

function fail(flowId: string, failure: SignInFailure): Transition {
  return {
    state: { name: 'failed', flowId, failure },
    effects: [{ type: 'stopFollowing' }, { type: 'forget' }, { type: 'closeWindow' }],
  }
}

function missing(state: OAuthPopupState, forMs: number): Transition {
  if (!isWaiting(state) || forMs < missingForMs) return stay(state)
  // It was there once, so it is gone for good; otherwise its form never arrived.
  const wasSeen = state.name === 'awaitingUser' && state.status !== undefined
  return wasSeen ? fail(state.flowId, { code: 'not_found' }) : blocked(state.flowId)
}

function read(state: Followed, flow: Flow): Transition {
  const { flowId, status } = flow
  switch (status) {
    case 'launched':
    case 'authorizing':
      if (state.name === 'cancelling') return stay(state)
      return stay({ ...waitingFor(flowId, status), ...(state.name === 'awaitingUser' && pickHint(state)) })
    case 'returned':
    case 'confirmed':
    case 'creating':
      return state.name === 'cancelling' ? stay(state) : stay({ name: 'confirming', flowId, status })
    case 'completed':
      return flow.sourceId
        ? {
            state: { name: 'authorized', flowId, sourceId: flow.sourceId },
            effects: [{ type: 'stopFollowing' }, { type: 'forget' }, { type: 'closeWindow' }],
          }
        : fail(flowId, { code: 'internal' })
    default:
      return fail(flowId, flow.error ?? { code: status === 'failed' ? 'internal' : status })
  }
}

const pickHint = ({ isWindowGone }: { isWindowGone: boolean }) => ({ isWindowGone })

function cancelled(state: Followed, flow: Flow | undefined): Transition {
  // The user was too late: the source exists, so say so rather than hide it.
  if (flow?.status === 'completed') return read(state, flow)
  return { state: { name: 'idle' }, effects: [{ type: 'stopFollowing' }, { type: 'forget' }] }
}
