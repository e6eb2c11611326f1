// The decisions of a sign-in that need nobody: which app, where its tokens go, whether an address is shown before.
import type { SourceSpec } from '@opsai/airbyte-client'
import { providers } from '@opsai/oauth'
import * as fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { OAuthApps } from '../../config/oauth-app.js'
import { findOwnApp, withPlaces } from './find-own-app.js'
import { toHostToShow } from './host-to-show.js'
import { toSignedIn, toSignedInPatch } from './to-signed-in.js'

const at = (...path: string[]) => ({ type: 'string', path_in_connector_config: path })
const advancedAuth = {
  authFlowType: 'oauth2.0',
  predicateKey: ['credentials', 'auth_type'],
  predicateValue: 'OAuth',
  oauthConfigSpecification: {
    completeOAuthOutputSpecification: { properties: { access_token: at('credentials', 'access_token') } },
    completeOAuthServerOutputSpecification: {
      properties: { client_id: at('credentials', 'client_id'), client_secret: at('credentials', 'client_secret') },
    },
  },
} satisfies SourceSpec['advancedAuth']
const client = { clientId: 'our id', clientSecret: 'our secret' }
const input = {
  consent_url: 'https://acme.test/authorize?{{client_id_param}}&{{redirect_uri_param}}&{{state_param}}',
  access_token_url: 'https://acme.test/token',
  extract_output: ['access_token'],
}
const declaration = { oauth_connector_input_specification: input }
const declared = {
  ...advancedAuth,
  oauthConfigSpecification: { ...advancedAuth.oauthConfigSpecification, oauthConnectorInputSpecification: input },
}
const find = (
  app: object,
  sourceType = 'acme',
  auth: SourceSpec['advancedAuth'] | 'none' = advancedAuth,
  isCustom = false,
) =>
  findOwnApp(OAuthApps.parse({ [sourceType]: { ...client, ...app } }), {
    sourceType,
    isCustom,
    advancedAuth: auth === 'none' ? undefined : auth,
  })

describe('the operator’s app for a connector', () => {
  test('is declared by the operator, else by the connector, else by the table of providers', () => {
    const tokenUrlOf = (found: ReturnType<typeof find>) => found.kind === 'usable' && found.spec.tokenUrl[0]
    const theirs = {
      oauth_connector_input_specification: { ...input, access_token_url: 'https://operator.test/token' },
    }
    expect(tokenUrlOf(find({ declaration: theirs }, 'slack', declared))).toMatchObject({
      text: 'https://operator.test/token',
    })
    expect(tokenUrlOf(find({}, 'slack', declared))).toMatchObject({ text: 'https://acme.test/token' })
    expect(tokenUrlOf(find({}, 'slack'))).toMatchObject({ text: 'https://slack.com/api/oauth.v2.access' })
  })

  test('takes scopes and PKCE from the operator first', () => {
    const found = find({ scope: 'users:read', pkce: 'S256' }, 'slack')
    expect(found).toMatchObject({ kind: 'usable', spec: { scope: 'users:read', pkce: 'S256' } })
    expect(find({}, 'airtable')).toMatchObject({ spec: { pkce: 'S256' } })
  })

  test('gives the source the app under the connector’s own names', () => {
    expect(find({ declaration })).toMatchObject({ serverValues: { client_id: 'our id', client_secret: 'our secret' } })
    const renamed = {
      ...advancedAuth,
      oauthConfigSpecification: {
        ...advancedAuth.oauthConfigSpecification,
        completeOAuthServerOutputSpecification: { properties: { app_id: at('app_id'), secret: at('secret') } },
      },
    }
    const keys = { client_id_key: 'app_id', client_secret_key: 'secret' }
    const app = { declaration: { oauth_connector_input_specification: { ...input, ...keys } } }
    expect(find(app, 'acme', renamed)).toMatchObject({ serverValues: { app_id: 'our id', secret: 'our secret' } })
    expect(find({ declaration }, 'acme', renamed)).toMatchObject({
      kind: 'unusable',
      why: 'The connector wants app_id, secret of the app besides.',
    })
  })

  test.each<[string, ReturnType<typeof find>, RegExp]>([
    ['nobody declares it', find({}), /Neither the connector nor our table/],
    ['the connector is a custom one', find({}, 'slack', advancedAuth, true), /never get an app of yours/],
    ['the connector has no sign-in', find({}, 'slack', 'none'), /Neither/],
    [
      'there is no place for the tokens',
      find({ declaration }, 'acme', { oauthConfigSpecification: {} }),
      /no place for/,
    ],
    [
      'a template names what nobody has',
      find({
        declaration: { oauth_connector_input_specification: { ...input, consent_url: 'https://{{shop}}.x.test/' } },
      }),
      /"consent_url" names "shop"/,
    ],
  ])('can not be used where %s', (_, found, why) => {
    expect(found).toMatchObject({ kind: 'unusable', remedy: expect.stringMatching(/\.$/) as string })
    expect(found.kind === 'unusable' && found.why).toMatch(why)
  })

  test('is none for names that every object has, nor for other connectors', () => {
    const apps = OAuthApps.parse({ slack: client })
    for (const sourceType of ['constructor', '__proto__', 'toString', 'notion'])
      expect(findOwnApp(apps, { sourceType, isCustom: false, advancedAuth })).toEqual({ kind: 'none' })
  })

  test('every provider of the table can be used by a connector that keeps what it brings', () => {
    for (const [name, provider] of Object.entries(providers)) {
      const outputs = (provider.specification.extract_output as string[]).map((key) => [key, at('credentials', key)])
      const inputs = ['tenant_id', 'is_sandbox'].map((key) => [key, at('credentials', key)])
      const auth = {
        ...advancedAuth,
        oauthConfigSpecification: {
          ...advancedAuth.oauthConfigSpecification,
          oauthUserInputFromConnectorConfigSpecification: { properties: Object.fromEntries(inputs) },
          completeOAuthOutputSpecification: { properties: Object.fromEntries(outputs) },
        },
      } as SourceSpec['advancedAuth']
      expect(find({}, name.replace('source-', ''), auth), name).toMatchObject({ kind: 'usable' })
    }
  })
})

test('what a browser sees of a declaration is where things go, and no address of it', () => {
  const places = { complete_oauth_output_specification: { properties: { token: at('token') } } }
  const seen = withPlaces(advancedAuth, { ...declaration, ...places })
  expect(seen?.oauthConfigSpecification).toMatchObject({
    completeOAuthOutputSpecification: { properties: { token: at('token') } },
    completeOAuthServerOutputSpecification:
      advancedAuth.oauthConfigSpecification.completeOAuthServerOutputSpecification,
  })
  expect(JSON.stringify(seen)).not.toContain('acme.test')
  expect(withPlaces(undefined, declaration)).toBeUndefined()
  expect(withPlaces(undefined, places)).toMatchObject({ authFlowType: 'oauth2.0' })
})

describe('what a sign-in puts into a source', () => {
  const spec = { advancedAuth }
  const secret = JSON.stringify({
    credentials: { client_id: 'our id', client_secret: 'our secret', access_token: 't' },
  })
  test('by our own app: the leaves, in what was typed', () => {
    expect(toSignedIn('own_app', secret, spec, { start: 'x', credentials: { region: 'eu' } })).toEqual({
      configuration: {
        start: 'x',
        credentials: {
          region: 'eu',
          auth_type: 'OAuth',
          client_id: 'our id',
          client_secret: 'our secret',
          access_token: 't',
        },
      },
    })
    expect(toSignedInPatch('own_app', secret, spec)).toEqual({
      configuration: {
        credentials: { auth_type: 'OAuth', client_id: 'our id', client_secret: 'our secret', access_token: 't' },
      },
    })
  })
  test('by Airbyte: the id it keeps them under, and which option they are for', () => {
    const id = 'airbyte_oauth_workspace_x'
    const configuration = { credentials: { auth_type: 'OAuth' } }
    expect(toSignedIn('airbyte', id, spec, {})).toEqual({ configuration, secretId: id })
    expect(toSignedInPatch('airbyte', id, spec)).toEqual({ configuration, secretId: id })
  })
  test('and never touches anything else, whatever it is called', () => {
    const tree = fc.object({
      withNullPrototype: false,
      maxDepth: 3,
      key: fc.constantFrom('a', 'b', '__proto__', 'constructor'),
    })
    fc.assert(
      fc.property(tree, fc.string(), (configuration, token) => {
        const secretOf = JSON.stringify({ a: { token } })
        const { configuration: after } = toSignedIn('own_app', secretOf, {}, configuration as Record<string, unknown>)
        expect((after.a as { token: string }).token).toBe(token)
        expect(
          Object.keys(after)
            .filter((key) => key !== 'a')
            .sort(),
        ).toEqual(
          Object.keys(configuration)
            .filter((key) => key !== 'a')
            .sort(),
        )
        expect(({} as { token?: string }).token).toBeUndefined()
      }),
    )
  })
})

describe('an address is shown before a browser goes there', () => {
  const show = (url: string, about: Partial<Parameters<typeof toHostToShow>[0]> = {}) =>
    toHostToShow({
      consentUrl: new URL(url),
      way: 'airbyte',
      sourceType: 'slack',
      isCustom: false,
      spec: { advancedAuth },
      configuration: {},
      ...about,
    })
  test.each<[string, Partial<Parameters<typeof toHostToShow>[0]>, string | undefined]>([
    ['https://slack.com/oauth/v2/authorize', {}, undefined],
    ['https://slack.com.evil.test/oauth', {}, 'slack.com.evil.test'],
    ['https://slack.com:8443/oauth', {}, 'slack.com:8443'],
    ['https://sl\u0430ck.com/oauth', {}, 'xn--slck-63d.com'],
    ['https://slack.com/oauth', { isCustom: true }, 'slack.com'],
    ['https://slack.com/oauth', { isCustom: true, way: 'own_app' }, 'slack.com'],
    // Nobody says where this one signs in.
    ['https://login.unknown.test/', { sourceType: 'unknown' }, undefined],
    ['https://login.unknown.test/', { sourceType: 'unknown', spec: { advancedAuth: declared } }, 'login.unknown.test'],
    ['https://acme.test/', { sourceType: 'unknown', spec: { advancedAuth: declared } }, undefined],
    ['https://mine.myshopify.com/admin', { sourceType: 'shopify', configuration: { shop: 'mine' } }, undefined],
    ['https://other.myshopify.com/', { sourceType: 'shopify', configuration: { shop: 'mine' } }, 'other.myshopify.com'],
    ['https://mine.myshopify.com/', { sourceType: 'shopify' }, 'mine.myshopify.com'],
    // Made by us of what is declared.
    ['https://elsewhere.test/', { way: 'own_app' }, undefined],
  ])('%s %j: %s', (url, about, expected) => expect(show(url, about)).toBe(expected))
})
