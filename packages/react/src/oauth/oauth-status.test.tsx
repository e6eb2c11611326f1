// Every state of a sign-in, by role and text: what it says, the way on, and whether everybody can read it.
import { screen } from '@testing-library/react'
import { expect, test, vi } from 'vitest'
import { expectAccessible } from '../test/a11y.js'
import { render } from '../test/render.js'
import type { OAuthPopupState, SignInFailure } from './oauth-popup.types.js'
import { OAuthStatus, type OAuthStatusProps } from './oauth-status.js'

const flowId = 'AAAAAAAAAAAAAAAAAAAAAA'
const link = { authUrl: 'https://proxy.example/start', opensIn: 'external' } as const
const trouble = { code: 'session_expired' } as const
const waiting = { name: 'awaitingUser', flowId, status: 'authorizing', isWindowGone: false } as const
const failed = (failure: SignInFailure): OAuthPopupState => ({ name: 'failed', flowId, failure })

function show(state: OAuthPopupState, props: Partial<OAuthStatusProps> = {}) {
  const on = {
    onSignIn: vi.fn(),
    onReopen: vi.fn(),
    onContinueHere: vi.fn(),
    onCancel: vi.fn(),
    onShowExisting: vi.fn(),
  }
  return { ...on, ...render(<OAuthStatus state={state} name="HubSpot" {...on} {...props} />) }
}
const buttons = () => screen.queryAllByRole('button').map(({ textContent }) => textContent)

test.each<[string, OAuthPopupState, Partial<OAuthStatusProps>, RegExp, string[]]>([
  ['before', { name: 'idle' }, {}, /HubSpot opens in its own window/, ['Sign in to HubSpot']],
  [
    'before, here',
    { name: 'idle' },
    { place: 'tab' },
    /in this tab, and you come back.*Secrets you typed here are not kept/,
    ['Sign in to HubSpot'],
  ],
  ['before, outside', { name: 'idle' }, { place: 'external' }, /HubSpot opens in your browser/, ['Sign in to HubSpot']],
  ['before, again', { name: 'idle' }, { purpose: 'again' }, /Sign in again/, ['Sign in again']],
  ['opening', { name: 'opening', flowId }, {}, /Opening HubSpot/, ['Cancel']],
  ['waiting', waiting, {}, /Finish signing in to HubSpot in the other window\./, ['Reopen window', 'Cancel']],
  ['waiting outside', { ...waiting, link }, {}, /in your browser, then come back here\./, ['Open again', 'Cancel']],
  ['window gone', { ...waiting, isWindowGone: true }, {}, /Finished at HubSpot\?/, ['Reopen window', 'Cancel']],
  [
    'waiting, session lost',
    { ...waiting, trouble },
    {},
    /Your session ended\. .*this goes on by itself then\..*Finish signing in/,
    ['Reopen window', 'Cancel'],
  ],
  [
    'waiting, nothing came',
    { ...waiting, status: undefined, trouble: { code: 'waiting_unconfirmed' } },
    {},
    /Nothing has come from the sign-in window yet\./,
    ['Reopen window', 'Continue in this tab', 'Cancel'],
  ],
  [
    'blocked',
    { name: 'blocked', flowId, reason: 'popup_blocked' },
    {},
    /Your browser blocked the sign-in window/,
    ['Open sign-in', 'Continue in this tab', 'Cancel'],
  ],
  [
    'blocked outside',
    { name: 'blocked', flowId, reason: 'popup_blocked', link },
    {},
    /Your browser could not be opened/,
    ['Open sign-in', 'Continue in this tab', 'Cancel'],
  ],
  [
    'offered',
    { name: 'blocked', flowId, reason: 'offered', link },
    {},
    /HubSpot needs you to sign in/,
    ['Open sign-in', 'Continue in this tab', 'Cancel'],
  ],
  ['away', { name: 'away', flowId, status: 'authorizing' }, {}, /in this tab\./, ['Continue in this tab', 'Cancel']],
  [
    'back, and nobody has said yet who it was',
    { name: 'confirming', flowId, status: 'returned' },
    {},
    /Signed in\. Setting up the connection\./,
    ['Cancel'],
  ],
  ['finishing', { name: 'confirming', flowId, status: 'creating' }, {}, /Signed in\. Setting up the connection\./, []],
  [
    'finishing, again',
    { name: 'confirming', flowId, status: 'creating' },
    { purpose: 'again' },
    /Signed in\. Testing/,
    [],
  ],
  ['cancelling', { name: 'cancelling', flowId }, {}, /Cancelling/, []],
  ['done', { name: 'authorized', flowId, sourceId: 's' }, {}, /Signed in to HubSpot/, []],
  [
    'done, again',
    { name: 'authorized', flowId, sourceId: 's' },
    { purpose: 'again' },
    /Signed in to HubSpot again/,
    [],
  ],
  [
    'denied',
    failed({ code: 'denied' }),
    {},
    /You are not signed in yet.*Nothing was connected\. Try again/,
    ['Try again'],
  ],
  [
    'denied, again',
    failed({ code: 'denied' }),
    { purpose: 'again' },
    /not signed in again yet.*Nothing was changed\./,
    ['Try again'],
  ],
  [
    'refused by its test',
    failed({ code: 'check_failed', displayMessage: 'Signed in, but HubSpot refused the test: “403”.' }),
    {},
    /the test failed.*refused the test: “403”/,
    ['Try again'],
  ],
  [
    'failed on our side',
    failed({ code: 'internal' }),
    {},
    /Something failed on our side.*Reference AAAA/,
    ['Try again'],
  ],
  ['in a sandbox', failed({ code: 'sandboxed_frame' }), {}, /does not allow sign-in windows.*Ask the site owner/, []],
  [
    'connected already',
    failed({ code: 'source_exists', sourceId: 's' }),
    {},
    /HubSpot is already connected/,
    ['Show what is connected'],
  ],
  [
    'connected already, nothing to show it',
    failed({ code: 'source_exists' }),
    { onShowExisting: undefined },
    /already connected/,
    [],
  ],
])('%s', async (_, state, props, text, ways) => {
  const { container } = show(state, props)
  expect(container.textContent).toMatch(text)
  expect(buttons()).toEqual(ways)
  expect(container.querySelector('[data-part=oauth]')).toHaveAttribute('data-state', state.name)
  await expectAccessible(container)
})

test('waiting is told to screen readers when there is time, failing at once', () => {
  show(waiting)
  expect(screen.getByRole('status')).toHaveTextContent('Finish signing in to HubSpot')
  show(failed({ code: 'denied' }))
  expect(screen.getByRole('alert')).toHaveTextContent('You chose not to give access.')
})

test('every button does what it says', async () => {
  const returned = show({ name: 'confirming', flowId, status: 'returned' })
  await returned.user.click(screen.getByRole('button', { name: 'Cancel' }))
  expect(returned.onCancel).toHaveBeenCalledTimes(1)
  returned.unmount()
  const blocked = show({ name: 'blocked', flowId, reason: 'popup_blocked' })
  await blocked.user.click(screen.getByRole('button', { name: 'Open sign-in' }))
  await blocked.user.click(screen.getByRole('button', { name: 'Continue in this tab' }))
  await blocked.user.click(screen.getByRole('button', { name: 'Cancel' }))
  for (const called of [blocked.onReopen, blocked.onContinueHere, blocked.onCancel])
    expect(called).toHaveBeenCalledTimes(1)
  const existing = show(failed({ code: 'source_exists', sourceId: 'src_7' }))
  await existing.user.click(screen.getByRole('button', { name: 'Show what is connected' }))
  expect(existing.onShowExisting).toHaveBeenCalledWith('src_7')
  const denied = show(failed({ code: 'denied' }))
  await denied.user.click(screen.getByRole('button', { name: 'Try again' }))
  expect(denied.onSignIn).toHaveBeenCalledTimes(1)
})
