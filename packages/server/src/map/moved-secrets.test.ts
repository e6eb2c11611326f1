import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { MASK } from './masks.js'
import { findMovedSecrets } from './moved-secrets.js'

const text = { type: 'string' }
const specification = {
  properties: {
    host: text,
    port: { type: 'integer', default: 5432 },
    password: { type: 'string', airbyte_secret: true },
    subdomain: text,
    region: { type: 'string', enum: ['us', 'eu'] },
    login_page: { type: 'string', format: 'uri' },
    environment: { type: 'string', enum: ['production', 'sandbox'] },
    tunnel: {
      oneOf: [
        { properties: { kind: { const: 'none' } } },
        { properties: { kind: { const: 'ssh' }, tunnel_host: text, tunnel_port: { type: 'integer', default: 22 } } },
      ],
    },
  },
}
const stored = { host: 'db.acme.test', port: 5432, subdomain: 'acme', region: 'us', password: MASK }
const ask = (change: object, before: object = stored) =>
  findMovedSecrets(specification, { ...before }, { ...before, ...change }).map(({ path }) => path.join('.'))
const asked = ['configuration.password']

describe('a secret does not go where it has not been', () => {
  test.each<[string, object]>([
    ['another host', { host: 'db.evil.test' }],
    ['another port of the same host: behind some hosts each port is somebody else’s', { port: 6543 }],
    ['a host that was not there', { proxy: 'evil.test' }],
    ['a way through a server that was not there', { tunnel: { kind: 'ssh', tunnel_host: 'evil.test' } }],
    ['parameters that name a host', { jdbc_url_params: 'serverName=evil.test' }],
    ['a part of an address that breaks out of it', { subdomain: 'evil.test/' }],
    ['a field that is an address by its form', { login_page: 'https://evil.test' }],
    ['a value that is an address by itself', { whatever: 'https://evil.test' }],
    ['a value outside the given ones', { region: 'evil.test/' }],
    ['a host in a list', { hosts: ['evil.test'] }],
    ['a host called in camel case', { serverHost: 'evil.test' }],
  ])('%s asks for it again', (_, change) => expect(ask(change)).toEqual(asked))

  test('nor does the way through a server end unasked', () => {
    const before = { ...stored, tunnel: { kind: 'ssh', tunnel_host: 'bastion.acme.test' } }
    expect(ask({ tunnel: { kind: 'none' } }, before)).toEqual(asked)
  })

  test('nor with an address that is itself a secret', () => {
    const before = { connection_string: MASK, password: MASK }
    expect(ask({ connection_string: 'mongodb://evil.test' }, before)).toEqual(asked)
  })
})

describe('what leads nowhere new asks for nothing', () => {
  test.each<[string, object]>([
    ['nothing changed', {}],
    ['another field', { schemas: ['a'], start_date: '2026-01-01T00:00:00Z' }],
    ['another of the given values', { region: 'eu', environment: 'sandbox' }],
    ['a plain word within the provider’s own domain', { subdomain: 'acme-eu' }],
    ['a number instead of its text', { port: '5432' }],
    ['spaces around it', { host: ' db.acme.test ' }],
    ['a way through no server', { tunnel: { kind: 'none' } }],
    ['the secret typed anew', { host: 'db.evil.test', password: 'typed' }],
    ['a name that only sounds so', { report: 'x', hosted: 'x', important: 'y', sport: 'z' }],
  ])('%s', (_, change) => expect(ask(change)).toEqual([]))

  test('a default that is now written out', () => {
    expect(ask({ port: 5432 }, { host: 'db.acme.test', password: MASK })).toEqual([])
  })

  test('a configuration without secrets', () => expect(ask({ host: 'other' }, { host: 'db.acme.test' })).toEqual([]))
})

test('every masked secret is asked for, wherever it stands, and no configuration is too odd', () => {
  fc.assert(
    fc.property(fc.dictionary(fc.string(), fc.anything()), (tree) => {
      const before = { ...tree, host: 'a', deep: { list: [{ secret: MASK }] } }
      const paths = findMovedSecrets(specification, before, { ...before, host: 'b' }).map(({ path }) => path.join('.'))
      expect(paths).toContain('configuration.deep.list.0.secret')
    }),
  )
})
