import { type Flow, type FlowStatus, FlowStatus as FlowStatusSchema, finalFlowStatuses } from '@opsai/contract'
import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { inClick } from './click.machine.js'
import { missingForMs, transition } from './oauth-popup.machine.js'
import type { OAuthPopupEvent, OAuthPopupState } from './oauth-popup.types.js'

const flowId = 'AAAAAAAAAAAAAAAAAAAAAA'
const click = { isFramed: false, isSessionReady: true }
const first = { ...click, place: 'window' as const }
const again = { ...click, isWindowOpen: false, sinceMs: 60_000 }
const flowAt = (status: FlowStatus): Flow => ({
  flowId,
  sourceType: 'hubspot',
  status,
  expiresAt: '2026-01-01T00:00:00Z',
  ...(status === 'completed' && { sourceId: 'src_1' }),
})
const waiting: OAuthPopupState = { name: 'awaitingUser', flowId, status: 'authorizing', isWindowGone: false }
const effectsOf = (state: OAuthPopupState, event: OAuthPopupEvent) =>
  transition(state, event).effects.map(({ type }) => type)

describe('the click opens everything at once, with nothing awaited', () => {
  const at = (given: Partial<typeof click>) =>
    transition({ name: 'idle' }, { type: 'signInClicked', flowId, ...first, ...given }).effects

  test('at top level: a named window, then the form into it', () => {
    expect(at({})).toEqual([
      { type: 'remember', flowId, place: 'window' },
      { type: 'openWindow', flowId },
      { type: 'postForm', flowId, target: 'named' },
      { type: 'startFollowing', flowId },
    ])
  })
  test('in a frame: the form opens its own window', () => {
    expect(at({ isFramed: true })).toEqual([
      { type: 'remember', flowId, place: 'window' },
      { type: 'postForm', flowId, target: 'blank' },
      { type: 'startFollowing', flowId },
    ])
  })
  test('without a session: the window first, the form when the session is there', () => {
    expect(at({ isSessionReady: false }).map(({ type }) => type)).toEqual([
      'remember',
      'openWindow',
      'awaitSession',
      'startFollowing',
    ])
    expect(transition({ name: 'opening', flowId }, { type: 'sessionArrived', isFramed: false }).effects).toEqual([
      { type: 'postForm', flowId, target: 'named' },
    ])
  })
  test('an external browser: nothing is opened before the proxy has given a link', () => {
    expect(transition({ name: 'idle' }, { type: 'signInClicked', flowId, ...click, place: 'external' })).toEqual({
      state: { name: 'opening', flowId },
      effects: [{ type: 'requestLink' }],
    })
    const link = { authUrl: 'https://proxy/x', opensIn: 'external' }
    expect(
      transition({ name: 'opening', flowId }, { type: 'linkArrived', flowId: 'made', authUrl: link.authUrl }),
    ).toEqual({
      state: { name: 'awaitingUser', flowId: 'made', status: 'launched', isWindowGone: false, link },
      effects: [
        { type: 'remember', flowId: 'made', place: 'external', authUrl: link.authUrl },
        { type: 'openUrl', url: link.authUrl, target: 'external' },
        { type: 'startFollowing', flowId: 'made' },
      ],
    })
  })
  test('a second click while one is under way does nothing', () => {
    expect(effectsOf(waiting, { type: 'signInClicked', flowId: 'other', ...first })).toEqual([])
  })
})

describe('what the proxy says is what is so', () => {
  test.each([
    ['launched', 'awaitingUser'],
    ['authorizing', 'awaitingUser'],
    ['returned', 'confirming'],
    ['confirmed', 'confirming'],
    ['creating', 'confirming'],
    ['completed', 'authorized'],
    ['denied', 'failed'],
    ['provider_error', 'failed'],
    ['cancelled', 'failed'],
    ['expired', 'failed'],
    ['browser_mismatch', 'failed'],
    ['user_mismatch', 'failed'],
    ['context_mismatch', 'failed'],
    ['failed', 'failed'],
  ] as const)('%s → %s', (status, name) => {
    expect(transition(waiting, { type: 'flowRead', flow: flowAt(status) }).state.name).toBe(name)
  })

  test('an end stops the asking, forgets the flow and closes the window', () => {
    for (const status of finalFlowStatuses) {
      expect(effectsOf(waiting, { type: 'flowRead', flow: flowAt(status) })).toEqual([
        'stopFollowing',
        'forget',
        'closeWindow',
      ])
    }
  })

  test('news of another flow is not news', () => {
    const flow = { ...flowAt('completed'), flowId: 'BBBBBBBBBBBBBBBBBBBBBB' }
    expect(transition(waiting, { type: 'flowRead', flow }).state).toBe(waiting)
  })
})

describe('a closed window decides nothing', () => {
  const gone = transition(waiting, { type: 'windowGone' }).state

  test('it is only remembered', () => {
    expect(gone).toEqual({ ...waiting, isWindowGone: true })
    expect(transition(gone, { type: 'flowRead', flow: flowAt('authorizing') }).state).toEqual(gone)
  })
  test('a late success still lands', () => {
    expect(transition(gone, { type: 'flowRead', flow: flowAt('completed') }).state).toMatchObject({
      name: 'authorized',
      sourceId: 'src_1',
    })
  })
  test('the user may open it again', () => {
    expect(effectsOf(gone, { type: 'openClicked', ...again })).toEqual(['openWindow', 'postForm'])
  })
})

describe('a blocked window', () => {
  const blocked = transition({ name: 'opening', flowId }, { type: 'windowRefused' }).state

  test('is known before the rest of the machine is there', () => {
    expect(inClick({ name: 'opening', flowId }, { type: 'windowRefused' })?.state).toEqual(blocked)
    expect(inClick(waiting, { type: 'flowRead', flow: flowAt('completed') })).toBeUndefined()
  })
  test('asks for one more click, whose form opens the window itself', () => {
    expect(blocked).toMatchObject({ name: 'blocked', reason: 'popup_blocked' })
    expect(transition(blocked, { type: 'openClicked', ...again }).effects).toEqual([
      { type: 'postForm', flowId, target: 'blank' },
      { type: 'startFollowing', flowId },
    ])
  })
  test('is what silence means too: nobody at the proxy has heard of the flow', () => {
    const unheard: OAuthPopupState = { name: 'awaitingUser', flowId, status: undefined, isWindowGone: false }
    expect(transition(unheard, { type: 'flowMissing', forMs: missingForMs - 1 }).state).toBe(unheard)
    expect(transition(unheard, { type: 'flowMissing', forMs: missingForMs }).state.name).toBe('blocked')
    expect(transition(waiting, { type: 'flowMissing', forMs: missingForMs }).state.name).toBe('failed')
  })
})

test('a cancel that came too late still shows what was connected', () => {
  const { state } = transition(waiting, { type: 'cancelClicked' })
  expect(transition(state, { type: 'cancelSettled', flow: flowAt('completed') }).state.name).toBe('authorized')
  expect(transition(state, { type: 'cancelSettled', flow: flowAt('cancelled') }).state.name).toBe('idle')
  expect(transition(state, { type: 'cancelSettled', flow: undefined }).state.name).toBe('idle')
})

test('a sign-in the proxy asks for waits for a click', () => {
  const { state } = transition({ name: 'idle' }, { type: 'signInOffered', flowId, authUrl: 'https://proxy/x' })
  expect(transition(state, { type: 'openClicked', ...again }).effects).toEqual([
    { type: 'openUrl', url: 'https://proxy/x', target: '_blank' },
  ])
})

const anyEvent: fc.Arbitrary<OAuthPopupEvent> = fc.oneof(
  fc.record({
    type: fc.constant('signInClicked' as const),
    flowId: fc.constant(flowId),
    place: fc.constantFrom('window' as const, 'tab' as const, 'external' as const),
    isFramed: fc.boolean(),
    isSessionReady: fc.boolean(),
  }),
  fc.record({
    type: fc.constant('openClicked' as const),
    isWindowOpen: fc.boolean(),
    sinceMs: fc.nat(5_000),
    isFramed: fc.boolean(),
    isSessionReady: fc.boolean(),
  }),
  fc.record({ type: fc.constant('continueClicked' as const), isSessionReady: fc.boolean() }),
  fc.constantFrom<OAuthPopupEvent>(
    { type: 'windowOpened' },
    { type: 'windowRefused' },
    { type: 'sessionArrived', isFramed: false },
    { type: 'startRefused', failure: { code: 'session_expired' } },
    { type: 'askRefused', failure: { code: 'session_expired' } },
    { type: 'windowForbidden', failure: { code: 'sandboxed_frame' } },
    { type: 'linkArrived', flowId, authUrl: 'https://proxy/x' },
    { type: 'flowAdopted', flowId },
    { type: 'windowGone' },
    { type: 'cancelClicked' },
    { type: 'cancelSettled', flow: undefined },
    { type: 'resumed', flowId, place: 'window' },
    { type: 'resumed', flowId, place: 'tab' },
    { type: 'resumed', flowId, place: 'external', authUrl: 'https://proxy/x' },
    { type: 'signInOffered', flowId, authUrl: 'https://proxy/x' },
    { type: 'reset' },
  ),
  fc.record({ type: fc.constant('flowMissing' as const), forMs: fc.nat(10_000) }),
  fc.constantFrom(...FlowStatusSchema.options).map((status) => ({ type: 'flowRead' as const, flow: flowAt(status) })),
)

/** Ends that are no word of the proxy's: nothing was sent, or nobody there knows of it. */
const endsBefore = ['startRefused', 'windowForbidden', 'flowMissing']

test('any events in any order: only the proxy and the user end a sign-in, and every end forgets the flow', () => {
  fc.assert(
    fc.property(fc.array(anyEvent, { maxLength: 30 }), (events) => {
      let state: OAuthPopupState = { name: 'idle' }
      for (const event of events) {
        const next = transition(state, event)
        const types = next.effects.map(({ type }) => type)
        if (next.state.name === 'authorized' && state.name !== 'authorized') {
          expect(event).toMatchObject({ type: 'flowRead', flow: { status: 'completed' } })
        }
        const hasEnded = next.state !== state && ['authorized', 'failed'].includes(next.state.name)
        if (hasEnded) expect(types).toContain('forget')
        if (hasEnded && event.type !== 'flowRead') expect(endsBefore).toContain(event.type)
        if (hasEnded && event.type === 'startRefused') expect('status' in state && state.status).toBeFalsy()
        if (next.state.name === 'idle' && state.name !== 'idle') {
          expect(['cancelSettled', 'reset']).toContain(event.type)
          expect(types).toEqual(expect.arrayContaining(['forget', 'stopFollowing']))
        }
        expect(types.filter((type) => type === 'openWindow').length).toBeLessThanOrEqual(1)
        expect(types.filter((type) => type === 'postForm').length).toBeLessThanOrEqual(1)
        state = next.state
      }
    }),
    { numRuns: 500 },
  )
})
