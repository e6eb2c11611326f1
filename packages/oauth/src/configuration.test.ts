import { describe, expect, it } from 'vitest'
import { placeTokens } from './place-tokens.js'
import { readCallback } from './read-callback.js'
import { readInputs } from './read-inputs.js'
import { parse } from './test/parse.js'
import { place } from './test/advanced-auth.js'

describe('inputs', () => {
  it('are read where the specification says, as text', () => {
    const properties = {
      tenant: place('credentials', 'tenant'),
      sandbox: place('is_sandbox'),
      n: place('n'),
      odd: place('constructor', 'name'),
    }
    const spec = parse({}, { oauth_user_input_from_connector_config_specification: { properties } })
    expect(readInputs(spec, { credentials: { tenant: 'acme' }, is_sandbox: false, n: 7 })).toEqual({
      tenant: 'acme',
      sandbox: 'false',
      n: '7',
    })
    for (const nothing of [undefined, null, [], 'x', { credentials: null }])
      expect(readInputs(spec, nothing)).toEqual({})
  })
})

describe('tokens', () => {
  const spec = parse(
    { extract_output: ['access_token', 'refresh_token', 'expires_in'] },
    {
      complete_oauth_output_specification: {
        properties: { refresh_token: place('credentials', 'refresh_token'), token_expiry_date: place('until') },
      },
    },
  )

  it('go where the connector wants them, beside what is there', () => {
    const before = { name: 'x', credentials: { auth_type: 'Client' } }
    const outputs = { access_token: 'a', refresh_token: 'r', token_expiry_date: '2026-01-01T00:00:00.000Z' }
    expect(placeTokens(spec, before, outputs, { client_id: 'id', client_secret: 's' })).toEqual({
      name: 'x',
      credentials: { auth_type: 'Client', client_id: 'id', client_secret: 's', refresh_token: 'r' },
      until: '2026-01-01T00:00:00.000Z',
    })
    expect(before).toEqual({ name: 'x', credentials: { auth_type: 'Client' } })
    expect(placeTokens(spec, before, {})).toEqual(before)
  })

  it('never into a prototype', () => {
    const evil = { serverOutputs: [], outputs: [{ name: 'a', answerPath: ['a'], path: ['__proto__', 'polluted'] }] }
    placeTokens(evil, {}, { a: 'x' })
    expect({}).not.toHaveProperty('polluted')
  })
})

describe('a callback', () => {
  const read = (query: string, specification = {}) => readCallback(parse(specification), new URLSearchParams(query))

  it.each([
    ['code=c&state=s', { kind: 'code', code: 'c', state: 's' }],
    ['error=access_denied&state=s', { kind: 'refused', error: 'access_denied', state: 's' }],
    ['error=x&error_description=No.&code=c&state=s', { kind: 'refused', error: 'x', description: 'No.', state: 's' }],
    [
      'error_code=access_denied&error_message=No.&state=s',
      { kind: 'refused', error: 'access_denied', description: 'No.', state: 's' },
    ],
    ['error_code=0&code=c&state=s', { kind: 'code', code: 'c', state: 's' }],
    ['state=s', { kind: 'malformed', parameter: 'code' }],
    ['code=&state=s', { kind: 'malformed', parameter: 'code' }],
    ['code=c', { kind: 'malformed', parameter: 'state' }],
    ['code=c&state=s&state=t', { kind: 'malformed', parameter: 'state' }],
    ['code=c&code=d&state=s', { kind: 'malformed', parameter: 'code' }],
  ])('%s', (query, expected) => expect(read(query)).toEqual(expected))

  it('with names of the provider’s own', () => {
    expect(read('auth_code=c&st=s', { auth_code_key: 'auth_code', state_key: 'st' })).toEqual({
      kind: 'code',
      code: 'c',
      state: 's',
    })
  })
})
