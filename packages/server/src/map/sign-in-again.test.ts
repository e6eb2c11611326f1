import { describe, expect, test } from 'vitest'
import { withoutMasks } from './masks.js'
import { toSignInAgain } from './sign-in-again.js'

const at = (...path: string[]) => ({ path_in_connector_config: path })
const spec = {
  advancedAuthGlobalCredentialsAvailable: false,
  advancedAuth: {
    predicateKey: ['credentials', 'auth_type'],
    predicateValue: 'OAuth',
    oauthConfigSpecification: {
      oauthUserInputFromConnectorConfigSpecification: { properties: { subdomain: at('subdomain') } },
      completeOAuthOutputSpecification: { properties: { refresh_token: at('credentials', 'refresh_token') } },
      completeOAuthServerOutputSpecification: {
        properties: { client_id: at('credentials', 'client_id'), client_secret: at('credentials', 'client_secret') },
      },
    },
  },
}
const stars = '**********'
const stored = {
  subdomain: 'acme',
  credentials: { auth_type: 'OAuth', client_id: 'an app', client_secret: stars, refresh_token: stars },
}
const operators = { ...spec, advancedAuthGlobalCredentialsAvailable: true }

test.each([
  [{ a: stars, b: '******', c: 'kept' }, { c: 'kept' }],
  [{ a: { _secret: 'x' }, b: 'secret_coordinate::x', c: 'airbyte_workspace_x_secret_y' }, {}],
  [{ list: [stars, 'kept', { token: stars, name: 'n' }] }, { list: ['kept', { name: 'n' }] }],
  [
    { count: 0, none: null, flag: false },
    { count: 0, none: null, flag: false },
  ],
])('%j without what stands for a secret is %j', (from, left) => expect(withoutMasks(from)).toEqual(left))

describe('signing in again takes of a stored configuration', () => {
  test('all that is known, and no mask', () => {
    expect(toSignInAgain(operators, stored)).toEqual({
      kind: 'ready',
      configuration: { subdomain: 'acme', credentials: { auth_type: 'OAuth', client_id: 'an app' } },
    })
  })

  test("the secret of the user's own app only as it is typed", () => {
    const path = ['credentials', 'client_secret']
    expect(toSignInAgain(spec, stored)).toEqual({ kind: 'secrets_needed', paths: [path] })
    expect(toSignInAgain(spec, stored, { credentials: { client_secret: stars } }).kind).toBe('secrets_needed')
    expect(toSignInAgain(spec, stored, { credentials: { client_secret: 'typed' } })).toMatchObject({
      kind: 'ready',
      configuration: { credentials: { client_id: 'an app', client_secret: 'typed' } },
    })
  })

  test('nothing else of what is typed beside it: not another place to sign in at, nor another app', () => {
    const given = { subdomain: 'evil.test/', credentials: { client_id: 'another', client_secret: 'typed' } }
    expect(toSignInAgain(spec, stored, given)).toMatchObject({
      configuration: { subdomain: 'acme', credentials: { client_id: 'an app' } },
    })
  })

  test('nothing where it was connected by a key, or nobody has an app, or the connector has no sign-in', () => {
    const byKey = { credentials: { auth_type: 'api_key', api_key: stars } }
    expect(toSignInAgain(operators, byKey)).toEqual({ kind: 'not_offered' })
    expect(toSignInAgain(spec, { credentials: { auth_type: 'OAuth' } })).toEqual({ kind: 'not_offered' })
    expect(toSignInAgain({}, stored)).toEqual({ kind: 'not_offered' })
  })
})
