import fc from 'fast-check'
import { expect, test } from 'vitest'
import { parseCode } from '../test/parse-code.js'
import { toLabel } from './labels.js'
import { toIdentifiers, toSlugs } from './slugs.js'

test.each([
  ['firstName', 'First name'],
  ['companyId', 'Company ID'],
  ['contact_ids', 'Contact IDs'],
  ['HTTPStatus_code', 'HTTP status code'],
  ['LegacyInvoices', 'Legacy invoices'],
  ['Customer_Email', 'Customer email'],
  ['prix_€', 'Prix'],
  ['日本語', '日本語'],
  ['_', '_'],
  ['  ', 'Unnamed'],
])('%j is read as %j', (name, label) => expect(toLabel(name)).toBe(label))

test.each([
  [['acme_crm_contacts'], ['acme-crm-contacts']],
  [['postgres_LegacyInvoices'], ['postgres-legacy-invoices']],
  [['été'], ['ete']],
  [['con'], [expect.stringMatching(/^con-[0-9a-f]{6}$/)]],
  [['Ω'], [expect.stringMatching(/^stream-[0-9a-f]{6}$/)]],
  [
    ['Orders', 'orders'],
    [expect.stringMatching(/^orders-[0-9a-f]{6}$/), expect.stringMatching(/^orders-[0-9a-f]{6}$/)],
  ],
])('%j get the slugs %j', (names, slugs) => expect(names.map((name) => toSlugs(names).get(name))).toEqual(slugs))

const anyName = fc.oneof(
  fc.string({ unit: 'grapheme', maxLength: 70 }),
  fc.string({ unit: fc.constantFrom('a', 'A', '_', '-', '1', 'é'), maxLength: 4 }),
  fc.constantFrom('__proto__', 'constructor', 'toString', 'delete', 'streams', 'a'.repeat(63), 'A'.repeat(63)),
)

test('however names are, slugs and identifiers are valid and nobody shares one', () => {
  fc.assert(
    fc.property(fc.uniqueArray(anyName, { minLength: 1 }), (names) => {
      const slugs = toSlugs(names)
      const identifiers = [...toIdentifiers([...slugs.values()]).values()]
      expect([...slugs.keys()].sort()).toEqual([...names].sort())
      expect(new Set(slugs.values()).size).toBe(names.length)
      for (const slug of slugs.values()) expect(slug).toMatch(/^[a-z0-9]+(-[a-z0-9]+)*$/)
      expect(new Set(identifiers).size).toBe(names.length)
      const code = identifiers.map((name) => `export const ${name} = 1`).join('\n')
      expect(parseCode(code).errors).toEqual([])
    }),
  )
})

test('a stream that comes along changes no address, unless it would be the same', () => {
  fc.assert(
    fc.property(fc.uniqueArray(anyName, { minLength: 1 }), anyName, (names, newcomer) => {
      const [before, after] = [toSlugs(names), toSlugs([...names, newcomer])]
      const newSlug = after.get(newcomer) ?? ''
      for (const name of names) {
        const same = before.get(name) === after.get(name)
        expect(same || newSlug.replace(/-[0-9a-f]+$/, '') === before.get(name)).toBe(true)
      }
    }),
  )
})
