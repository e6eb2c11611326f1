import { findOAuthSpec } from '@opsai/oauth'
import { describe, expect, it } from 'vitest'
import { toAdvancedAuth } from '../native/acme-crm/advanced-auth.js'
import type { Grant } from './grant.js'
import { toRenewal } from './renewal.js'

const found = findOAuthSpec('source-acme-crm', toAdvancedAuth('https://acme.example'))
if (found.kind === 'unsupported') throw new Error(found.message)
const spec = found
const grant: Grant = {
  signIn: 'this',
  clientId: 'id',
  clientSecret: 's',
  refreshToken: 'r',
  inputs: {},
  field: ['credentials', 'refresh_token'],
}
const facts = { spec, grant, name: 'Acme CRM', isSecondAsk: false, times: 0 }
const now = Date.parse('2026-01-01T00:00:00Z')

const trouble = (answer: Parameters<typeof toRenewal>[1], more: object = {}) => {
  const renewal = toRenewal({ ...facts, ...more }, answer, now)
  if (renewal.kind !== 'failed') return expect.unreachable(renewal.kind)
  const { trouble: it, isAsked } = renewal
  return { ...it, isAsked, pause: it.retryAt - now }
}
const refused = (code: string, needsSignIn = false) => ({ kind: 'refused' as const, code, needsSignIn })

describe('a renewal', () => {
  it('brings a token, its end and the refresh token to keep', () => {
    const tokens = { kind: 'tokens' as const, outputs: {}, refreshToken: 'r2', accessToken: 'a', isRotated: true }
    expect(toRenewal(facts, { ...tokens, expiresAt: '2026-01-01T00:15:00.000Z' }, now)).toEqual({
      kind: 'renewed',
      access: { token: 'a', from: now, until: now + 900_000 },
      outputs: { refresh_token: 'r2' },
    })
    expect(toRenewal(facts, tokens, now)).toMatchObject({ access: { token: 'a', from: now } })
  })

  it('of a sign-in that is over asks for another, and is not tried for ten minutes', () => {
    expect(trouble(refused('invalid_grant', true))).toMatchObject({
      failureType: 'config_error',
      message: 'Acme CRM no longer accepts this sign-in: it was revoked or has expired. Sign in again.',
      fields: [['credentials', 'refresh_token']],
      pause: 600_000,
      isAsked: false,
    })
  })

  it('says so where it was the answer before that got lost', () => {
    expect(trouble(refused('invalid_grant', true), { isSecondAsk: true }).message).toBe(
      'The answer of Acme CRM to the last renewal of this sign-in was lost on its way, and with it the new token. Sign in again.',
    )
  })

  it('by an app the provider does not know names the fields of the app', () => {
    expect(trouble(refused('invalid_client'))).toMatchObject({
      failureType: 'config_error',
      fields: [
        ['credentials', 'client_id'],
        ['credentials', 'client_secret'],
      ],
      pause: 5_000,
    })
    expect(trouble(refused('odd'))).toMatchObject({ failureType: 'system_error', fields: [] })
  })

  it.each([
    [{ kind: 'unreachable', reason: 'no_connection' }, false],
    [{ kind: 'unreachable', reason: 'answer_lost' }, true],
    [{ kind: 'unreachable', reason: 'timed_out' }, true],
    [{ kind: 'unavailable', reason: 'server_error', status: 500 }, true],
    [{ kind: 'unavailable', reason: 'empty', status: 200 }, true],
    [{ kind: 'unavailable', reason: 'too_many_requests', status: 429 }, false],
    [{ kind: 'incomplete', missing: ['access_token'] }, true],
  ] as const)('%j: the token may be spent: %s', (answer, isAsked) => {
    const of = answer.kind === 'incomplete' ? { ...answer, missing: [...answer.missing] } : answer
    expect(trouble(of)).toMatchObject({ failureType: 'transient_error', isAsked, pause: 1_000 })
  })

  it('that fails again waits longer, and as long as the provider says', () => {
    const lost = { kind: 'unreachable', reason: 'no_connection' } as const
    expect([1, 3, 9].map((times) => trouble(lost, { times }).pause)).toEqual([2_000, 8_000, 60_000])
    expect(trouble(lost, { isSecondAsk: true }).isAsked).toBe(true)
    const busy = { kind: 'unavailable', reason: 'too_many_requests', status: 429, retryAfterMs: 30_000 } as const
    expect(trouble(busy).pause).toBe(30_000)
  })
})
