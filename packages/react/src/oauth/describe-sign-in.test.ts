import { problemCodes } from '@opsai/contract'
import { expect, test } from 'vitest'
import { en } from '../messages/en.js'
import { mergeMessages } from '../messages/messages.js'
import { describeSignIn } from './describe-sign-in.js'
import type { SignInFailure } from './oauth-popup.types.js'

const connecting = { name: 'HubSpot', isAgain: false }
const describe = (failure: SignInFailure, details = connecting) => describeSignIn(failure, details, en.oauth, 'flow_1')

test("every code of the contract has its words, and there are no others'", () => {
  expect(Object.keys(en.oauth.problems).sort()).toEqual([...problemCodes].sort())
})

test.each(problemCodes)('%s says what happened and what to do, in sentences, and names no code', (code) => {
  for (const isAgain of [false, true]) {
    const { message, remedy, wayOn } = describe({ code }, { name: 'HubSpot', isAgain })
    for (const said of [message, remedy]) expect(said).toMatch(/^[A-Z].{8,}\.$/)
    expect(`${message} ${remedy}`).not.toMatch(/undefined|_|flow|token|OAuth/)
    expect(['retry', 'show', 'ask']).toContain(wayOn)
  }
})

test.each<[SignInFailure, string]>([
  [{ code: 'denied' }, 'You chose not to give access. Nothing was connected.'],
  [{ code: 'expired', displayMessage: 'Trop tard.' }, 'The sign-in took longer than 10 minutes.'],
  [
    { code: 'provider_error', displayMessage: 'HubSpot reported a problem: “account suspended”.' },
    'HubSpot reported a problem: “account suspended”.',
  ],
  [
    { code: 'check_failed', displayMessage: 'Signed in, but HubSpot refused the test: “403”.' },
    'Signed in, but HubSpot refused the test: “403”.',
  ],
  [{ code: 'check_failed', displayMessage: '' }, 'Signed in, but HubSpot refused the test.'],
  [{ code: 'brand_new' as never, displayMessage: 'Something new.' }, 'Something new.'],
  [{ code: 'toString' as never }, 'Something failed on our side.'],
])('%o', (failure, message) => {
  expect(describe(failure).message).toBe(message)
})

test('a source signed in again loses nothing by a failure, and is told so', () => {
  const again = { name: 'HubSpot', isAgain: true }
  expect(describe({ code: 'denied' }, again).message).toBe('You chose not to give access. Nothing was changed.')
})

test.each([
  ['source_exists', 'show'],
  ['sandboxed_frame', 'ask'],
  ['origin_not_allowed', 'ask'],
  ['oauth_unsupported', 'ask'],
  ['link_used', 'retry'],
  ['upstream_unavailable', 'retry'],
] as const)('the way on from %s is to %s', (code, wayOn) => {
  expect(describe({ code }).wayOn).toBe(wayOn)
})

test('what somebody must look into has a reference, what the user did has none', () => {
  expect(describe({ code: 'internal' }).reference).toBe('flow_1')
  expect(describe({ code: 'upstream_timeout' }).reference).toBe('flow_1')
  expect(describe({ code: 'denied' }).reference).toBeUndefined()
})

test('a host says it in its own words', () => {
  const { oauth } = mergeMessages({
    oauth: { problems: { denied: { message: ({ name }) => `Kein Zugriff auf ${name}.` } } },
  })
  const { message, remedy } = describeSignIn({ code: 'denied' }, connecting, oauth)
  expect([message, remedy]).toEqual(['Kein Zugriff auf HubSpot.', en.oauth.problems.denied.remedy])
})
