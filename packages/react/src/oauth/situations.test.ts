// Every situation a sign-in can get into, by name: each ends in a state with a way on.
import type { Flow, FlowStatus } from '@opsai/contract'
import { expect, test } from 'vitest'
import {
  missingForMs,
  type OAuthPopupEffect,
  type OAuthPopupEvent,
  type OAuthPopupState,
  transition,
} from './oauth-popup.machine.js'

const flowId = 'AAAAAAAAAAAAAAAAAAAAAA'
const now = { isFramed: false, isSessionReady: true }
const click: OAuthPopupEvent = { type: 'signInClicked', flowId, place: 'window', ...now }
const framedClick: OAuthPopupEvent = { ...click, isFramed: true }
const tabClick: OAuthPopupEvent = { ...click, place: 'tab' }
const otherClick: OAuthPopupEvent = { ...click, flowId: 'BBBBBBBBBBBBBBBBBBBBBB' }
const opened: OAuthPopupEvent = { type: 'windowOpened' }
const refused: OAuthPopupEvent = { type: 'windowRefused' }
const gone: OAuthPopupEvent = { type: 'windowGone' }
const open: OAuthPopupEvent = { type: 'openClicked', isWindowOpen: false, ...now }
const openAtProvider: OAuthPopupEvent = { ...open, isWindowOpen: true }
const stay: OAuthPopupEvent = { type: 'continueClicked', isSessionReady: true }
const cancel: OAuthPopupEvent = { type: 'cancelClicked' }
const unheard: OAuthPopupEvent = { type: 'flowMissing', forMs: missingForMs }
const unheardInSandbox: OAuthPopupEvent = { ...unheard, sandbox: { code: 'sandboxed_frame' } }
const lostSession: OAuthPopupEvent = { type: 'sessionRefused', failure: { code: 'session_expired' } }
const reloaded: OAuthPopupEvent = { type: 'resumed', flowId, place: 'window' }
const cameBack: OAuthPopupEvent = { type: 'resumed', flowId, place: 'tab' }

const toFlow = (status: FlowStatus, parts: Partial<Flow> = {}): Flow => ({
  flowId,
  sourceType: 'hubspot',
  status,
  expiresAt: '2026-01-01T00:00:00Z',
  ...(status === 'completed' && { sourceId: 'src_1' }),
  ...parts,
})
const says = (status: FlowStatus, parts?: Partial<Flow>): OAuthPopupEvent => ({
  type: 'flowRead',
  flow: toFlow(status, parts),
})
const upstream = { code: 'upstream_unavailable', displayMessage: 'HubSpot is busy.' } as const

function play(events: OAuthPopupEvent[]): { state: OAuthPopupState; effects: OAuthPopupEffect[] } {
  let state: OAuthPopupState = { name: 'idle' }
  const effects: OAuthPopupEffect[] = []
  for (const event of events) {
    const next = transition(state, event)
    state = next.state
    effects.push(...next.effects)
  }
  return { state, effects }
}

const authorized = { name: 'authorized', sourceId: 'src_1' }
const failed = (code: string) => ({ name: 'failed', failure: { code } })

test.each<[situation: string, events: OAuthPopupEvent[], state: object]>([
  ['blocked', [click, refused], { name: 'blocked', reason: 'popup_blocked' }],
  ['blocked, then opened by a second click', [click, refused, open, says('authorizing')], { name: 'awaitingUser' }],
  ['blocked, then on in this tab', [click, refused, stay, says('launched')], { name: 'away', status: 'launched' }],
  ['severed but open: the proxy heard of it', [click, refused, says('launched')], { name: 'awaitingUser' }],
  ['severed but open: finished', [framedClick, gone, says('completed')], authorized],
  ['a frame without allow-forms', [{ ...click, sandbox: { code: 'sandboxed_frame' } }], failed('sandboxed_frame')],
  ['a frame without allow-popups', [framedClick, unheardInSandbox], failed('sandboxed_frame')],
  ['a frame with a sandbox, and a window', [framedClick, says('launched'), unheardInSandbox], failed('not_found')],
  ['a frame never leaves', [{ ...framedClick, place: 'tab' }], { name: 'opening' }],
  ['closed', [click, opened, says('authorizing'), gone], { name: 'awaitingUser', isWindowGone: true }],
  ['closed, finished late', [click, opened, says('authorizing'), gone, says('completed')], authorized],
  ['denied', [click, opened, says('denied')], failed('denied')],
  ['provider error', [click, opened, says('provider_error')], failed('provider_error')],
  ['error of Airbyte', [click, opened, says('failed', { error: upstream })], { name: 'failed', failure: upstream }],
  ['tried again after a denial', [click, opened, says('denied'), click], { name: 'opening' }],
  ['double click', [click, otherClick], { name: 'opening', flowId }],
  ['double click on the second try', [click, refused, open, open], { name: 'awaitingUser', flowId }],
  [
    'two tabs: another flow',
    [click, opened, says('completed', { flowId: 'BBBBBBBBBBBBBBBBBBBBBB' })],
    { name: 'awaitingUser' },
  ],
  ['two tabs: the same flow, ended in the other', [reloaded, says('cancelled')], failed('cancelled')],
  ['host reload', [reloaded, says('authorizing')], { name: 'awaitingUser', flowId, status: 'authorizing' }],
  ['host reload after the end', [reloaded, says('completed')], authorized],
  ['host reload before the form arrived', [reloaded, unheard], failed('not_found')],
  [
    'popup reload',
    [click, opened, says('authorizing'), says('launched')],
    { name: 'awaitingUser', status: 'launched' },
  ],
  ['lost session while waiting', [click, opened, says('authorizing'), lostSession], failed('session_expired')],
  ['lost session while it is made', [click, opened, says('creating'), lostSession], failed('session_expired')],
  ['lost session, blocked', [click, refused, lostSession], failed('session_expired')],
  ['lost session, then cancelled', [click, opened, cancel, lostSession], { name: 'cancelling' }],
  ['cancelled', [click, opened, cancel, { type: 'cancelSettled', flow: toFlow('cancelled') }], { name: 'idle' }],
  ['cancelled too late', [click, opened, cancel, { type: 'cancelSettled', flow: toFlow('completed') }], authorized],
  ['cancelled offline', [click, opened, cancel, { type: 'cancelSettled', flow: undefined }], { name: 'idle' }],
  ['expired', [click, opened, says('expired')], failed('expired')],
  ['in this tab: come back, done', [cameBack, says('creating'), says('completed')], authorized],
  ['in this tab: come back, denied', [cameBack, says('denied')], failed('denied')],
  ['in this tab: gone back by the button', [cameBack, says('authorizing')], { name: 'away', status: 'authorizing' }],
  ['in this tab: gone back, on again', [cameBack, says('authorizing'), stay], { name: 'away' }],
  ['in this tab: nobody knows it any more', [cameBack, unheard], failed('not_found')],
  ['in this tab: a slow proxy', [tabClick, unheard], { name: 'away' }],
])('%s', (_, events, state) => {
  expect(play(events).state).toMatchObject(state)
})

test('reopening brings the window to the front while the user types in it, and posts again before', () => {
  const waiting = [click, opened, says('authorizing')]
  expect(transition(play(waiting).state, openAtProvider).effects).toEqual([{ type: 'focusWindow' }])
  expect(transition(play([click, opened, says('launched')]).state, openAtProvider).effects[0]?.type).toBe('openWindow')
  expect(transition(play([...waiting, gone]).state, open).effects[0]?.type).toBe('openWindow')
})

test('in this tab: remembers the way back, and opens nothing', () => {
  expect(play([tabClick]).effects).toEqual([
    { type: 'remember', flowId, place: 'tab' },
    { type: 'postForm', flowId, target: 'self' },
    { type: 'startFollowing', flowId },
  ])
  const late = play([
    { ...tabClick, isSessionReady: false },
    { type: 'sessionArrived', isFramed: false },
  ])
  expect(late.effects.at(-1)).toEqual({ type: 'postForm', flowId, target: 'self' })
})

test('a sign-in the proxy asks for goes on in this tab too', () => {
  const offered: OAuthPopupEvent = { type: 'signInOffered', flowId, authUrl: 'https://proxy/x' }
  const { effects } = transition(play([offered]).state, stay)
  expect(effects).toContainEqual({ type: 'openUrl', url: 'https://proxy/x', target: '_self' })
})
