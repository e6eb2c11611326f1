import { describe, expect, it } from 'vitest'
import { findOAuthSpec } from './find-oauth-spec.js'
import { readRevoked, toRevocationRequest } from './revocation-request.js'
import { advancedAuth } from './test/advanced-auth.js'
import { parse } from './test/parse.js'

const flow = { clientId: 'id', clientSecret: 's&cret', token: 'r 1', inputs: { subdomain: 'acme' } }
const at = { revocation_url: 'https://{{ subdomain }}.example.com/revoke' }
const form = { 'Content-Type': 'application/x-www-form-urlencoded' }

describe('a revocation', () => {
  it('is not made up where nobody says how', () => {
    expect(toRevocationRequest(parse({}), flow)).toBeUndefined()
  })

  it('shows the client in the body, or as the token request has it in a header', () => {
    expect(toRevocationRequest(parse(at), flow)).toEqual({
      method: 'POST',
      url: 'https://acme.example.com/revoke',
      headers: { ...form, Accept: 'application/json' },
      body: 'token=r+1&client_id=id&client_secret=s%26cret',
    })
    const basic = { Authorization: 'Basic {{ (client_id_value ~ ":" ~ client_secret_value) | b64encode }}' }
    const byHeader = toRevocationRequest(parse({ ...at, access_token_headers: basic }), flow)
    expect(byHeader).toMatchObject({ headers: { Authorization: `Basic ${btoa('id:s&cret')}` }, body: 'token=r+1' })
    const beside = { access_token_params: { code: '{{ auth_code_value }}', client_id: '{{ client_id_value }}' } }
    const both = parse({ ...at, ...beside, access_token_headers: { ...basic, ...form } })
    expect(toRevocationRequest(both, flow)?.body).toBe('token=r+1&client_id=id')
  })

  it('goes as JSON where the tokens do, under the names that the provider has', () => {
    const json = parse({ ...at, access_token_params: { a: 'b' }, client_id_key: 'app' })
    expect(JSON.parse(toRevocationRequest(json, flow)?.body ?? '')).toEqual({
      token: 'r 1',
      app: 'id',
      client_secret: 's&cret',
    })
  })

  it('goes nowhere but https, nor to a host that an input makes up', () => {
    const spec = findOAuthSpec('source-x', advancedAuth({ revocation_url: 'http://example.com/revoke' }))
    expect(spec).toMatchObject({ kind: 'unsupported', reason: 'insecure_url' })
    expect(() => toRevocationRequest(parse(at), { ...flow, inputs: { subdomain: 'evil.test/#' } })).toThrow(
      'plain word',
    )
  })

  it.each([
    ['Google', 'source-google-drive', 'https://oauth2.googleapis.com/token?{{client_id_param}}'],
    ['Asana', 'source-asana', undefined],
    ['Salesforce', 'source-salesforce', undefined],
  ])('is known of %s', (_, type, access_token_url) => {
    const written = access_token_url
      ? advancedAuth({ access_token_url })
      : advancedAuth({}, { oauth_connector_input_specification: undefined })
    const spec = findOAuthSpec(type, written)
    if (spec.kind === 'unsupported') return expect.unreachable(spec.message)
    const inputs = { is_sandbox: 'false' }
    expect(toRevocationRequest(spec, { ...flow, inputs })?.url).toMatch(/^https:\/\/.*revoke$/)
  })
})

describe('the answer to it', () => {
  const answer = (status: number, body: unknown) => ({ status, body: body === '' ? '' : JSON.stringify(body) })

  it.each([
    [200, ''],
    [200, {}],
    [204, ''],
    [200, []],
    [400, { error: 'invalid_token' }],
    [400, { error: 'invalid_grant' }],
  ])('%s %j: it is gone', (status, body) => expect(readRevoked(answer(status, body))).toEqual({ kind: 'revoked' }))

  it.each([
    [400, { error: 'unsupported_token_type' }, 'refused'],
    [401, { error: 'invalid_client' }, 'refused'],
    [200, { ok: false, error: 'not_allowed' }, 'refused'],
    [503, '', 'unavailable'],
    [429, '', 'unavailable'],
  ])('%s %j: it is not', (status, body, kind) => expect(readRevoked(answer(status, body))).toMatchObject({ kind }))
})
