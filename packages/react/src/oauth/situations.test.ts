// Every situation a sign-in can get into, by name: each ends in a state with a way on.
import type { Flow, FlowStatus } from '@opsai/contract'
import { expect, test } from 'vitest'
import { missingForMs, transition } from './oauth-popup.machine.js'
import type { OAuthPopupEffect, OAuthPopupEvent, OAuthPopupState } from './oauth-popup.types.js'

const flowId = 'AAAAAAAAAAAAAAAAAAAAAA'
const now = { isFramed: false, isSessionReady: true }
const click: OAuthPopupEvent = { type: 'signInClicked', flowId, place: 'window', ...now }
const framedClick: OAuthPopupEvent = { ...click, isFramed: true }
const tabClick: OAuthPopupEvent = { ...click, place: 'tab' }
const otherClick: OAuthPopupEvent = { ...click, flowId: 'BBBBBBBBBBBBBBBBBBBBBB' }
const opened: OAuthPopupEvent = { type: 'windowOpened' }
const refused: OAuthPopupEvent = { type: 'windowRefused' }
const gone: OAuthPopupEvent = { type: 'windowGone' }
const open: OAuthPopupEvent = { type: 'openClicked', isWindowOpen: false, sinceMs: 60_000, ...now }
const openAtOnce: OAuthPopupEvent = { ...open, sinceMs: 200 }
const openAtProvider: OAuthPopupEvent = { ...open, isWindowOpen: true }
const stay: OAuthPopupEvent = { type: 'continueClicked', isSessionReady: true }
const cancel: OAuthPopupEvent = { type: 'cancelClicked' }
const unheard: OAuthPopupEvent = { type: 'flowMissing', forMs: missingForMs }
const unheardInSandbox: OAuthPopupEvent = { ...unheard, sandbox: { code: 'sandboxed_frame' } }
const noSession: OAuthPopupEvent = { type: 'startRefused', failure: { code: 'session_expired' } }
const lostSession: OAuthPopupEvent = { type: 'askRefused', failure: { code: 'session_expired' } }
const outside: OAuthPopupEvent = { ...click, place: 'external' }
const authUrl = 'https://proxy/x'
const linked: OAuthPopupEvent = { type: 'linkArrived', flowId, authUrl }
const offered: OAuthPopupEvent = { type: 'signInOffered', flowId, authUrl }
const adopted: OAuthPopupEvent = { type: 'flowAdopted', flowId }
const inFrame: OAuthPopupEvent = { type: 'windowForbidden', failure: { code: 'sandboxed_frame' } }
const reloaded: OAuthPopupEvent = { type: 'resumed', flowId, place: 'window' }
const cameBack: OAuthPopupEvent = { type: 'resumed', flowId, place: 'tab' }
const reloadedOutside: OAuthPopupEvent = { type: 'resumed', flowId, place: 'external', authUrl }

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
  [
    'a window that shows what keeps it from starting',
    [click, opened, { ...unheard, isWindowOpen: true }],
    { name: 'awaitingUser', trouble: { code: 'waiting_unconfirmed' } },
  ],
  [
    'a window that shows nothing: on in this tab',
    [click, opened, { ...unheard, isWindowOpen: true }, stay],
    { name: 'away' },
  ],
  ['a window the proxy has heard of: the tab stays', [click, opened, says('launched'), stay], { name: 'awaitingUser' }],
  ['severed but open: the proxy heard of it', [click, refused, says('launched')], { name: 'awaitingUser' }],
  ['severed but open: finished', [framedClick, gone, says('completed')], authorized],
  ['a frame without allow-forms', [framedClick, inFrame], failed('sandboxed_frame')],
  [
    'a frame with a sandbox, and the proxy heard of it',
    [framedClick, says('launched'), inFrame],
    { name: 'awaitingUser' },
  ],
  ['a frame without allow-popups', [framedClick, unheardInSandbox], failed('sandboxed_frame')],
  ['a frame with a sandbox, and a window', [framedClick, says('launched'), unheardInSandbox], failed('not_found')],
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
  ['no session to start with', [click, opened, noSession], failed('session_expired')],
  [
    'lost session while waiting: it goes on, and says so',
    [click, opened, says('authorizing'), lostSession],
    { name: 'awaitingUser', trouble: { code: 'session_expired' } },
  ],
  [
    'lost session, found again',
    [click, opened, lostSession, says('creating')],
    { name: 'confirming', status: 'creating' },
  ],
  ['lost session, found again at the end', [click, opened, lostSession, says('completed')], authorized],
  [
    'lost session while it is made',
    [click, opened, says('creating'), lostSession],
    { name: 'confirming', trouble: { code: 'session_expired' } },
  ],
  ['lost session, blocked', [click, refused, lostSession], { name: 'blocked', trouble: { code: 'session_expired' } }],
  ['lost session at a second form', [click, opened, says('launched'), open, noSession], { name: 'awaitingUser' }],
  ['lost session, then cancelled', [click, opened, cancel, lostSession], { name: 'cancelling' }],
  ['cancelled', [click, opened, cancel, { type: 'cancelSettled', flow: toFlow('cancelled') }], { name: 'idle' }],
  ['cancelled too late', [click, opened, cancel, { type: 'cancelSettled', flow: toFlow('completed') }], authorized],
  [
    'cancelled too late: it is being made',
    [click, opened, cancel, { type: 'cancelSettled', flow: toFlow('creating') }],
    { name: 'confirming', status: 'creating' },
  ],
  ['cancelled, and heard of the end first', [click, opened, cancel, says('completed')], authorized],
  ['cancelled, and heard of it meanwhile', [click, opened, cancel, says('authorizing')], { name: 'cancelling' }],
  ['cancelled offline', [click, opened, cancel, { type: 'cancelSettled', flow: undefined }], { name: 'idle' }],
  ['expired', [click, opened, says('expired')], failed('expired')],
  ['in this tab: come back, done', [cameBack, says('creating'), says('completed')], authorized],
  ['in this tab: come back, denied', [cameBack, says('denied')], failed('denied')],
  ['in this tab: gone back by the button', [cameBack, says('authorizing')], { name: 'away', status: 'authorizing' }],
  ['in this tab: gone back, on again', [cameBack, says('authorizing'), stay], { name: 'away' }],
  ['in this tab: nobody knows it any more', [cameBack, unheard], failed('not_found')],
  ['in this tab: a slow proxy', [tabClick, unheard], { name: 'away' }],
  ['in this tab: no session to leave with', [tabClick, noSession], failed('session_expired')],
  ['outside: waits for the link', [outside], { name: 'opening' }],
  ['outside: opened', [outside, linked], { name: 'awaitingUser', link: { authUrl, opensIn: 'external' } }],
  ['outside: done', [outside, linked, says('authorizing'), says('completed')], authorized],
  [
    'outside: the link is kept while it goes on',
    [outside, linked, says('authorizing')],
    { name: 'awaitingUser', status: 'authorizing', link: { authUrl, opensIn: 'external' } },
  ],
  ['outside: no link', [outside, { type: 'startRefused', failure: upstream }], { name: 'failed', failure: upstream }],
  ['outside: cancelled before the link came', [outside, cancel, linked], { name: 'cancelling' }],
  ['outside: the app could not open it', [outside, linked, refused], { name: 'blocked', link: { authUrl } }],
  ['outside: opened at the second try', [outside, linked, refused, open], { name: 'awaitingUser', link: { authUrl } }],
  ['outside: reload', [reloadedOutside], { name: 'awaitingUser', link: { authUrl, opensIn: 'external' } }],
  ['outside: gone for good', [outside, linked, unheard], failed('not_found')],
  ['offered: nobody has opened it yet', [offered, says('launched')], { name: 'blocked', reason: 'offered' }],
  ['offered: opened by its link elsewhere', [offered, says('authorizing')], { name: 'awaitingUser' }],
  ['another tab has one: gone on with here', [adopted, says('authorizing')], { name: 'awaitingUser', flowId }],
  ['another tab has one: finished there', [adopted, says('completed')], authorized],
  ['another tab has one: not while one is under way here', [otherClick, adopted], { flowId: 'BBBBBBBBBBBBBBBBBBBBBB' }],
  [
    'signed in again: refused by its test',
    [click, says('failed', { error: upstream, sourceId: 'src_1' })],
    { name: 'failed', failure: { ...upstream, sourceId: 'src_1' } },
  ],
  [
    'an end without a source is no success',
    [click, opened, says('completed', { sourceId: undefined })],
    failed('internal'),
  ],
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
  const { effects } = transition(play([offered]).state, stay)
  expect(effects).toContainEqual({ type: 'openUrl', url: authUrl, target: '_self' })
})

test('twenty fast clicks on "Reopen" open one window more', () => {
  const waiting = play([click, opened, says('launched')]).state
  expect(transition(waiting, open).effects.map(({ type }) => type)).toEqual(['openWindow', 'postForm'])
  expect(transition(waiting, openAtOnce)).toEqual({ state: waiting, effects: [] })
})

test('outside: opened again by the same link, and never as a window of this page', () => {
  const { effects } = transition(play([outside, linked, says('authorizing')]).state, open)
  expect(effects).toEqual([{ type: 'openUrl', url: authUrl, target: 'external' }])
})

test('a flow taken over is remembered here, so that a reload goes on with it', () => {
  expect(play([adopted]).effects).toEqual([
    { type: 'remember', flowId, place: 'window' },
    { type: 'startFollowing', flowId },
  ])
})
