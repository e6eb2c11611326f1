import { type BusinessProfile, type Connector, connectorCategories } from '@opsai/contract'
import { useState } from 'react'
import { useConnectorsByType } from '../queries/connector.js'
import { useConnectors } from '../queries/connectors.js'
import { useRecommendations } from '../queries/recommendations.js'
import { filterConnectors, toRecommendedConnectors } from './filter-connectors.js'
import { useDebounced } from './use-debounced.js'

export type ConnectorCategoryName = (typeof connectorCategories)[number]

/** What {@link useConnectorCatalog} takes. */
export interface UseConnectorCatalogOptions {
  /** Recommendations are made from it; none without. */
  businessProfile?: BusinessProfile | undefined
  /** Milliseconds of quiet before a search is sent. @default 200 */
  debounceMs?: number | undefined
}

const shownRecommendations = 6

/**
 * Everything behind the gallery: search, category, pages and recommendations.
 *
 * @example
 * const { connectors, search, setSearch, showMore } = useConnectorCatalog({ businessProfile })
 */
export function useConnectorCatalog({ businessProfile, debounceMs = 200 }: UseConnectorCatalogOptions = {}) {
  const [search, setSearch] = useState('')
  const [category, setCategory] = useState<ConnectorCategoryName>()
  const sent = useDebounced(search.trim(), debounceMs)
  const query = useConnectors({ ...(sent && { search: sent }), ...(category && { category }) })
  const recommendations = useRecommendations(businessProfile)
  const best = (recommendations.data?.recommendations ?? []).slice(0, shownRecommendations)
  const byType = useConnectorsByType(best.map(({ sourceType }) => sourceType))

  const loaded: Connector[] = query.data?.pages.flatMap(({ sources }) => sources) ?? []
  const isFiltered = search.trim() !== '' || category !== undefined
  const isCatchingUp = query.isPlaceholderData || sent !== search.trim()
  return {
    search,
    setSearch,
    /** The ten named groups, and `Other` once something is in it. */
    categories: useCategories(loaded),
    category,
    setCategory,
    /** While an answer is on its way, what is loaded is filtered here, so that typing is never waited for. */
    connectors: isCatchingUp ? filterConnectors(loaded, { search, category }) : loaded,
    /** How many match in all pages. */
    total: query.data?.pages[0]?.total ?? 0,
    recommended: isFiltered ? [] : toRecommendedConnectors(best, [...byType.values()], shownRecommendations),
    /** Who put the recommendations in order. */
    advisedBy: recommendations.data?.advisedBy,
    isRecommending: !isFiltered && businessProfile !== undefined && recommendations.isPending,
    isFiltered,
    isCatchingUp,
    status: query.status,
    error: query.error,
    retry: () => void query.refetch(),
    hasMore: query.hasNextPage,
    isLoadingMore: query.isFetchingNextPage,
    showMore: () => void query.fetchNextPage(),
    clear: () => {
      setSearch('')
      setCategory(undefined)
    },
  }
}

function useCategories(loaded: readonly Connector[]): readonly ConnectorCategoryName[] {
  const [hasOther, setHasOther] = useState(false)
  // Kept once seen: a search must not make a group come and go.
  if (!hasOther && loaded.some(({ category }) => category === 'Other')) setHasOther(true)
  return hasOther ? connectorCategories : connectorCategories.filter((category) => category !== 'Other')
}
