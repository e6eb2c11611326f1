import { describe, expect, test } from 'vitest'
import { parseConsentUrl, replaceState } from './addresses.js'
import { isOfWorkspace } from './ways/complete-at-airbyte.js'
import { readCookie, toCookie } from './cookie.js'
import { toProviderEnd } from './flow-answer.js'
import { findReturnUrl, isOwnPage, toAssurance, toFlowOrigin, toProvenance } from './provenance.js'

describe('where a browser may be sent', () => {
  test.each(['https://login.test/authorize?a=b', 'http://localhost:4402/oauth', 'http://127.0.0.1:1/'])('%s', (url) =>
    expect(parseConsentUrl(url)?.href).toBe(url),
  )
  test.each([
    'javascript:alert(1)',
    'data:text/html,x',
    '//evil.test',
    'http://evil.test/',
    'https://good.test@evil.test/',
    'https://user:pass@evil.test/',
    'https://xn--80ak6aa92e.test/',
    'https://login.XN--80ak6aa92e.test/',
    'https://%78n--80ak6aa92e.test/',
    'https://ev\u0456l.test/',
    'https://a.test/\r\nSet-Cookie: x',
    'https:\\\\evil.test',
    'not a url',
    '',
  ])('not %j', (url) => expect(parseConsentUrl(url)).toBeUndefined())
})

test("our state takes the place of Airbyte's, which is handed back", () => {
  const { url, airbyteState } = replaceState(new URL('https://p.test/a?state=abcdefg&x=1'), 'ours')
  expect([url.href, airbyteState]).toEqual(['https://p.test/a?state=ours&x=1', 'abcdefg'])
  expect(replaceState(new URL('https://p.test/a'), 'ours')).toMatchObject({ airbyteState: undefined })
})

describe('where a start came from', () => {
  const from = (headers: Record<string, string>) =>
    toProvenance(new Headers(headers), ['https://host.test'], 'https://own.test')
  test.each([
    [{ origin: 'https://host.test' }, 'proven'],
    [{ origin: 'https://own.test' }, 'proven'],
    [{ origin: 'null', 'sec-fetch-site': 'same-origin' }, 'proven'],
    [{ origin: 'null', 'sec-fetch-site': 'cross-site' }, 'unproven'],
    [{ origin: 'null' }, 'unproven'],
    [{}, 'unproven'],
    [{ origin: 'https://evil.test' }, 'foreign'],
    [{ origin: 'https://host.test.evil.test' }, 'foreign'],
  ])('%j: %s', (headers, expected) => expect(from(headers)).toBe(expected))

  test('a flow belongs to the origin it started from, else to one that has a page to return to', () => {
    const pages = ['https://b.test/return', 'https://c.test/return']
    expect(toFlowOrigin('https://a.test', ['https://a.test', 'https://b.test'], pages)).toBe('https://a.test')
    expect(toFlowOrigin('null', ['https://a.test', 'https://b.test'], pages)).toBe('https://b.test')
    expect(toFlowOrigin('https://evil.test', ['https://a.test'], pages)).toBe('https://a.test')
    expect([findReturnUrl('https://c.test', pages), findReturnUrl('https://a.test', pages)]).toEqual([
      pages[1],
      undefined,
    ])
  })
})

describe('a request of our own page', () => {
  test.each([
    [{ origin: 'https://own.test' }, true],
    [{ origin: 'https://own.test', 'sec-fetch-site': 'same-origin' }, true],
    [{ origin: 'null', 'sec-fetch-site': 'same-origin' }, true],
    [{ 'sec-fetch-site': 'same-origin' }, true],
    [{}, false],
    [{ origin: 'null' }, false],
    [{ origin: 'null', 'sec-fetch-site': 'cross-site' }, false],
    [{ origin: 'https://own.test', 'sec-fetch-site': 'same-site' }, false],
    [{ origin: 'https://evil.test', 'sec-fetch-site': 'same-origin' }, false],
    [{ 'sec-fetch-site': 'none' }, false],
  ])('%j: %s', (headers, expected) => expect(isOwnPage(new Headers(headers), 'https://own.test')).toBe(expected))
})

describe('who vouches that who finishes is who started', () => {
  const returnUrls = ['https://a.test/return']
  test.each([
    ['https://a.test', 'proven', 'relaxed', 'host'],
    ['https://a.test', 'unproven', 'strict', 'host'],
    ['https://b.test', 'proven', 'relaxed', 'browser'],
    ['https://b.test', 'proven', 'strict', 'nobody'],
    ['https://b.test', 'unproven', 'relaxed', 'nobody'],
    ['', 'proven', 'strict', 'nobody'],
  ] as const)('started on %s, %s, %s: %s', (origin, provenance, assurance, who) =>
    expect(toAssurance({ origin, provenance }, { returnUrls, assurance })).toBe(who),
  )
})

describe("a provider's refusal", () => {
  const end = (query: string) => toProviderEnd(new URLSearchParams(query), 'HubSpot')
  test.each([
    ['error=access_denied', 'denied'],
    ['error=server_error&error_description=Down%0Anow', 'provider_error'],
    ['error=invalid_scope', 'provider_error'],
    ['error=access_denied&code=1', 'denied'],
    ['error_code=access_denied&error_message=No', 'denied'],
    ['error_code=200&error_message=No', 'provider_error'],
  ])('%s', (query, status) => expect(end(query)?.status).toBe(status))
  test('in its words, as text', () => {
    expect(end('error=x&error_description=No%0A<b>')).toMatchObject({
      error: { displayMessage: 'HubSpot reported a problem: “No <b>”.' },
    })
    expect(end('error=invalid_scope')).toMatchObject({ error: { code: 'scope_insufficient' } })
    expect(end('code=1')).toBeUndefined()
  })
})

test.each([
  ['airbyte_oauth_workspace_w1_secret_x_v1', true],
  ['airbyte_oauth_workspace_w2_secret_x_v1', false],
  ['airbyte_oauth_workspace_w11_secret_x_v1', false],
  ['AIRBYTE_OAUTH_WORKSPACE_W1_SECRET_X_V1', true],
  ['AIRBYTE_OAUTH_WORKSPACE_W2_SECRET_X_V1', false],
  ['secret_coordinate::airbyte_workspace_w2_secret_x_v1', false],
  ['airbyte_oauth_workspace_w1_airbyte_oauth_workspace_w2_secret_x_v1', false],
  ['some-other-store', true],
])('the secret %s is of workspace w1: %s', (secretId, expected) => expect(isOfWorkspace(secretId, 'w1')).toBe(expected))

test('the cookie is found among others, and only for its own flow', () => {
  const cookie = toCookie('flow', 'value', true).split(';')[0] ?? ''
  const request = new Request('https://x.test', { headers: { cookie: `a=b; ${cookie}; c=d` } })
  expect([
    readCookie(request, 'flow', true),
    readCookie(request, 'other', true),
    readCookie(request, 'flow', false),
  ]).toEqual(['value', undefined, undefined])
})
