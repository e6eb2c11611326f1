import { describe, expect, it } from 'vitest'
import { parse } from '../test/parse.js'
import { toConsentUrl } from '../consent-url.js'
import { OAuthError } from '../oauth-error.js'
import { parseTemplate } from './parse-template.js'

const flow = {
  clientId: 'id',
  redirectUrl: 'https://hub.test/cb',
  state: 'st',
  inputs: { region: 'AU', subdomain: 'acme' },
}
const render = (query: string, inputs: Record<string, string> = flow.inputs) =>
  toConsentUrl(parse({ consent_url: `https://a.example/?${query}`, scope: 'read all', plan: 'x y' }), {
    ...flow,
    inputs,
  }).slice(19)

describe('what connectors write', () => {
  it.each([
    ['{{client_id_param}}', 'client_id=id'],
    ['{{  client_id_key }}={{\n client_id_value }}', 'client_id=id'],
    ['{{redirect_uri_param}}', 'redirect_uri=https%3A%2F%2Fhub.test%2Fcb'],
    ['r={{ redirect_uri_value }}', 'r=https://hub.test/cb'],
    ['r={{ redirect_uri_value | urlencode }}', 'r=https%3A%2F%2Fhub.test%2Fcb'],
    ['r={{ redirect_uri_value | urlEncoder }}', 'r=https%3A%2F%2Fhub.test%2Fcb'],
    ['{{scope_param}}&{{scopes_param}}', 'scope=read+all&scope=read+all'],
    ['s={{ scope_value | urlEncode }}', 's=read+all'],
    ['s={{ scope_value }}', 's=read%20all'],
    ['s={{ state }}{{state_value}}', 's=stst'],
    ['p={{ plan | urlencode }}', 'p=x+y'],
    ["s={{ scope_value | urlencode | replace('+', '%20') }}", 's=read%20all'],
    ["s={{ scope_value | replace(' ', '&') }}", 's=read%26all'],
    ["b={{ (client_id_value ~ ':' ~ state_value) | b64encode }}", 'b=aWQ6c3Q='],
    ['b={{ client_id_value | base64Encoder | urlencode }}', 'b=aWQ%3D'],
    ["u={{ 'a%20b' | urlDecoder | urlencode }}", 'u=a+b'],
    ["u={{ 'aWQ=' | b64decode }}", 'u=id'],
    ["c={{ 'abc' | codeChallengeS256 }}", 'c=ungWv48Bz-pBQUDeXa4iI7ADYaOWF3qctBD_YfIAFa0'],
    ["c={{ state_value | codechallengeS256 | replace('-', '.') | replace('_', '.') }}", /^c=[A-Za-z0-9.]{43}$/],
    ["d={{ {'US': 'com', 'AU': 'com.au'}[region] }}", 'd=com.au'],
    ['x={% if is_sandbox %}test{% else %}login{% endif %}', 'x=login'],
    ["x={% if region == 'AU' %}down{% endif %}", 'x=down'],
    ["x={% if not region != 'AU' %}{% if subdomain %}both{% endif %}{% endif %}", 'x=both'],
  ])('%s', (query, expected) => {
    if (expected instanceof RegExp) return expect(render(query)).toMatch(expected)
    expect(render(query)).toBe(expected)
  })

  it.each([
    ['true', 'test'],
    ['True', 'test'],
    ['false', 'login'],
    ['False', 'login'],
    ['', 'login'],
  ])('a check box that is "%s"', (is_sandbox, host) => {
    const consent_url = 'https://{% if is_sandbox %}test{% else %}login{% endif %}.example.com/?{{state_param}}'
    expect(toConsentUrl(parse({ consent_url }), { ...flow, inputs: { is_sandbox } })).toBe(
      `https://${host}.example.com/?state=st`,
    )
  })

  it('reads no template in a value', () => {
    const url = toConsentUrl(parse({}), { ...flow, clientId: '{{ state_value }}', state: '{% if 1 %}' })
    expect(url).toContain('client_id=%7B%7B%20state_value%20%7D%7D&')
    expect(url).toMatch(/state=%7B%25%20if%201%20%25%7D$/)
  })
})

describe('what nothing is evaluated of', () => {
  it.each([
    ['{{ client_id_value', 'malformed_template'],
    ['{{ client_id_value }', 'malformed_template'],
    ['client_id_value }}', 'malformed_template'],
    ['{% if x %}', 'malformed_template'],
    ['{% if x %}a{% else %}b', 'malformed_template'],
    ['{% if x %}a{% else %}b{% else %}c{% endif %}', 'malformed_template'],
    ['a{% endif %}', 'malformed_template'],
    ['{{ a.b }}', 'malformed_template'],
    ['{{ 7 * 7 }}', 'malformed_template'],
    ['{{ "a }}', 'malformed_template'],
    ['{{ }}', 'unsupported_template'],
    ['{{ a b }}', 'unsupported_template'],
    ['{{ x.constructor }}', 'malformed_template'],
    ["{{ x['constructor'] }}", 'unsupported_template'],
    ['{{ x() }}', 'unsupported_template'],
    ["{{ ''.getClass() }}", 'malformed_template'],
    ['{{ range(3) }}', 'malformed_template'],
    ['{{ x | lower }}', 'unsupported_template'],
    ['{{ x | constructor }}', 'unsupported_template'],
    ['{{ x | replace("a") }}', 'unsupported_template'],
    ['{{ x | urlencode("a") }}', 'unsupported_template'],
    ['{% for i in x %}{% endfor %}', 'unsupported_template'],
    ["{% set y = 'a' %}", 'malformed_template'],
    ['{% include x %}', 'unsupported_template'],
    ['{# note #}', 'unsupported_template'],
  ])('%s', (source, code) => {
    expect(() => parseTemplate(source)).toThrow(expect.objectContaining({ name: 'OAuthError', code }))
  })

  it('takes long templates without taking long', () => {
    const started = performance.now()
    const hostile = [
      'a'.repeat(10_001),
      '{{'.repeat(50_000),
      '{{'.repeat(4_900),
      `{{ ${'('.repeat(9_000)}`,
      `{{ '${'\\'.repeat(9_000)}`,
      `{{ a${' |'.repeat(4_000)}`,
      '{% if a %}'.repeat(900),
    ]
    for (const source of hostile) expect(() => parseTemplate(source)).toThrow(OAuthError)
    expect(performance.now() - started).toBeLessThan(2_000)
  })
})
