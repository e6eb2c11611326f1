import { namedConnectors } from '@opsai/contract/named-connectors'
import type { Connector } from '@opsai/contract'
import fc from 'fast-check'
import { expect, test } from 'vitest'
import { mergeOffers } from '../connectors/offer.js'
import { recommendConnectors, toSize } from './recommend-connectors.js'

const gallery: Connector[] = mergeOffers([], namedConnectors, { featured: [], allowed: undefined }).map(
  ({ connector }) => ({
    ...connector,
    availability: connector.closest ? 'no_source' : 'available',
  }),
)
const names = (profile: { industry: string; size: string; type: string }, connectors = gallery) =>
  recommendConnectors(profile, connectors).map(({ sourceType }) => sourceType)

test.each([
  [{ industry: 'Retail', size: '11-50', type: 'B2C' }, 'shopify'],
  [{ industry: 'e-commerce', size: 'small', type: 'd2c' }, 'shopify'],
  [{ industry: 'SaaS', size: '51-200', type: 'b2b' }, 'salesforce hubspot stripe postgres'],
  [{ industry: 'financial services', size: '1000+', type: 'b2b' }, 'salesforce'],
  [{ industry: 'marketing agency', size: '1-10', type: 'agency' }, 'google-analytics-data-api'],
  [{ industry: 'healthcare', size: '201-1000', type: '' }, 'postgres'],
  [{ industry: 'falconry', size: '?', type: '??' }, 'postgres google-sheets hubspot stripe'],
])('%o begins with one of %s', (profile, expected) => {
  expect(expected.split(' ')).toContain(names(profile)[0])
})

test.each([
  ['1-10', 'small'],
  ['11–50', 'small'],
  ['51-200', 'medium'],
  ['201-1000', 'large'],
  ['1000+', 'large'],
  ['10,000', 'large'],
  ['Medium', 'medium'],
  ['enterprise', 'large'],
  ['', undefined],
])('a size of %j is %s', (size, expected) => expect(toSize(size)).toBe(expected))

test('a word inside another says nothing: hospitality is not IT', () => {
  expect(names({ industry: 'hospitality', size: '', type: '' })).not.toContain('mixpanel')
})

test('any profile gets the same reasoned list of real connectors, available ones first', () => {
  const profile = fc.record({ industry: fc.string(), size: fc.string(), type: fc.string() })
  const availability = fc.array(fc.constantFrom<Connector['availability']>('available', 'needs_airbyte', 'no_source'), {
    minLength: gallery.length,
    maxLength: gallery.length,
  })
  fc.assert(
    fc.property(profile, availability, (business, states) => {
      const connectors = gallery.map((connector, index) => ({
        ...connector,
        availability: states[index] ?? 'available',
      }))
      const list = recommendConnectors(business, connectors)
      expect(list).toEqual(recommendConnectors(business, [...connectors].reverse()))
      const ranks = list.map(({ sourceType }) =>
        connectors.find((each) => each.sourceType === sourceType)?.availability === 'available' ? 0 : 1,
      )
      expect(ranks).toEqual([...ranks].sort())
      for (const [index, { score, reasons }] of list.entries()) {
        expect(score).toBeGreaterThan(0)
        expect(score).toBeLessThanOrEqual(list[index - 1]?.score ?? 1)
        expect(reasons.length).toBeGreaterThan(0)
      }
    }),
  )
})
