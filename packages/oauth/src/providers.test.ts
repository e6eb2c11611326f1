import { describe, expect, it } from 'vitest'
import { toConsentUrl } from './consent-url.js'
import { findOAuthSpec } from './find-oauth-spec.js'
import { isObject } from './is-object.js'
import type { OAuthSpec } from './oauth-spec.js'
import { providers } from './providers.js'
import { toRefreshRequest } from './refresh-request.js'
import { advancedAuth, place } from './test/advanced-auth.js'
import { readCorpus } from './test/read-corpus.js'
import { toTokenRequest } from './token-request.js'

/** A connector that has OAuth and does not say how. */
const silent = JSON.parse(JSON.stringify(advancedAuth({}, { oauth_connector_input_specification: undefined })))

const find = (type: string, options = {}): OAuthSpec => {
  const spec = findOAuthSpec(type, silent, options)
  if (spec.kind === 'unsupported') throw new Error(spec.message)
  return spec
}
const inputs = { tenant_id: 'common', shop: 'acme', is_sandbox: 'false' }
const flow = { clientId: 'id', clientSecret: 's', redirectUrl: 'https://hub.test/cb', state: 'st', code: 'c', inputs }
const back = 'redirect_uri=https%3A%2F%2Fhub.test%2Fcb'

describe('providers', () => {
  it.each([
    [
      'source-airtable',
      `https://airtable.com/oauth2/v1/authorize?client_id=id&${back}&response_type=code&scope=data.records%3Aread+data.recordComments%3Aread+schema.bases%3Aread+user.email%3Aread&state=st`,
    ],
    [
      'source-asana',
      `https://app.asana.com/-/oauth_authorize?client_id=id&${back}&response_type=code&scope=default&state=st`,
    ],
    [
      'source-google-sheets',
      `https://accounts.google.com/o/oauth2/v2/auth?client_id=id&${back}&response_type=code&scope=https%3A%2F%2Fwww.googleapis.com%2Fauth%2Fspreadsheets.readonly+https%3A%2F%2Fwww.googleapis.com%2Fauth%2Fdrive.readonly&access_type=offline&state=st&include_granted_scopes=true&prompt=consent`,
    ],
    ['source-intercom', `https://app.intercom.com/oauth?client_id=id&${back}&state=st`],
    [
      'source-mailchimp',
      `https://login.mailchimp.com/oauth2/authorize?response_type=code&client_id=id&${back}&state=st`,
    ],
    [
      'source-microsoft-onedrive',
      `https://login.microsoftonline.com/common/oauth2/v2.0/authorize?client_id=id&${back}&state=st&scope=offline_access+Files.Read.All&response_type=code`,
    ],
    [
      'source-notion',
      `https://api.notion.com/v1/oauth/authorize?owner=user&client_id=id&${back}&response_type=code&state=st`,
    ],
    [
      'source-salesforce',
      `https://login.salesforce.com/services/oauth2/authorize?response_type=code&client_id=id&${back}&scope=api+refresh_token&state=st`,
    ],
    [
      'source-shopify',
      `https://acme.myshopify.com/admin/oauth/authorize?client_id=id&scope=read_customers%2Cread_inventory%2Cread_locations%2Cread_orders%2Cread_products&${back}&state=st`,
    ],
    [
      'source-slack',
      `https://slack.com/oauth/v2/authorize?client_id=id&${back}&scope=channels%3Ahistory%2Cchannels%3Ajoin%2Cchannels%3Aread%2Cgroups%3Ahistory%2Cgroups%3Aread%2Cusers%3Aread&state=st`,
    ],
  ])('%s: the consent page', (type, url) => expect(toConsentUrl(find(type), flow)).toBe(url))

  it.each(Object.entries(providers))('%s: no secret is in a URL, a verifier goes along', (type, provider) => {
    const spec = find(type)
    expect(spec).toMatchObject({ pkce: provider.pkce, refreshTokens: provider.refreshTokens })
    const codeVerifier = 'v'.repeat(43)
    const request = toTokenRequest(spec, { ...flow, clientSecret: 'top-secret', codeVerifier })
    expect(request.url).not.toMatch(/top-secret|\?/)
    expect(`${request.body}${atob(request.headers.Authorization?.slice(6) ?? '')}`).toContain('top-secret')
    expect(request.body).toContain(codeVerifier)
    const refresh = toRefreshRequest(spec, { ...flow, refreshToken: 'r' })
    expect(refresh.url).toBe(request.url)
    expect(refresh.body).toMatch(/refresh_token/)
    expect(refresh.body).not.toMatch(/authorization_code|hub\.test/)
  })

  it('show their client as they are told to', () => {
    const notion = toTokenRequest(find('source-notion'), flow)
    expect(notion.headers).toMatchObject({ Authorization: `Basic ${btoa('id:s')}`, 'Content-Type': 'application/json' })
    expect(JSON.parse(notion.body)).toEqual({
      grant_type: 'authorization_code',
      code: 'c',
      redirect_uri: flow.redirectUrl,
    })
    const sandbox = { ...flow, inputs: { is_sandbox: 'true' } }
    expect(toTokenRequest(find('source-salesforce'), sandbox)).toMatchObject({
      url: 'https://test.salesforce.com/services/oauth2/token',
      body: 'grant_type=authorization_code&code=c&redirect_uri=https%3A%2F%2Fhub.test%2Fcb&client_id=id&client_secret=s',
    })
  })

  it('give way to what a connector says itself', () => {
    expect(findOAuthSpec('source-slack', advancedAuth({}))).toMatchObject({ refreshTokens: 'unknown' })
    expect(findOAuthSpec('source-slack', advancedAuth({ consent_url: 'http://x.example/' }))).toMatchObject({
      kind: 'unsupported',
    })
    expect(findOAuthSpec('source-unknown', silent)).toMatchObject({ reason: 'not_declarative' })
    expect(findOAuthSpec('constructor', silent)).toMatchObject({ reason: 'not_declarative' })
    expect(toConsentUrl(find('source-hubspot', { scope: 'oauth tickets' }), flow)).toContain('scope=oauth+tickets&')
  })

  it('ask for the shop where the configuration has it', () => {
    expect(find('source-shopify').inputs).toContainEqual({ name: 'shop', path: ['shop'] })
    expect(place('shop').path_in_connector_config).toEqual(['shop'])
  })
})

const corpus = readCorpus().filter(({ type }) => Object.hasOwn(providers, type))

describe.skipIf(corpus.length === 0)(`the ${corpus.length} specifications of the corpus that the table is for`, () => {
  it.each(corpus)('$type of the $from gets all that it wants', ({ type, advancedAuth: auth }) => {
    const spec = findOAuthSpec(type, auth)
    if (spec.kind === 'unsupported') return expect.unreachable(spec.message)
    const config = isObject(auth) ? auth.oauth_config_specification : undefined
    const output = isObject(config) ? config.complete_oauth_output_specification : undefined
    const wanted = isObject(output) && isObject(output.properties) ? Object.keys(output.properties) : []
    const given = [...spec.outputs.map(({ name }) => name), ...spec.inputs.map(({ name }) => name)]
    expect(given.map((name) => (name === 'expires_in' ? 'token_expiry_date' : name))).toEqual(
      expect.arrayContaining(wanted),
    )
    expect(toConsentUrl(spec, flow)).toMatch(/^https:/)
  })
})
