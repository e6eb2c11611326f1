import { namedConnectors } from '@opsai/contract/named-connectors'
import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { mergeOffers, toIconUrl, toSourceType } from './offer.js'
import { searchConnectors } from './search.js'

const definition = (sourceType: string, sourceDefinitionId: string = sourceType, more: object = {}) => ({
  sourceDefinitionId,
  name: sourceType,
  dockerRepository: `airbyte/source-${sourceType}`,
  dockerImageTag: '1.0.0',
  ...more,
})
const postgres = definition('postgres', 'decd338e-5647-4c0b-adf4-da0e75f5a750', {
  name: 'Postgres',
  icon: 'https://x.test/p.svg',
})
const all = { featured: [], allowed: undefined }
const merge = (definitions: ReturnType<typeof definition>[], rules = {}) =>
  mergeOffers(definitions, namedConnectors, { ...all, ...rules }).map(({ connector }) => connector)
const find = (
  sourceType: string,
  definitions = [postgres, definition('sample-data'), definition('acme-crm'), definition('my-ads')],
) => merge(definitions).find((connector) => connector.sourceType === sourceType)

describe('what is on offer', () => {
  test.each([
    [
      'postgres',
      { availability: 'available', name: 'PostgreSQL', category: 'Databases', iconUrl: 'https://x.test/p.svg' },
    ],
    ['stripe', { availability: 'needs_airbyte', category: 'Payments' }],
    ['heap', { availability: 'no_source', closest: expect.stringContaining('Heap Connect') as string }],
    ['square-online', { availability: 'no_source', closest: expect.stringContaining('Square') as string }],
    ['sample-data', { availability: 'available', category: 'Sandbox' }],
    ['acme-crm', { availability: 'available', category: 'CRM' }],
    ['my-ads', { availability: 'available', category: 'Marketing' }],
  ])('%s', (sourceType, expected) => expect(find(sourceType)).toMatchObject(expected))

  test('each once: what can be connected, then the rest; within both the named in their order, others behind by name', () => {
    const types = merge([postgres, definition('zebra'), definition('aardvark')]).map(({ sourceType }) => sourceType)
    expect(new Set(types).size).toBe(types.length)
    expect(types.slice(0, 4)).toEqual(['postgres', 'aardvark', 'zebra', 'mysql'])
    expect(types).toHaveLength(namedConnectors.length + 2)
  })

  test('featured ones come first, and only allowed ones come at all', () => {
    const types = merge([postgres], { featured: ['stripe', 'postgres'], allowed: ['postgres', 'mysql', 'stripe'] })
    expect(types.map(({ sourceType }) => sourceType)).toEqual(['stripe', 'postgres', 'mysql'])
  })
})

test.each([
  ['airbyte/source-mongodb-v2', 'mongodb-v2'],
  ['registry.test:5000/team/source-x', 'x'],
  ['own/thing', 'thing'],
])('%s is called %s', (dockerRepository, expected) => expect(toSourceType({ dockerRepository })).toBe(expected))

test.each([
  ['https://x.test/a.svg', 'https://x.test/a.svg'],
  ['data:image/svg+xml;base64,AA', 'data:image/svg+xml;base64,AA'],
  ['http://x.test/a.svg', undefined],
  ['javascript:alert(1)', undefined],
  ['data:text/html,x', undefined],
])('the icon %s is shown as %s', (icon, expected) => expect(toIconUrl(icon)).toBe(expected))

describe('searching', () => {
  const connectors = merge([])
  const found = (search: string) => searchConnectors(connectors, { search }).sources.map(({ sourceType }) => sourceType)

  test.each([
    ['sales', ['salesforce']],
    ['MICROSOFT', ['microsoft-teams', 'microsoft-onedrive']],
    ['sql', ['postgres', 'mysql']],
    ['no such thing', []],
  ])('%s finds %j first', (search, expected) =>
    expect(found(search).slice(0, Math.max(expected.length, 0))).toEqual(expected),
  )

  test('what begins so comes before what holds it', () => {
    const list = found('s')
    const firstInside = list.findIndex(
      (type) =>
        !/(^|[ -])s/i.test(type) &&
        !(connectors.find(({ sourceType }) => sourceType === type)?.name ?? '')
          .toLowerCase()
          .split(' ')
          .some((word) => word.startsWith('s')),
    )
    expect(list.slice(0, firstInside).length).toBeGreaterThan(5)
    expect(found('categ')).toEqual([])
    expect(found('payments').length).toBeGreaterThan(3)
  })

  test('pages cover everything once, whatever the filter', () => {
    fc.assert(
      fc.property(
        fc.constantFrom('', 'a', 'e', 's', 'google'),
        fc.constantFrom(undefined, 'CRM' as const),
        (search, category) => {
          const seen: string[] = []
          let page = searchConnectors(connectors, { search, category })
          seen.push(...page.sources.map(({ sourceType }) => sourceType))
          while (page.nextCursor) {
            page = searchConnectors(connectors, { search, category, cursor: page.nextCursor })
            seen.push(...page.sources.map(({ sourceType }) => sourceType))
          }
          expect(seen).toHaveLength(page.total)
          expect(new Set(seen).size).toBe(page.total)
        },
      ),
    )
  })

  test('a cursor of nobody is refused', () => {
    expect(() => searchConnectors(connectors, { cursor: 'x' })).toThrow('none of ours')
  })
})
