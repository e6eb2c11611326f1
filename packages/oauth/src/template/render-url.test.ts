import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { toConsentUrl } from '../consent-url.js'
import { OAuthError } from '../oauth-error.js'
import { parse } from '../test/parse.js'
import { checkUrl } from './check-url.js'

const flow = { clientId: 'id', redirectUrl: 'https://hub.test/cb', state: 'st' }
const fill = (consent_url: string, inputs: Record<string, string>, options = {}) =>
  toConsentUrl(parse({ consent_url }, undefined, options), { ...flow, inputs })

const inHost = 'https://{{subdomain}}.zendesk.test/oauth?{{state_param}}'
const inPath = 'https://login.test.example/{{tenant_id}}/authorize?{{state_param}}'
const inQuery = 'https://login.test.example/authorize?{{state_param}}&subdomain={{subdomain}}'

describe('an input in a host', () => {
  it.each(['acme', 'ACME-2', 'a', 'xn--bcher-kva', '0'])('may be "%s"', (subdomain) => {
    expect(new URL(fill(inHost, { subdomain })).hostname).toBe(`${subdomain.toLowerCase()}.zendesk.test`)
  })

  it.each([
    'evil.test/',
    'evil.test/#',
    'evil.test?',
    'evil.test#',
    'evil.test\\',
    'a@evil.test/',
    'evil.test:443/',
    'evil.test%2f',
    'a.b',
    '.',
    '..',
    '-',
    '-a',
    'a-',
    ' acme',
    'acme\n',
    'acme\t',
    'acmé',
    'acme。test',
    'ａ',
    '{{state}}',
    'a'.repeat(64),
    'acme.zendesk.test',
    '[::1]',
    '@',
    '/',
    '//evil.test',
    'http://evil.test/',
  ])('may not be %j', (subdomain) => {
    expect(() => fill(inHost, { subdomain })).toThrow(
      expect.objectContaining({ name: 'OAuthError', code: 'unsafe_value', variable: 'subdomain' }),
    )
  })

  it.each<Record<string, string>>([{}, { subdomain: '' }])('has to be there', (inputs) => {
    expect(() => fill(inHost, inputs)).toThrow(
      expect.objectContaining({ code: 'missing_input', variable: 'subdomain' }),
    )
  })

  it.each([
    ['https://{{subdomain}}/oauth?{{state_param}}', 'evil'],
    ['https://login.{{subdomain}}/oauth?{{state_param}}', 'evil'],
    ['https://{{subdomain}}.com/oauth?{{state_param}}', 'evil'],
    ['https://{{subdomain}}.co.uk/oauth?{{state_param}}', 'evil'],
    ['https://{{subdomain}}.com', 'evil'],
    ['https://{{subdomain}}.com?{{state_param}}', 'evil'],
    ['https://{{subdomain}}..example.com/', 'evil'],
    ['https://{{subdomain}}example.com/', 'evil'],
  ])('%s names no site of its own', (template, subdomain) => {
    expect(() => fill(template, { subdomain })).toThrow(expect.objectContaining({ code: 'unsafe_value' }))
  })

  it("a choice among the specification's own words may be any part of it", () => {
    const template = "https://accounts.zoho.test.{{ {'US': 'com', 'AU': 'com.au'}[region] }}/auth?{{state_param}}"
    expect(fill(template, { region: 'AU' })).toBe('https://accounts.zoho.test.com.au/auth?state=st')
    for (const region of ['XX', 'constructor', '__proto__', 'us', 'evil.test/']) {
      expect(() => fill(template, { region })).toThrow(
        expect.objectContaining({ code: 'unsafe_value', variable: 'region' }),
      )
    }
  })
})

describe('an input', () => {
  it('is not what an object happens to have', () => {
    const properties = { toString: { path_in_connector_config: ['toString'] } }
    const around = { oauth_user_input_from_connector_config_specification: { properties } }
    const spec = parse({ consent_url: 'https://a.example/?x={{toString}}' }, around)
    expect(() => toConsentUrl(spec, flow)).toThrow(
      expect.objectContaining({ code: 'missing_input', variable: 'toString' }),
    )
  })

  it('that chooses has to choose something', () => {
    const template = "https://a.example/?x={{ {'US': 'com'}[region] }}"
    expect(() => fill(template, { region: 'EU' })).toThrow(
      expect.objectContaining({ code: 'unsafe_value', variable: 'region' }),
    )
  })
})

describe('an input in a path', () => {
  it.each(['contoso.onmicrosoft.com', '8b1b3ab0-0000-4000-8000-000000000000', 'common'])('may be "%s"', (tenant_id) => {
    expect(fill(inPath, { tenant_id })).toBe(`https://login.test.example/${tenant_id}/authorize?state=st`)
  })

  it.each(['..', '.', '../x', 'a/b', 'a\\b', 'a?b', 'a#b', '%2e%2e', 'a b', 'é', '@evil/..'])(
    'may not be %j',
    (tenant_id) => {
      expect(() => fill(inPath, { tenant_id })).toThrow(
        expect.objectContaining({ code: 'unsafe_value', variable: 'tenant_id' }),
      )
    },
  )
})

describe('whatever the inputs are', () => {
  const anything = fc.oneof(
    fc.string({ unit: 'binary' }),
    fc.string({
      unit: fc.constantFrom('a', '.', '/', '#', '?', '@', ':', '\\', '%', '{{', '}}', '&', '=', ' ', '-', '\n'),
    }),
    fc.webUrl(),
  )

  it('the host, the path and the parameters are those of the specification', () => {
    fc.assert(
      fc.property(anything, anything, anything, (subdomain, tenant, state) => {
        const template = 'https://{{subdomain}}.zendesk.test/{{tenant_id}}/go?a={{region}}&{{state_param}}&z=1'
        let url: string
        try {
          const inputs = { subdomain, tenant_id: tenant, region: `${tenant}${state}x` }
          url = toConsentUrl(parse({ consent_url: template }), { ...flow, state, inputs })
        } catch (error) {
          expect(error).toMatchObject({ name: 'OAuthError' })
          return
        }
        expect(url).not.toMatch(/\{\{|\}\}|\{%/)
        const read = new URL(url)
        expect(read.protocol).toBe('https:')
        expect(read.host).toBe(`${subdomain.toLowerCase()}.zendesk.test`)
        expect(read.pathname).toBe(`/${tenant}/go`)
        expect([...read.searchParams.keys()]).toEqual(['a', 'state', 'z'])
        expect(read.searchParams.get('state')).toBe(Buffer.from(state).toString())
        expect(read.hash).toBe('')
      }),
      { numRuns: 500 },
    )
  })

  it('one that is a plain word goes through', () => {
    fc.assert(
      fc.property(fc.stringMatching(/^[a-z0-9]{1,20}$/), anything.filter(Boolean), (subdomain, any) => {
        expect(new URL(fill(inHost, { subdomain })).hostname).toBe(`${subdomain}.zendesk.test`)
        expect(new URL(fill(inQuery, { subdomain: any })).searchParams.get('subdomain')).toBe(
          Buffer.from(any).toString(),
        )
      }),
    )
  })
})

describe('the URL itself', () => {
  it('is https, or http on this machine where that is allowed', () => {
    const local = 'http://127.0.0.1:4402/authorize?{{state_param}}'
    expect(fill(local, {}, { allowHttpLoopback: true })).toBe('http://127.0.0.1:4402/authorize?state=st')
    expect(() => fill(local, {})).toThrow(/insecure_url/)
    for (const url of [
      'http://example.com/',
      'javascript:alert(1)',
      'ftp://example.com/',
      'http://127.0.0.1.evil.test/',
      '{{state}}',
    ]) {
      expect(() => fill(url, {}, { allowHttpLoopback: true })).toThrow(/insecure_url/)
    }
  })

  it.each([
    'https://user@example.com/',
    'https://example.com\\@evil.test/',
    'https://example.com/../x',
    'https://example.com/#a',
    'https://exa mple.com/',
    'https://example.com/?a=1#b',
    'https://example.com/?a=1\n2',
    'https://example.com/?a="1"',
  ])('%s is not what it looks like', (url) =>
    expect(() => fill(url, {})).toThrow(expect.objectContaining({ code: 'insecure_url' })),
  )

  it('is looked at again when it is made', () => {
    const rules = { allowHttpLoopback: true }
    expect(() => checkUrl('https://example.com/', rules)).not.toThrow()
    expect(() => checkUrl('http://localhost:1/', rules)).not.toThrow()
    for (const url of ['http://example.com/', 'ftp://localhost/', 'http://localhost.evil.test/']) {
      expect(() => checkUrl(url, rules)).toThrow(expect.objectContaining({ code: 'insecure_url' }))
    }
    expect(() => checkUrl('http://localhost:1/', { allowHttpLoopback: false })).toThrow(OAuthError)
  })
})
