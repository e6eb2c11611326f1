import { describe, expect, test } from 'vitest'
import { allows, allowsScripts, parsePolicies } from './csp.js'

const self = new URL('https://app.example.com/settings')
const api = new URL('https://api.example.com/api/airbyte/flows')
const isAllowed = (text: string, url = api, directive: 'connect-src' | 'form-action' = 'connect-src', page = self) =>
  parsePolicies([text]).every((policy) => allows(policy, directive, url, page))

test.each([
  ['', true],
  ["default-src 'self'", false],
  ["default-src 'self'; connect-src *", true],
  ["default-src *; connect-src 'none'", false],
  ["default-src *; connect-src 'self' https://api.example.com", true],
  ['connect-src api.example.com', true],
  ['connect-src *.example.com', true],
  ['connect-src *.ample.com', false],
  ['connect-src https:', true],
  ['connect-src http:', true],
  ['connect-src http://api.example.com', true],
  ['connect-src wss:', false],
  ['connect-src https://api.example.com:443', true],
  ['connect-src https://api.example.com:8443', false],
  ['connect-src https://api.example.com:*', true],
  ['connect-src https://api.example.com/api/', true],
  ['connect-src https://api.example.com/api', false],
  ['connect-src https://api.example.com.evil.test', false],
  ["connect-src 'self'; connect-src *", false],
  ['CONNECT-SRC https://API.example.com', true],
  ["connect-src *, connect-src 'self'", false],
  ['connect-src', false],
])('a page with %j may ask the API: %s', (text, expected) => expect(isAllowed(text)).toBe(expected))

test("'self' is the page's own origin, and its https where the page is http", () => {
  const own = new URL('/api/airbyte', self)
  expect(isAllowed("connect-src 'self'", own)).toBe(true)
  expect(isAllowed("connect-src 'self'", new URL('http://app.example.com/api'))).toBe(false)
  const http = new URL('http://app.example.com/')
  expect(isAllowed("connect-src 'self'", own, 'connect-src', http)).toBe(true)
})

test('where forms may go is never said by default-src', () => {
  expect(isAllowed("default-src 'none'", api, 'form-action')).toBe(true)
  expect(isAllowed("form-action 'self'", api, 'form-action')).toBe(false)
  expect(isAllowed("form-action 'self' https://api.example.com", api, 'form-action')).toBe(true)
})

describe('scripts', () => {
  test.each([
    ["default-src 'none'", false],
    ["default-src 'none'; script-src 'nonce-x'", true],
    ["script-src 'none'", false],
    ["script-src 'self'; script-src-elem 'none'", false],
    ["default-src 'self'", true],
    ['img-src *', true],
  ])('%j: %s', (text, expected) => expect(parsePolicies([text]).every(allowsScripts)).toBe(expected))
})
