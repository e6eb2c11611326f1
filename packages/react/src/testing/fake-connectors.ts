// The 53 named connectors as the proxy lists them, and recommendations by the profile's words.
import type { BusinessProfile, Connector, ConnectorPage, ConnectorQuery, Recommendation } from '@opsai/contract'
import { namedConnectors } from '@opsai/contract/named-connectors'

const needsAirbyte = new Set(['snowflake', 'bigquery', 'mongodb-v2', 'google-ads'])

export const fakeConnectors: Connector[] = namedConnectors.map(({ definitionId, ...connector }) => ({
  ...connector,
  availability: !definitionId ? 'no_source' : needsAirbyte.has(connector.sourceType) ? 'needs_airbyte' : 'available',
}))

/** Fewer than the gallery holds, so that "Show more" has something to show. */
const pageSize = 36

export function toFakePage(
  offered: readonly Connector[],
  { search = '', category, cursor }: ConnectorQuery,
): ConnectorPage {
  const word = search.toLowerCase()
  const matches = offered.filter(
    (connector) =>
      (!category || connector.category === category) &&
      `${connector.name} ${connector.sourceType} ${connector.category}`.toLowerCase().includes(word),
  )
  const start = Number(cursor ?? 0)
  const end = start + pageSize
  return {
    sources: matches.slice(start, end),
    total: matches.length,
    ...(end < matches.length && { nextCursor: String(end) }),
  }
}

export function toFakeRecommendations({ industry, type }: BusinessProfile): Recommendation[] {
  const inTrade = industry || 'your trade'
  return [
    { sourceType: 'shopify', score: 0.94, reasons: [`Most shops in ${inTrade} sell through it`] },
    { sourceType: 'stripe', score: 0.91, reasons: [`Payments are the core of a ${type || 'growing'} business`] },
    { sourceType: 'hubspot', score: 0.84, reasons: ['Brings customers and deals together'] },
    { sourceType: 'google-analytics-data-api', score: 0.71, reasons: ['Shows where your customers come from'] },
  ]
}
