import fc from 'fast-check'
import { expect, test } from 'vitest'
import { nameColumns, nameTables, quoteName, toIdentifier } from './naming.js'

const anyText = fc.array(fc.integer({ min: 0, max: 0xd7ff })).map((codes) => String.fromCharCode(...codes))

test.each([
  ['users', 'users'],
  ['Invoice Lines', 'Invoice_Lines'],
  ['2fa', '_2fa'],
  ['', '_'],
  ['prix €', 'prix__'],
  ['a'.repeat(63), 'a'.repeat(63)],
])('%s is called %s', (name, identifier) => {
  expect(toIdentifier(name)).toBe(identifier)
})

test('a long name keeps its first 54 letters and tells itself apart by a hash', () => {
  const [one, other] = [`${'a'.repeat(70)}1`, `${'a'.repeat(70)}2`].map(toIdentifier)
  expect(one).toMatch(/^a{54}_[0-9a-f]{8}$/)
  expect(one).not.toBe(other)
})

test('any name becomes one Postgres takes, the same every time', () => {
  fc.assert(
    fc.property(anyText, (name) => {
      expect(toIdentifier(name)).toMatch(/^[A-Za-z_][A-Za-z0-9_]{0,62}$/)
      expect(toIdentifier(name)).toBe(toIdentifier(name))
    }),
  )
})

test('columns never share a name, nor take one of Airbyte’s', () => {
  fc.assert(
    fc.property(fc.uniqueArray(fc.string({ unit: fc.constantFrom('a', ' ', '-', '_', 'é') })), (fields) => {
      const names = nameColumns([...fields, '_airbyte_meta'], ['_airbyte_meta'])
      expect(new Set([...names.values(), '_airbyte_meta']).size).toBe(
        fields.length + (fields.includes('_airbyte_meta') ? 1 : 2),
      )
    }),
  )
})

test('streams of one name in two namespaces get tables of their own, whatever their order', () => {
  const streams = [
    { name: 'users', namespace: 'sales' },
    { name: 'users', namespace: 'public' },
  ]
  const names = nameTables(streams, 'crm_')
  expect([...names.values()].sort()).toEqual(['crm_users', expect.stringMatching(/^crm_users_[0-9a-f]{8}$/)])
  expect(nameTables([...streams].reverse(), 'crm_')).toEqual(names)
})

test('streams of one name that go to schemas of their own keep it', () => {
  const streams = ['sales', 'public'].map((namespace) => ({ name: 'users', namespace, schema: namespace }))
  expect([...nameTables(streams, '').values()]).toEqual(['users', 'users'])
})

test('quotes double', () => {
  expect(quoteName('a"b')).toBe('"a""b"')
})
