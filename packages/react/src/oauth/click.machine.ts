// The part of a sign-in's machine that is loaded before any click: what the click itself does. Pure.
import type { Click, OAuthPopupEffect, OAuthPopupEvent, OAuthPopupState, Transition } from './oauth-popup.types.js'

type Settled = Extract<OAuthPopupState, { name: 'idle' | 'authorized' | 'failed' }>

/** Nothing is under way: a new sign-in may start. */
export const isSettled = (state: OAuthPopupState): state is Settled => /idle|authorized|failed/.test(state.name)

export const isWaiting = (
  state: OAuthPopupState,
): state is Extract<OAuthPopupState, { name: 'opening' | 'awaitingUser' }> => /opening|awaitingUser/.test(state.name)

export const stay = (state: OAuthPopupState, ...effects: OAuthPopupEffect[]): Transition => ({ state, effects })

/** What happens next, where a click decides it; the rest of the machine decides the rest. */
export function inClick(state: OAuthPopupState, event: OAuthPopupEvent): Transition | undefined {
  if (event.type === 'signInClicked') return isSettled(state) ? open(event) : stay(state)
  if (event.type === 'windowRefused') return stay(isWaiting(state) ? toBlocked(state) : state)
  return undefined
}

function open({ flowId, place, ...click }: Extract<OAuthPopupEvent, { type: 'signInClicked' }>): Transition {
  const opening = { name: 'opening', flowId } as const
  if (place === 'external') return stay(opening, { type: 'requestLink' })
  const isTab = place === 'tab'
  return stay(
    isTab ? { name: 'away', flowId, status: undefined } : opening,
    { type: 'remember', flowId, place },
    ...(isTab ? [postOrAwait(flowId, click, 'self')] : launch(flowId, click)),
    { type: 'startFollowing', flowId },
  )
}

export function launch(flowId: string, click: Click): OAuthPopupEffect[] {
  // In a frame a named window opened first is dead or doubled in some engines; a form to _blank is not.
  if (click.isFramed) return [postOrAwait(flowId, click, 'blank')]
  return [{ type: 'openWindow', flowId }, postOrAwait(flowId, click, 'named')]
}

export const postOrAwait = (
  flowId: string,
  { isSessionReady }: Pick<Click, 'isSessionReady'>,
  target: 'named' | 'blank' | 'self',
): OAuthPopupEffect => (isSessionReady ? { type: 'postForm', flowId, target } : { type: 'awaitSession' })

/** The form, once there is a session for it. */
export const post = (state: Exclude<OAuthPopupState, Settled>, isFramed: boolean): Transition =>
  stay(state, {
    type: 'postForm',
    flowId: state.flowId,
    target: state.name === 'away' ? 'self' : isFramed ? 'blank' : 'named',
  })

export function toBlocked(state: Extract<OAuthPopupState, { name: 'opening' | 'awaitingUser' }>): OAuthPopupState {
  const { flowId } = state
  return { name: 'blocked', flowId, reason: 'popup_blocked', ...('link' in state && { link: state.link }) }
}

/** An end: nobody asks any more, and nothing is left to come back to. */
export const settle = (state: Settled, ...effects: OAuthPopupEffect[]): Transition =>
  stay(state, { type: 'stopFollowing' }, { type: 'forget' }, { type: 'closeWindow' }, ...effects)
