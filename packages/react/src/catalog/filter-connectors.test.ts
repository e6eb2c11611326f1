import type { Connector } from '@opsai/contract'
import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { fakeConnectors } from '../testing/fake-connectors.js'
import { filterConnectors, toRecommendedConnectors } from './filter-connectors.js'

const names = (connectors: Connector[]) => connectors.map(({ name }) => name)

describe('a search', () => {
  test.each([
    ['stripe', ['Stripe']],
    ['  STRIPE ', ['Stripe']],
    ['aws file', ['AWS S3']],
    ['nothing like this', []],
  ])('for %j finds %j', (search, found) => {
    expect(names(filterConnectors(fakeConnectors, { search }))).toEqual(found)
  })

  test('without words and group shows everything, in its order', () => {
    expect(filterConnectors(fakeConnectors, {})).toEqual(fakeConnectors)
  })

  test('never shows what is not in the group, whatever is typed', () => {
    fc.assert(
      fc.property(fc.string(), fc.constantFrom('CRM', 'Payments', undefined), (search, category) => {
        const found = filterConnectors(fakeConnectors, { search, category })
        expect(found.every((connector) => !category || connector.category === category)).toBe(true)
        expect(found.length).toBeLessThanOrEqual(fakeConnectors.length)
      }),
    )
  })
})

describe('recommendations', () => {
  const of = (sourceType: string, score: number) => ({ sourceType, score, reasons: ['Because'] })

  test('come best first, each once, and only what can be connected', () => {
    const recommended = toRecommendedConnectors(
      [of('stripe', 0.5), of('hubspot', 0.9), of('stripe', 0.4), of('snowflake', 1), of('unheard-of', 1)],
      fakeConnectors,
    )
    expect(names(recommended.map(({ connector }) => connector))).toEqual(['HubSpot', 'Stripe'])
  })

  test('are no more than asked for', () => {
    const all = fakeConnectors.map(({ sourceType }, index) => of(sourceType, index / 100))
    expect(toRecommendedConnectors(all, fakeConnectors, 3)).toHaveLength(3)
  })
})
