// What moves a sign-in. Pure: windows, network and clock are effects somebody else performs. What a click does is in
// click.machine.ts, which is loaded first. The server is the truth and windows are hints: once a form or a link went out,
// only a flow read from the proxy, or the user's own cancel, ends a sign-in.
import type { FlowStatus } from '@opsai/contract'
import { inClick, isSettled, isWaiting, launch, post, postOrAwait, settle, stay, toBlocked } from './click.machine.js'
import type {
  FlowNews,
  OAuthPopupEffect,
  OAuthPopupEvent,
  OAuthPopupState,
  SignInFailure,
  SignInLink,
  Transition,
} from './oauth-popup.types.js'

/** The proxy answers the form's POST at once: silence for this long means that no window came. */
export const missingForMs = 4_000
/** Clicks that come faster than windows do are one click. */
const reopenAfterMs = 1_000

/** Under way, and not being cancelled. */
type Followed = Extract<OAuthPopupState, { name: 'opening' | 'blocked' | 'awaitingUser' | 'away' | 'confirming' }>
type AwaitingUser = Extract<OAuthPopupState, { name: 'awaitingUser' }>
type OpenClicked = Extract<OAuthPopupEvent, { type: 'openClicked' }>

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
    case 'windowRefused':
      return inClick(state, event) ?? stay(state)
    case 'windowOpened':
      return stay(state.name === 'opening' ? waitingFor(state.flowId) : state)
    case 'windowForbidden':
      return isWaiting(state) && !wasSeen(state) ? fail(state.flowId, event.failure) : stay(state)
    case 'linkArrived':
      return state.name === 'opening' ? openOutside(event) : stay(state)
    case 'sessionArrived':
      return isWaiting(state) || state.name === 'away' ? post(state, event.isFramed) : stay(state)
    case 'startRefused':
      return isFollowed(state) && !wasSeen(state) ? fail(state.flowId, event.failure) : troubled(state, event.failure)
    case 'askRefused':
      return troubled(state, event.failure)
    case 'windowGone':
      return stay(state.name === 'awaitingUser' ? { ...state, isWindowGone: true } : state)
    case 'flowRead':
      return read(state, event.flow)
    case 'flowMissing':
      return missing(state, event)
    case 'openClicked':
      return reopen(state, event)
    case 'continueClicked':
      return continueHere(state, event)
    case 'cancelClicked':
      return isFollowed(state) ? cancel(state.flowId) : stay(state)
    case 'cancelSettled':
      return state.name === 'cancelling' ? cancelled(state.flowId, event.flow) : stay(state)
    case 'resumed':
      return isSettled(state) || state.flowId === event.flowId ? resume(state, event) : stay(state)
    case 'flowAdopted':
      return isSettled(state) ? adopt(event.flowId) : stay(state)
    case 'signInOffered':
      return isSettled(state) ? offered(event) : stay(state)
    case 'reset':
      return stay({ name: 'idle' }, { type: 'stopFollowing' }, { type: 'forget' })
  }
}

const isFollowed = (state: OAuthPopupState): state is Followed => !isSettled(state) && state.name !== 'cancelling'
/** The proxy has told of it: a form arrived, or a link was made. */
const wasSeen = (state: Followed): boolean =>
  'status' in state ? state.status !== undefined : 'link' in state && state.link !== undefined

const waitingFor = (flowId: string, status?: FlowStatus, link?: SignInLink): AwaitingUser => ({
  name: 'awaitingUser',
  flowId,
  status,
  isWindowGone: false,
  ...(link && { link }),
})
const awayFor = (flowId: string, status?: FlowStatus): OAuthPopupState => ({ name: 'away', flowId, status })
const fail = (flowId: string, failure: SignInFailure): Transition => settle({ name: 'failed', flowId, failure })

/** Nothing can be said of it at the moment, which is no end: a new session may come, and the user may cancel. */
const troubled = (state: OAuthPopupState, trouble: SignInFailure): Transition =>
  stay(isFollowed(state) ? { ...state, trouble } : state)

function openOutside({ flowId, authUrl }: { flowId: string; authUrl: string }): Transition {
  return stay(
    waitingFor(flowId, 'launched', { authUrl, opensIn: 'external' }),
    { type: 'remember', flowId, place: 'external', authUrl },
    { type: 'openUrl', url: authUrl, target: 'external' },
    { type: 'startFollowing', flowId },
  )
}

function reopen(state: OAuthPopupState, click: OpenClicked): Transition {
  if (state.name === 'blocked') return openBlocked(state, click)
  if (state.name !== 'awaitingUser') return stay(state)
  const { flowId, status, link } = state
  // What the user has typed at the provider must not be thrown away.
  if (click.isWindowOpen && status === 'authorizing') return stay(state, { type: 'focusWindow' })
  if (click.sinceMs < reopenAfterMs) return stay(state)
  return stay(waitingFor(flowId, status, link), ...(link ? [openLink(link)] : launch(flowId, click)))
}

function openBlocked({ flowId, link }: Extract<OAuthPopupState, { name: 'blocked' }>, click: OpenClicked): Transition {
  if (link) return stay(waitingFor(flowId, 'launched', link), openLink(link))
  // A fresh click: the form opens the window itself, which blockers that stop window.open let through. Following anew
  // counts the silence anew.
  const effects: OAuthPopupEffect[] = click.isSessionReady
    ? [{ type: 'postForm', flowId, target: 'blank' }]
    : launch(flowId, click)
  return stay(waitingFor(flowId), ...effects, { type: 'startFollowing', flowId })
}

const openLink = ({ authUrl, opensIn }: SignInLink): OAuthPopupEffect => ({
  type: 'openUrl',
  url: authUrl,
  target: opensIn === 'external' ? 'external' : '_blank',
})

function continueHere(state: OAuthPopupState, click: { isSessionReady: boolean }): Transition {
  const isUnheard = state.name === 'awaitingUser' && !wasSeen(state)
  if (state.name !== 'blocked' && state.name !== 'away' && !isUnheard) return stay(state)
  const { flowId } = state
  const link = state.name === 'blocked' ? state.link : undefined
  return stay(
    awayFor(flowId),
    { type: 'remember', flowId, place: 'tab' },
    link ? { type: 'openUrl', url: link.authUrl, target: '_self' } : postOrAwait(flowId, click, 'self'),
  )
}

function resume(state: OAuthPopupState, event: Extract<OAuthPopupEvent, { type: 'resumed' }>): Transition {
  const { flowId } = event
  // Whoever came back twice follows it once more, from where it is.
  return stay(isSettled(state) ? toResumed(event) : state, { type: 'startFollowing', flowId })
}

/** What a former page left was sent: where nobody knows it now, nothing of it is left to send again. */
function toResumed({ flowId, place, authUrl }: Extract<OAuthPopupEvent, { type: 'resumed' }>): OAuthPopupState {
  if (place === 'tab') return awayFor(flowId, 'launched')
  const opensIn = place === 'external' ? place : 'window'
  return waitingFor(flowId, 'launched', authUrl === undefined ? undefined : { authUrl, opensIn })
}

const adopt = (flowId: string): Transition =>
  stay(
    waitingFor(flowId, 'launched'),
    { type: 'remember', flowId, place: 'window' },
    { type: 'startFollowing', flowId },
  )

const offered = ({ flowId, authUrl }: { flowId: string; authUrl: string }): Transition =>
  stay(
    { name: 'blocked', flowId, reason: 'offered', link: { authUrl, opensIn: 'window' } },
    { type: 'remember', flowId, place: 'window', authUrl },
    { type: 'startFollowing', flowId },
  )

function missing(state: OAuthPopupState, event: Extract<OAuthPopupEvent, { type: 'flowMissing' }>): Transition {
  if (!isFollowed(state) || state.name === 'confirming' || event.forMs < missingForMs) return stay(state)
  // It was there once, so it is gone for good.
  if (wasSeen(state)) return fail(state.flowId, { code: 'not_found' })
  // Its form never arrived.
  if (!isWaiting(state)) return stay(state)
  if (event.sandbox) return fail(state.flowId, event.sandbox)
  // A window that stands there says itself what keeps it from starting.
  return event.isWindowOpen ? troubled(state, { code: 'waiting_unconfirmed' }) : stay(toBlocked(state))
}

function read(state: OAuthPopupState, flow: FlowNews): Transition {
  if (isSettled(state) || state.flowId !== flow.flowId) return stay(state)
  const { flowId, status, sourceId, error } = flow
  if (status === 'completed' && sourceId) return settle({ name: 'authorized', flowId, sourceId })
  // A cancel has its own answer coming.
  if (state.name === 'cancelling') return stay(state)
  switch (status) {
    case 'launched':
    case 'authorizing':
      return stay(atProvider(state, status))
    case 'returned':
    case 'confirmed':
    case 'creating':
      return stay({ name: 'confirming', flowId, status })
    default: {
      const code = status === 'completed' || status === 'failed' ? 'internal' : status
      return fail(flowId, { code, ...error, ...(sourceId && { sourceId }) })
    }
  }
}

function atProvider(state: Followed, status: FlowStatus): OAuthPopupState {
  const { flowId } = state
  if (state.name === 'away') return awayFor(flowId, status)
  // The proxy made this one, so that it knows it means nothing: nobody has opened it yet.
  if (state.name === 'blocked' && state.link && status === 'launched') return state
  const waiting = waitingFor(flowId, status, 'link' in state ? state.link : undefined)
  return state.name === 'awaitingUser' ? { ...waiting, isWindowGone: state.isWindowGone } : waiting
}

const cancel = (flowId: string): Transition =>
  stay({ name: 'cancelling', flowId }, { type: 'closeWindow' }, { type: 'cancelFlow', flowId })

function cancelled(flowId: string, flow: FlowNews | undefined): Transition {
  const status = flow?.status
  // The user was too late: a source exists or is being made, so say so rather than hide it.
  if (flow && status === 'completed') return read({ name: 'cancelling', flowId }, flow)
  if (status === 'confirmed' || status === 'creating') return stay({ name: 'confirming', flowId, status })
  return settle({ name: 'idle' })
}
