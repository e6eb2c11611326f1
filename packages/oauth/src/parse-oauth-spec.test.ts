import { describe, expect, it } from 'vitest'
import { toConsentUrl } from './consent-url.js'
import { parseOAuthSpec } from './parse-oauth-spec.js'
import { createState } from './state.js'
import { advancedAuth, place } from './test/advanced-auth.js'
import { parse } from './test/parse.js'
import { toTokenRequest } from './token-request.js'

const flow = { clientId: 'id', redirectUrl: 'https://hub.test/cb', state: 'st' }
const consent = (specification: Record<string, unknown>, around?: Record<string, unknown>) =>
  toConsentUrl(parse(specification, around), flow)

describe('what is understood', () => {
  it('reads the API’s spelling as the registry’s', () => {
    const theirs = advancedAuth({ scope: 'read', state: { min: 30, max: 30 } })
    const { oauth_connector_input_specification: input, ...config } = theirs.oauth_config_specification
    const camel = {
      authFlowType: 'oauth2.0',
      oauthConfigSpecification: {
        oauthConnectorInputSpecification: {
          consentUrl: input.consent_url,
          accessTokenUrl: input.access_token_url,
          scope: 'read',
          state: { min: 30, max: 30 },
        },
        oauthUserInputFromConnectorConfigSpecification: config.oauth_user_input_from_connector_config_specification,
        completeOAuthOutputSpecification: config.complete_oauth_output_specification,
        completeOAuthServerOutputSpecification: config.complete_oauth_server_output_specification,
      },
    }
    expect(parseOAuthSpec(camel)).toEqual(parseOAuthSpec(theirs))
    expect(parseOAuthSpec(theirs)).toMatchObject({
      kind: 'declarative',
      serverOutputs: [{ name: 'client_id' }, { name: 'client_secret' }],
    })
  })

  it.each([
    ['space', 'scope=a%3Aread+b'],
    ['comma', 'scope=a%3Aread%2Cb'],
    ['plus', 'scope=a%3Aread%2Bb'],
  ])('joins scopes by %s', (scopes_join_strategy, expected) => {
    const consent_url = 'https://a.example/?{{scopes_param}}'
    const scopes = [{ scope: 'a:read' }, 'b']
    expect(consent({ consent_url, scope: 'old', scopes, scopes_join_strategy })).toBe(`https://a.example/?${expected}`)
  })

  it('has optional scopes, the operator’s own scopes and scopes that users type', () => {
    const consent_url = 'https://a.example/?{{scope_param}}&{{optional_scopes_param}}'
    expect(consent({ consent_url, scope: 'a', optional_scopes: [{ scope: 'b' }, { scope: 'c' }] })).toMatch(
      /\?scope=a&optional_scopes=b\+c$/,
    )
    const own = parse({ consent_url: 'https://a.example/?{{scope_param}}', scope: 'a' }, undefined, { scope: 'x y' })
    expect(toConsentUrl(own, flow)).toMatch(/\?scope=x\+y$/)
    const around = { oauth_user_input_from_connector_config_specification: { properties: { scope: place('scope') } } }
    const typed = parse({ consent_url: 'https://a.example/?{{scope_param}}' }, around)
    expect(toConsentUrl(typed, { ...flow, inputs: { scope: 'z' } })).toMatch(/\?scope=z$/)
  })

  it('asks for other scopes where the specification lists its own, and for no others', () => {
    const consent_url = 'https://a.example/?{{scopes_param}}&{{optional_scopes_param}}'
    const lists = { consent_url, scopes: ['a', 'b'], optional_scopes: ['c'] }
    const scopes = { scopes: ['a', 'b'], optionalScopes: ['c'], joinStrategy: 'space' }
    expect(parse(lists)).toMatchObject({ scope: 'a b', optionalScope: 'c', scopes })
    const requestedScopes = { scopes: ['x', 'y'] }
    const asked = parse(lists, undefined, { requestedScopes })
    expect(asked).toMatchObject({ scope: 'x y', optionalScope: 'c' })
    expect(toConsentUrl(asked, flow)).toContain('?scope=x+y&')
    const none = parse({ scope: 'a' }, undefined, { requestedScopes })
    expect(none).toMatchObject({ scope: 'a' })
    expect(none.scopes).toBeUndefined()
  })

  it.each([
    ['https://oauth2.googleapis.com/token?{{client_id_param}}', 'S256', 'stay'],
    ['https://login.microsoftonline.com/{{tenant_id}}/oauth2/v2.0/token', 'S256', 'renewed'],
    ['https://oauth2.googleapis.com.evil.example/token', 'none', 'unknown'],
  ])('knows what %s documents', (access_token_url, pkce, refreshTokens) => {
    expect(parse({ access_token_url })).toMatchObject({ pkce, refreshTokens })
    const consent_url = 'https://a.example/?c={{ state_value | codechallengeS256 }}'
    expect(parse({ access_token_url, consent_url })).toMatchObject({ pkce: 'state' })
  })

  it('renames parameters, in templates and by value', () => {
    const specification = {
      client_id_key: 'app',
      client_secret_key: 'app_secret',
      redirect_uri_key: 'back',
      scope_key: 'may',
      state_key: 'st',
      auth_code_key: 'auth_code',
      scope: 's',
      consent_url:
        'https://a.example/?{{client_id_param}}&{{redirect_uri_param}}&{{scope_param}}&{{state_param}}&i={{app}}',
      access_token_url: 'https://a.example/token?{{client_secret_param}}&{{auth_code_param}}&c={{auth_code}}',
    }
    expect(consent(specification)).toBe('https://a.example/?app=id&back=https%3A%2F%2Fhub.test%2Fcb&may=s&st=st&i=id')
    expect(toTokenRequest(parse(specification), { ...flow, clientSecret: 'x', code: 'y' }).url).toBe(
      'https://a.example/token?app_secret=x&auth_code=y&c=y',
    )
  })

  it.each([
    [undefined, 43],
    [{ min: 7, max: 24 }, 24],
    [{ min: 64 }, 64],
    [{ max: 128 }, 43],
    [{ min: 50, max: 60 }, 50],
  ])('makes states of a length: %j', (state, length) => {
    const spec = parse({ state })
    const states = Array.from({ length: 200 }, () => createState(spec))
    expect(new Set(states).size).toBe(200)
    for (const each of states) expect(each).toMatch(new RegExp(`^[A-Za-z0-9_-]{${length}}$`))
  })

  it.each([
    [
      ['access_token', 'data.auth.refresh_token'],
      [['access_token'], ['data', 'auth', 'refresh_token']],
    ],
    [
      ['$.tokens[0].access_token', "a['b.c']"],
      [
        ['tokens', 0, 'access_token'],
        ['a', 'b.c'],
      ],
    ],
  ])('finds outputs by %j', (extract_output, paths) => {
    expect(parse({ extract_output }).outputs.map(({ answerPath }) => answerPath)).toEqual(paths)
  })

  it('takes outputs from the connector’s own specification where there is no extract_output, else the refresh token', () => {
    const properties = {
      token: { ...place('key'), path_in_oauth_response: ['data', 'access'] },
      token_expiry_date: place('until'),
    }
    expect(parse({}, { complete_oauth_output_specification: { properties } })).toMatchObject({
      outputs: [{ name: 'token', answerPath: ['data', 'access'], path: ['key'] }],
      tokenExpiryDatePath: ['until'],
    })
    expect(parse({}, { complete_oauth_output_specification: {} }).outputs).toEqual([
      { name: 'refresh_token', answerPath: ['refresh_token'] },
    ])
  })
})

describe('what is not', () => {
  const reason = (advanced: unknown) => {
    const read = parseOAuthSpec(advanced)
    return read.kind === 'unsupported' ? [read.reason, ...(read.variable ? [read.variable] : [])].join(' ') : read.kind
  }

  it.each([undefined, null, 'x', [], {}, { oauth_config_specification: null }, { oauth_config_specification: {} }])(
    '%j says nothing',
    (advanced) => expect(reason(advanced)).toBe('not_declarative'),
  )

  it.each([
    [{ consent_url: undefined }, 'malformed_specification'],
    [{ consent_url: 7 }, 'malformed_specification'],
    [{ scopes: 'read' }, 'malformed_specification'],
    [{ scopes_join_strategy: 'dash' }, 'malformed_specification'],
    [{ consent_url: 'https://a.example/{{' }, 'malformed_template'],
    [{ access_token_params: { a: '{{ x | shell }}' } }, 'unsupported_template shell'],
    [{ consent_url: 'https://a.example/?{{nobody}}' }, 'unknown_variable nobody'],
    [{ consent_url: 'https://a.example/?{{__proto__}}' }, 'unknown_variable __proto__'],
    [{ consent_url: 'https://a.example/?{{constructor}}' }, 'unknown_variable constructor'],
    [{ consent_url: 'https://a.example/?{% if nobody %}x{% endif %}' }, 'unknown_variable nobody'],
    [{ access_token_headers: { Authorization: '{{ nobody }}' } }, 'unknown_variable nobody'],
    [{ consent_url: 'https://a.example/?{{scope_param}}' }, 'unknown_variable scope_param'],
    [{ consent_url: 'http://a.example/' }, 'insecure_url'],
    [{ access_token_url: 'http://a.example/' }, 'insecure_url'],
    [{ access_token_url: '{{subdomain}}/token' }, 'insecure_url'],
    [{ state: { max: 12 } }, 'state_too_short'],
  ])('%j', (specification, expected) => expect(reason(advancedAuth(specification))).toBe(expected))

  // What the browser sees must not be able to name what it must not see.
  it.each([
    'client_secret_param',
    'client_secret_value',
    'client_secret',
    'auth_code_param',
    'auth_code_value',
    'code',
  ])('a consent URL with %s', (variable) => {
    const properties = { client_secret: place('client_secret'), code: place('code') }
    const around = { oauth_user_input_from_connector_config_specification: { properties } }
    expect(reason(advancedAuth({ consent_url: `https://a.example/?x={{ ${variable} }}` }, around))).toBe(
      `unknown_variable ${variable}`,
    )
  })

  it('OAuth 1', () => expect(reason({ ...advancedAuth({}), auth_flow_type: 'oauth1.0' })).toBe('not_oauth2'))
})
