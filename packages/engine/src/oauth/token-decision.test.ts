import { describe, expect, it } from 'vitest'
import type { Grant } from './grant.js'
import { decideOnToken, isFresh, withoutToken, type TokenState, type Trouble } from './token-decision.js'

const grant: Grant = {
  signIn: 'this',
  clientId: 'id',
  clientSecret: 's',
  refreshToken: 'r',
  inputs: {},
  field: ['credentials', 'refresh_token'],
}
const minute = 60_000
const access = { token: 'a', from: 0, until: 15 * minute }
const passing: Trouble = {
  message: 'Later.',
  failureType: 'transient_error',
  fields: [],
  retryAt: 20 * minute,
  times: 2,
}

const decide = (state: TokenState, now: number, { isHeld = false, of = grant } = {}) => {
  const decision = decideOnToken({ signIn: 'this', ...state }, { grant: of, isHeld, now })
  return decision.kind === 'use' ? decision.access.token : decision.kind
}

describe('an access token', () => {
  it.each<[string, TokenState, number, { isHeld?: boolean }, string]>([
    ['is used while it is good', { access }, 13 * minute, {}, 'a'],
    ['is renewed a minute before its end', { access }, 14 * minute, {}, 'renew'],
    ['is used meanwhile by everybody else', { access }, 14 * minute, { isHeld: true }, 'a'],
    ['is waited for once it has ended', { access }, 16 * minute, { isHeld: true }, 'wait'],
    ['is used on after a renewal that failed', { access, trouble: passing }, 14 * minute, {}, 'a'],
    [
      'is used on where the answer was lost, as asking again may end it',
      { access, isAsked: true },
      14 * minute,
      {},
      'a',
    ],
    ['is asked for again once it has ended', { access, isAsked: true }, 16 * minute, {}, 'renew'],
    ['is not asked for during a pause', { access, trouble: passing }, 16 * minute, {}, 'failed'],
    ['is asked for after the pause', { access, trouble: passing }, 21 * minute, {}, 'renew'],
    ['that has no end is used', { access: { token: 'a', from: 0 } }, 1e12, {}, 'a'],
    ['of another sign-in is not', { access, signIn: 'before' }, minute, {}, 'renew'],
    ['is not given where another sign-in had trouble', { trouble: passing, signIn: 'before' }, minute, {}, 'renew'],
    ['is waited for where another sign-in is being renewed', { signIn: 'before' }, minute, { isHeld: true }, 'wait'],
  ])('%s', (_, state, now, more, expected) => expect(decide(state, now, more)).toBe(expected))

  it('knows that it was asked for before, and how often that failed', () => {
    const state = { signIn: 'this', isAsked: true, trouble: passing }
    expect(decideOnToken(state, { grant, isHeld: false, now: 21 * minute })).toEqual({
      kind: 'renew',
      isSecondAsk: true,
      times: 2,
    })
    expect(decideOnToken({ ...state, signIn: 'before' }, { grant, isHeld: false, now: 0 })).toEqual({
      kind: 'renew',
      isSecondAsk: false,
      times: 0,
    })
  })

  it('that is short-lived is renewed in the last tenth of its life', () => {
    expect(isFresh({ token: 'a', from: 0, until: 1_000 }, 899)).toBe(true)
    expect(isFresh({ token: 'a', from: 0, until: 1_000 }, 900)).toBe(false)
  })
})

describe('a sign-in without a refresh token', () => {
  const { refreshToken: _, ...without } = grant

  it('has one token for good, until the API refuses it', () => {
    const of = { ...without, accessToken: 'for good' }
    expect(decide({}, 0, { of })).toBe('for good')
    const refused = withoutToken({}, { grant: of, token: 'for good', name: 'Acme' })
    const decision = decideOnToken(refused, { grant: of, isHeld: false, now: 1e12 })
    expect(decision).toMatchObject({
      kind: 'failed',
      trouble: {
        failureType: 'config_error',
        message: expect.stringContaining('Sign in again'),
        fields: [grant.field],
      },
    })
    expect(decide(refused, 0, { of: { ...of, signIn: 'next', accessToken: 'new' } })).toBe('new')
  })

  it('and without any is to be signed in to', () => {
    const decision = decideOnToken({}, { grant: without, isHeld: false, now: 0 })
    expect(decision).toMatchObject({ kind: 'failed', trouble: { failureType: 'config_error' } })
  })
})

it('only the token that was refused is forgotten', () => {
  const state = { signIn: 'this', access }
  expect(withoutToken(state, { grant, token: 'an older one', name: 'Acme' })).toBe(state)
  expect(withoutToken(state, { grant, token: 'a', name: 'Acme' })).toEqual({ signIn: 'this' })
})
