import { describe, expect, it } from 'vitest'
import { apiKeySpec, ownAppSignInSpec, signInSpec } from '../test/specs.js'
import { secretMask } from './cast.js'
import { isFilledBySignIn, oauthOptionOf } from './oauth.js'
import { setIn } from './path.js'
import { type FormSpec, specToForm } from './spec-to-form.js'
import { toValues } from './to-values.js'

const optionOf = (spec: FormSpec, stored?: Record<string, unknown>, manual?: boolean) => {
  const model = specToForm(spec)
  return oauthOptionOf(model, toValues(model, stored), { manual })
}

describe('whether sign-in is the way', () => {
  it('is not for a connector that has none (30)', () => {
    expect(optionOf(apiKeySpec)).toEqual({ way: 'manual' })
  })

  it('is inside the option whose predicate holds, and hides what it fills (31, 33)', () => {
    expect(optionOf(signInSpec)).toEqual({
      way: 'signIn',
      at: ['credentials'],
      inputs: [{ key: 'subdomain', path: ['subdomain'] }],
      fills: [
        ['credentials', 'refresh_token'],
        ['credentials', 'client_id'],
        ['credentials', 'client_secret'],
      ],
      filled: false,
      manualIsOffered: false,
    })
  })

  it('is not once another option is chosen (32)', () => {
    expect(optionOf(signInSpec, { credentials: { auth_type: 'token' } })).toEqual({ way: 'manual' })
  })

  it('stands at the root without a predicate', () => {
    const spec = { ...signInSpec, advancedAuth: { ...signInSpec.advancedAuth, predicateKey: undefined } }
    expect(optionOf(spec)).toMatchObject({ way: 'signIn', at: [] })
  })

  it('holds for a constant predicate at the top', () => {
    const spec: FormSpec = {
      connectionSpecification: { properties: { auth_type: { const: 'Client' }, token: { type: 'string' } } },
      advancedAuth: {
        predicateKey: ['auth_type'],
        predicateValue: 'Client',
        oauthConfigSpecification: { completeOAuthOutputSpecification: { properties: { token: {} } } },
      },
    }
    expect(optionOf(spec, {})).toMatchObject({ way: 'signIn', at: [], fills: [['token']] })
  })

  it('is already done where what it brings is stored, masked or not (37)', () => {
    const stored = { credentials: { auth_type: 'oauth2.0', refresh_token: secretMask } }
    expect(optionOf(signInSpec, stored)).toMatchObject({ filled: true })
  })
})

describe('the value that sign-in depends on', () => {
  const predicateOf = (predicateValue: string | undefined, kind: unknown) => {
    const spec: FormSpec = {
      connectionSpecification: { properties: { kind: { const: kind }, token: { type: 'string' } } },
      advancedAuth: {
        predicateKey: ['kind'],
        predicateValue,
        oauthConfigSpecification: { completeOAuthOutputSpecification: { properties: { token: {} } } },
      },
    }
    return optionOf(spec).way
  }
  // As Airbyte's server decides; its web app would compare strictly.
  it.each([
    ['Client', 'Client', 'signIn'],
    ['client', 'Client', 'manual'],
    ['1', 1, 'signIn'],
    ['true', true, 'signIn'],
    ['', 'Client', 'signIn'],
    [undefined, 'Client', 'signIn'],
    [undefined, undefined, 'manual'],
  ])('%j holds for %j: %s', (value, kind, way) => expect(predicateOf(value, kind)).toBe(way))
})

describe('what signing in brought (37)', () => {
  const filledBy = (stored: Record<string, unknown>, required: string[]): boolean => {
    const text = { type: 'string' }
    const spec: FormSpec = {
      connectionSpecification: { properties: { access_token: text, refresh_token: text, expires: text }, required },
      advancedAuth: {
        oauthConfigSpecification: {
          completeOAuthOutputSpecification: { properties: { access_token: {}, refresh_token: {}, expires: {} } },
        },
      },
    }
    const option = optionOf(spec, stored)
    return option.way === 'signIn' && option.filled
  }
  it('is all that the spec requires, or anything where it requires none of it', () => {
    expect(filledBy({ refresh_token: 'r' }, ['refresh_token'])).toBe(true)
    expect(filledBy({ access_token: 'a' }, ['refresh_token'])).toBe(false)
    expect(filledBy({ access_token: 'a' }, [])).toBe(true)
    expect(filledBy({}, [])).toBe(false)
  })
})

it('the answer is the same object as long as it is the same answer', () => {
  const model = specToForm(signInSpec)
  const values = toValues(model)
  const typed = setIn(values, ['subdomain'], 'acme')
  expect(oauthOptionOf(model, typed)).toBe(oauthOptionOf(model, values))
  expect(oauthOptionOf(model, setIn(typed, ['credentials', 'refresh_token'], 'r'))).toMatchObject({ filled: true })
  const token = setIn(values, ['credentials', 'auth_type'], 'token')
  expect(oauthOptionOf(model, token)).toBe(oauthOptionOf(model, setIn(token, ['subdomain'], 'b')))
})

describe('without app credentials of the operator (34)', () => {
  it('shows the app credentials, needs them for consent, and offers to type everything', () => {
    const option = optionOf(ownAppSignInSpec)
    expect(option).toMatchObject({ manualIsOffered: true, fills: [['credentials', 'refresh_token']] })
    expect(option.way === 'signIn' && option.inputs.map(({ key }) => key)).toEqual([
      'subdomain',
      'client_id',
      'client_secret',
    ])
  })

  it('hides nothing when typing was chosen, and remembers where sign-in was', () => {
    expect(optionOf(ownAppSignInSpec, undefined, true)).toEqual({ way: 'manual', insteadOf: ['credentials'] })
  })

  it('does not offer to type while that is unknown', () => {
    const unknown = { ...signInSpec, advancedAuthGlobalCredentialsAvailable: undefined }
    expect(optionOf(unknown, undefined, true)).toMatchObject({ way: 'signIn', manualIsOffered: false })
  })
})

describe('isFilledBySignIn', () => {
  it('covers the filled path and what is below it', () => {
    const option = optionOf(signInSpec)
    expect(isFilledBySignIn(option, ['credentials', 'client_id'])).toBe(true)
    expect(isFilledBySignIn(option, ['credentials'])).toBe(false)
    const model = specToForm(signInSpec)
    const token = setIn(toValues(model), ['credentials', 'auth_type'], 'token')
    expect(isFilledBySignIn(oauthOptionOf(model, token), ['credentials', 'client_id'])).toBe(false)
  })
})
