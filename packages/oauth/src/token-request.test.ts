import { describe, expect, it } from 'vitest'
import { toConsentUrl } from './consent-url.js'
import { toRefreshRequest } from './refresh-request.js'
import { toCodeChallenge } from './template/encode.js'
import { parse } from './test/parse.js'
import { toTokenRequest } from './token-request.js'

const flow = {
  clientId: 'id',
  clientSecret: 'se&cr=et',
  code: 'co+de',
  redirectUrl: 'https://hub.test/cb?a=1',
  state: 'st',
}
const inQuery = {
  access_token_url:
    'https://a.example/token?{{client_id_param}}&{{client_secret_param}}&{{auth_code_param}}&{{redirect_uri_param}}&grant_type=authorization_code',
}
const asForm = {
  access_token_headers: { 'Content-Type': 'application/x-www-form-urlencoded' },
  access_token_params: {
    client_id: '{{ client_id_value }}',
    client_secret: '{{ client_secret_value }}',
    code: '{{ auth_code_value }}',
    grant_type: 'authorization_code',
    redirect_uri: '{{ redirect_uri_value }}',
  },
}
const basic = {
  access_token_headers: { Authorization: "Basic {{ (client_id_value ~ ':' ~ client_secret_value) | b64encode }}" },
  access_token_params: {
    '{{ auth_code_key }}': '{{ auth_code_value }}',
    grant_type: 'authorization_code',
    audience: 'api',
  },
}
const basicValue = `Basic ${btoa('id:se&cr=et')}`

describe('a code is traded', () => {
  it('in the query, where a value that would break out is encoded', () => {
    expect(toTokenRequest(parse(inQuery), flow)).toEqual({
      method: 'POST',
      url: 'https://a.example/token?client_id=id&client_secret=se%26cr=et&code=co%2Bde&redirect_uri=https%3A%2F%2Fhub.test%2Fcb%3Fa%3D1&grant_type=authorization_code',
      headers: { 'Content-Type': 'application/x-www-form-urlencoded', Accept: 'application/json' },
      body: '',
    })
  })

  it('in a form', () => {
    expect(toTokenRequest(parse(asForm), flow)).toMatchObject({
      url: 'https://login.example.com/token',
      body: 'client_id=id&client_secret=se%26cr%3Det&code=co%2Bde&grant_type=authorization_code&redirect_uri=https%3A%2F%2Fhub.test%2Fcb%3Fa%3D1',
    })
  })

  it('as JSON, which is what Airbyte takes parameters for without a Content-Type, with the client in a header', () => {
    const request = toTokenRequest(parse(basic), flow)
    expect(request.headers).toEqual({
      Authorization: basicValue,
      'Content-Type': 'application/json',
      Accept: 'application/json',
    })
    expect(JSON.parse(request.body)).toEqual({ code: 'co+de', grant_type: 'authorization_code', audience: 'api' })
  })

  it.each(['a\r\nX-Evil: 1', 'a\nb', 'a\0b', 'sécrét€'])(
    'never with another header in a header: %j',
    (clientSecret) => {
      const spec = parse({ access_token_headers: { 'X-Secret': '{{ client_secret_value }}' } })
      expect(() => toTokenRequest(spec, { ...flow, clientSecret })).toThrow(
        expect.objectContaining({ code: 'unsafe_value' }),
      )
    },
  )

  it.each(['Host', 'content-length', 'Transfer-Encoding', 'a b', 'x\n'])('never with the header %j', (name) => {
    const spec = parse({ access_token_headers: { [name]: 'x' } })
    expect(() => toTokenRequest(spec, flow)).toThrow(expect.objectContaining({ code: 'unsafe_value' }))
  })

  it('without saying a secret when it fails', () => {
    const spec = parse({ access_token_headers: { 'X-Secret': '{{ client_secret_value }}' } })
    try {
      toTokenRequest(spec, { ...flow, clientSecret: 'hush\n' })
    } catch (error) {
      return expect(String(error)).not.toContain('hush')
    }
    expect.unreachable()
  })
})

describe('PKCE', () => {
  const codeVerifier = 'v'.repeat(43)
  const challenge = `code_challenge=${toCodeChallenge(codeVerifier)}`
  const fromState = {
    consent_url: 'https://a.example/?{{state_param}}&code_challenge={{ state_value | codechallengeS256 }}',
    access_token_params: { code_verifier: '{{ state_value }}', code: '{{ auth_code_value }}' },
  }

  it('is the state’s where the specification says so and we have none', () => {
    expect(parse(fromState).pkce).toBe('state')
    expect(toConsentUrl(parse(fromState), flow)).toBe(
      `https://a.example/?state=st&code_challenge=${toCodeChallenge('st')}`,
    )
    expect(JSON.parse(toTokenRequest(parse(fromState), flow).body)).toEqual({ code_verifier: 'st', code: 'co+de' })
  })

  it('is ours where we have one', () => {
    const ours = { ...flow, codeVerifier }
    expect(toConsentUrl(parse(fromState), ours)).toBe(
      `https://a.example/?state=st&${challenge}&code_challenge_method=S256`,
    )
    expect(JSON.parse(toTokenRequest(parse(fromState), ours).body)).toEqual({
      code: 'co+de',
      code_verifier: codeVerifier,
    })
    expect(parse(inQuery).pkce).toBe('none')
    expect(toConsentUrl(parse({ consent_url: 'https://a.example/authorize' }), ours)).toBe(
      `https://a.example/authorize?${challenge}&code_challenge_method=S256`,
    )
    expect(toTokenRequest(parse(inQuery), ours).url).toMatch(new RegExp(`&code_verifier=${codeVerifier}$`))
    expect(toTokenRequest(parse(asForm), ours).body).toMatch(new RegExp(`&code_verifier=${codeVerifier}$`))
    const url = 'https://a.example/token?code_verifier={{state_value}}&{{auth_code_param}}'
    expect(toTokenRequest(parse({ access_token_url: url }), ours).url).toBe(
      `https://a.example/token?code_verifier=${codeVerifier}&code=co%2Bde`,
    )
  })
})

describe('a refresh token is traded', () => {
  const refresh = { clientId: 'id', clientSecret: 'se&cr=et', refreshToken: 'r1', inputs: { subdomain: 'acme' } }

  it.each([
    [
      'with nothing secret in the URL',
      inQuery,
      'https://a.example/token',
      'grant_type=refresh_token&refresh_token=r1&client_id=id&client_secret=se%26cr%3Det',
    ],
    [
      'in a form',
      asForm,
      'https://login.example.com/token',
      'grant_type=refresh_token&refresh_token=r1&client_id=id&client_secret=se%26cr%3Det',
    ],
    [
      'at a host of its own',
      { access_token_url: 'https://{{subdomain}}.zendesk.test/t?{{auth_code_param}}' },
      'https://acme.zendesk.test/t',
      'grant_type=refresh_token&refresh_token=r1&client_id=id&client_secret=se%26cr%3Det',
    ],
    [
      'at an URL of its own',
      { ...asForm, refresh_token_url: 'https://r.example/refresh?x=1' },
      'https://r.example/refresh?x=1',
      'grant_type=refresh_token&refresh_token=r1&client_id=id&client_secret=se%26cr%3Det',
    ],
  ])('%s', (_, specification, url, body) => {
    expect(toRefreshRequest(parse(specification), refresh)).toMatchObject({ method: 'POST', url, body })
  })

  it('with the client in the header, and what else the provider wants', () => {
    const request = toRefreshRequest(parse(basic), refresh)
    expect(request.headers.Authorization).toBe(basicValue)
    expect(JSON.parse(request.body)).toEqual({ grant_type: 'refresh_token', refresh_token: 'r1', audience: 'api' })
  })
})
