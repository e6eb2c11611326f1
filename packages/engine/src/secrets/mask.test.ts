import { describe, expect, it } from 'vitest'
import { maskSecrets, secretValues, unmaskSecrets } from './mask.js'

const secret = { type: 'string', airbyte_secret: true }
const spec = {
  type: 'object',
  properties: {
    host: { type: 'string' },
    password: secret,
    credentials: {
      oneOf: [
        { properties: { auth_type: { const: 'oauth' }, refresh_token: secret } },
        { properties: { auth_type: { const: 'key' }, api_key: { ...secret, airbyte_secret: false } } },
      ],
    },
    accounts: { type: 'array', items: { properties: { name: { type: 'string' }, token: secret } } },
    service_account: { type: 'object', airbyte_secret: true },
  },
}
const configuration = {
  host: 'db.acme.com',
  password: 'hunter2',
  credentials: { auth_type: 'key', api_key: 'k-1' },
  accounts: [
    { name: 'a', token: 't-a' },
    { name: 'b', token: 't-b' },
  ],
  service_account: { private_key: 'p-1' },
}
const masked = {
  host: 'db.acme.com',
  password: '**********',
  credentials: { auth_type: 'key', api_key: '**********' },
  accounts: [
    { name: 'a', token: '**********' },
    { name: 'b', token: '**********' },
  ],
  service_account: '**********',
}

describe('masking', () => {
  it('stars every secret, in options and in arrays too, and nothing else', () => {
    expect(maskSecrets(spec, configuration)).toEqual(masked)
  })

  it('is undone by what is stored, so that an edit with masks changes nothing', () => {
    const { accounts: _, ...rest } = masked
    const { accounts: __, ...stored } = configuration
    expect(unmaskSecrets(spec, rest, configuration)).toEqual(stored)
  })

  it('is not undone in arrays, where Airbyte does not look either', () => {
    expect(unmaskSecrets(spec, masked, configuration).accounts).toEqual(masked.accounts)
  })

  it('takes a new secret, and drops a mask over one that was never stored', () => {
    const edited = { ...masked, password: 'new', credentials: { auth_type: 'oauth', refresh_token: '**********' } }
    expect(unmaskSecrets(spec, edited, configuration)).toMatchObject({
      password: 'new',
      credentials: { auth_type: 'oauth' },
    })
    expect(unmaskSecrets(spec, edited, configuration)).not.toHaveProperty('credentials.refresh_token')
  })

  it('lists what must not appear anywhere', () => {
    expect(secretValues(spec, configuration)).toEqual(['hunter2', 'k-1', 't-a', 't-b', 'p-1'])
  })
})
