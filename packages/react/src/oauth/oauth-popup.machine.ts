// What a sign-in can be and what moves it. Pure: windows, network and clock are effects somebody else performs.
// The server is the truth and windows are hints: only a flow read from the proxy, or the user's own cancel, ends a sign-in.
import type { FieldError, Flow, FlowStatus, ProblemCode } from '@opsai/contract'

/** Why a sign-in ended without a source. */
export interface SignInFailure {
  code: ProblemCode
  /** For developers: what to change. */
  detail?: string | undefined
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
  /** This very tab is on its way to the provider, or came back from there without an end. */
  | { name: 'away'; flowId: string; status: FlowStatus | undefined }
  /** The provider said yes; the proxy makes the source. */
  | { name: 'confirming'; flowId: string; status: FlowStatus }
  | { name: 'cancelling'; flowId: string }
  | { name: 'authorized'; flowId: string; sourceId: string }
  | { name: 'failed'; flowId: string; failure: SignInFailure }

export type OAuthPopupEvent =
  /** In the click itself. `place` is where the provider's pages shall open; `sandbox` forbids what is certain so far. */
  | ({ type: 'signInClicked'; flowId: string; place: 'window' | 'tab'; sandbox?: SignInFailure | undefined } & Click)
  | { type: 'windowOpened' }
  | { type: 'windowRefused' }
  | { type: 'sessionArrived'; isFramed: boolean }
  | { type: 'sessionRefused'; failure: SignInFailure }
  /** The window has been closed for three seconds, or cut off from us by the provider. */
  | { type: 'windowGone' }
  | { type: 'flowRead'; flow: Flow }
  /** The proxy has not heard of the flow for so long; `sandbox`, where that is certainly why no window came. */
  | { type: 'flowMissing'; forMs: number; sandbox?: SignInFailure | undefined }
  | ({ type: 'openClicked'; isWindowOpen: boolean } & Click)
  /** "Continue in this tab". */
  | { type: 'continueClicked'; isSessionReady: boolean }
  | { type: 'cancelClicked' }
  | { type: 'cancelSettled'; flow: Flow | undefined }
  /** A former page left a flow behind, with a window or with this tab gone to the provider. */
  | { type: 'resumed'; flowId: string; place: 'window' | 'tab' }
  /** The proxy asks for a sign-in at `authUrl`. */
  | { type: 'signInOffered'; flowId: string; authUrl: string }
  | { type: 'reset' }

/** What a click finds. */
export interface Click {
  isFramed: boolean
  /** The form can be posted without waiting for a session. */
  isSessionReady: boolean
}

export type OAuthPopupEffect =
  /** Named window at top level; inside a frame the form opens its own, so nothing is opened here. */
  | { type: 'openWindow'; flowId: string }
  | { type: 'openUrl'; url: string; target: '_blank' | '_self' }
  | { type: 'focusWindow' }
  | { type: 'postForm'; flowId: string; target: 'named' | 'blank' | 'self' }
  /** Waits for a session, then reports `sessionArrived`. */
  | { type: 'awaitSession' }
  | { type: 'startFollowing'; flowId: string }
  | { type: 'stopFollowing' }
  /** For a reload; with `tab`, for the way back to where the user is now. */
  | { type: 'remember'; flowId: string; place: 'window' | 'tab' }
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
 * transition({ name: 'idle' }, { type: 'signInClicked', flowId, place: 'window', isFramed: false, isSessionReady: true })
 * // → opening, effects: remember, openWindow, postForm, startFollowing
 */
export function transition(state: OAuthPopupState, event: OAuthPopupEvent): Transition {
  switch (event.type) {
    case 'signInClicked':
      return isSettled(state) ? open(event) : stay(state)
    case 'openClicked':
      return reopen(state, event)
    case 'continueClicked':
      return continueHere(state, event.isSessionReady)
    case 'windowOpened':
      return state.name === 'opening' ? stay(waitingFor(state.flowId)) : stay(state)
    case 'windowRefused':
      return isWaiting(state) ? blocked(state.flowId) : stay(state)
    case 'sessionArrived':
      return isWaiting(state) || state.name === 'away' ? post(state, event.isFramed) : stay(state)
    case 'sessionRefused':
      // Nobody may ask any more, however far it is; a cancel has its own answer coming.
      return isFollowed(state) && state.name !== 'cancelling' ? fail(state.flowId, event.failure) : stay(state)
    case 'windowGone':
      return state.name === 'awaitingUser' ? stay({ ...state, isWindowGone: true }) : stay(state)
    case 'flowRead':
      return isFollowed(state) && state.flowId === event.flow.flowId ? read(state, event.flow) : stay(state)
    case 'flowMissing':
      return missing(state, event)
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
      return isSettled(state) ? resume(event) : stay(state)
    case 'signInOffered':
      return isSettled(state) ? offered(event.flowId, event.authUrl) : stay(state)
    case 'reset':
      return { state: { name: 'idle' }, effects: [{ type: 'stopFollowing' }] }
  }
}

type Followed = Extract<
  OAuthPopupState,
  { name: 'opening' | 'blocked' | 'awaitingUser' | 'away' | 'confirming' | 'cancelling' }
>

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

const away = (flowId: string, status?: FlowStatus): OAuthPopupState => ({ name: 'away', flowId, status })

function open(click: Extract<OAuthPopupEvent, { type: 'signInClicked' }>): Transition {
  const { flowId, sandbox } = click
  if (sandbox) return fail(flowId, sandbox)
  // No provider's page lets itself be framed: a frame always takes a window.
  const place = click.isFramed ? 'window' : click.place
  return {
    state: place === 'tab' ? away(flowId) : { name: 'opening', flowId },
    effects: [
      { type: 'remember', flowId, place },
      ...(place === 'tab' ? leave(flowId, click.isSessionReady) : launch(flowId, click)),
      { type: 'startFollowing', flowId },
    ],
  }
}

function launch(flowId: string, { isFramed, isSessionReady }: Click): OAuthPopupEffect[] {
  // In a frame a named window opened first is dead or doubled in some engines; a form to _blank is not.
  if (isFramed) return [postOrAwait(flowId, isSessionReady, 'blank')]
  return [{ type: 'openWindow', flowId }, postOrAwait(flowId, isSessionReady, 'named')]
}

const leave = (flowId: string, isSessionReady: boolean) => [postOrAwait(flowId, isSessionReady, 'self')]

const postOrAwait = (flowId: string, isSessionReady: boolean, target: 'named' | 'blank' | 'self'): OAuthPopupEffect =>
  isSessionReady ? { type: 'postForm', flowId, target } : { type: 'awaitSession' }

function post(state: Followed, isFramed: boolean): Transition {
  const target = state.name === 'away' ? 'self' : isFramed ? 'blank' : 'named'
  return { state, effects: [{ type: 'postForm', flowId: state.flowId, target }] }
}

function reopen(state: OAuthPopupState, click: Extract<OAuthPopupEvent, { type: 'openClicked' }>): Transition {
  if (state.name === 'blocked' && state.authUrl) {
    return { state: waitingFor(state.flowId), effects: [{ type: 'openUrl', url: state.authUrl, target: '_blank' }] }
  }
  if (state.name === 'blocked') {
    // A fresh click: the form opens the window itself, which blockers that stop window.open let through. Following
    // anew counts the silence anew.
    const effects: OAuthPopupEffect[] = click.isSessionReady
      ? [{ type: 'postForm', flowId: state.flowId, target: 'blank' }]
      : launch(state.flowId, click)
    return { state: waitingFor(state.flowId), effects: [...effects, { type: 'startFollowing', flowId: state.flowId }] }
  }
  if (state.name === 'awaitingUser') {
    // What the user has typed at the provider must not be thrown away.
    const isThere = click.isWindowOpen && state.status === 'authorizing'
    const effects: OAuthPopupEffect[] = isThere ? [{ type: 'focusWindow' }] : launch(state.flowId, click)
    return { state: waitingFor(state.flowId, state.status), effects }
  }
  return stay(state)
}

function continueHere(state: OAuthPopupState, isSessionReady: boolean): Transition {
  if (state.name !== 'blocked' && state.name !== 'away') return stay(state)
  const { flowId } = state
  const effects: OAuthPopupEffect[] =
    state.name === 'blocked' && state.authUrl
      ? [{ type: 'openUrl', url: state.authUrl, target: '_self' }]
      : leave(flowId, isSessionReady)
  return { state: away(flowId), effects: [{ type: 'remember', flowId, place: 'tab' }, ...effects] }
}

/** What a former page left was sent: where nobody knows it now, nothing of it is left to send again. */
const resume = ({ flowId, place }: { flowId: string; place: 'window' | 'tab' }): Transition => ({
  state: place === 'tab' ? away(flowId, 'launched') : waitingFor(flowId, 'launched'),
  effects: [{ type: 'startFollowing', flowId }],
})

const blocked = (flowId: string): Transition => stay({ name: 'blocked', flowId, reason: 'popup_blocked' })

const offered = (flowId: string, authUrl: string): Transition => ({
  state: { name: 'blocked', flowId, reason: 'offered', authUrl },
  effects: [
    { type: 'remember', flowId, place: 'window' },
    { type: 'startFollowing', flowId },
  ],
})

function fail(flowId: string, failure: SignInFailure): Transition {
  return {
    state: { name: 'failed', flowId, failure },
    effects: [{ type: 'stopFollowing' }, { type: 'forget' }, { type: 'closeWindow' }],
  }
}

function missing(state: OAuthPopupState, { forMs, sandbox }: Extract<OAuthPopupEvent, { type: 'flowMissing' }>) {
  if (!(isWaiting(state) || state.name === 'away') || forMs < missingForMs) return stay(state)
  // It was there once, so it is gone for good.
  const wasSeen = state.name !== 'opening' && state.status !== undefined
  if (wasSeen) return fail(state.flowId, { code: 'not_found' })
  if (state.name === 'away') return stay(state)
  // Its form never arrived.
  return sandbox ? fail(state.flowId, sandbox) : blocked(state.flowId)
}

function read(state: Followed, flow: Flow): Transition {
  const { flowId, status } = flow
  switch (status) {
    case 'launched':
    case 'authorizing':
      if (state.name === 'cancelling') return stay(state)
      if (state.name === 'away') return stay(away(flowId, status))
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
