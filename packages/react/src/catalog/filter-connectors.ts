// What the gallery shows, from what was loaded. Pure.
import type { Connector, Recommendation } from '@opsai/contract'

/** A recommendation beside the connector it names. */
export interface RecommendedConnector {
  connector: Connector
  reasons: string[]
}

/** Who matches: a word anywhere in name, short name or category, in any case; all words must match. */
export function filterConnectors(
  connectors: readonly Connector[],
  { search = '', category }: { search?: string | undefined; category?: string | undefined },
): Connector[] {
  const words = search.toLowerCase().split(/\s+/).filter(Boolean)
  return connectors.filter((connector) => {
    if (category && connector.category !== category) return false
    const text = `${connector.name} ${connector.sourceType} ${connector.category}`.toLowerCase()
    return words.every((word) => text.includes(word))
  })
}

/** The best few recommendations that can be connected here, in order; unknown and repeated ones are left out. */
export function toRecommendedConnectors(
  recommendations: readonly Recommendation[],
  connectors: readonly Connector[],
  limit = 6,
): RecommendedConnector[] {
  const bySourceType = new Map(connectors.map((connector) => [connector.sourceType, connector]))
  const best = [...recommendations].sort((a, b) => b.score - a.score)
  const seen = new Set<string>()
  return best
    .flatMap(({ sourceType, reasons }) => {
      const connector = bySourceType.get(sourceType)
      if (!connector || connector.availability !== 'available' || seen.has(sourceType)) return []
      seen.add(sourceType)
      return [{ connector, reasons }]
    })
    .slice(0, limit)
}
