import type { ConnectorPage, ConnectorQuery } from '@opsai/contract'
import { infiniteQueryOptions, keepPreviousData, queryOptions, useInfiniteQuery, useQuery } from '@tanstack/react-query'
import type { HubClient } from '../client/hub-client.js'
import { useAirbyte } from '../provider/use-airbyte.js'
import { airbyteKeys } from './keys.js'
import { queryDefaults } from './query-defaults.js'

const noCursor: string | undefined = undefined

/** Pages of the connectors on offer, as a TanStack Query options object. */
export const connectorsQuery = (client: HubClient, query: Omit<ConnectorQuery, 'cursor'> = {}) =>
  infiniteQueryOptions({
    ...queryDefaults,
    queryKey: airbyteKeys.connectors(client.id, query),
    queryFn: ({ pageParam, signal }) => client.listConnectors({ ...query, cursor: pageParam }, { signal }),
    initialPageParam: noCursor,
    getNextPageParam: (page: ConnectorPage) => page.nextCursor,
    placeholderData: keepPreviousData,
  })

/**
 * The connectors on offer, page by page.
 *
 * @example
 * const { data, fetchNextPage, hasNextPage } = useConnectors({ search: 'stripe' })
 */
export function useConnectors(query: Omit<ConnectorQuery, 'cursor'> = {}) {
  const { client, queryClient } = useAirbyte()
  return useInfiniteQuery(connectorsQuery(client, query), queryClient)
}

/** A connector's spec; it changes only with a release of the connector. */
export const connectorSpecQuery = (client: HubClient, sourceType: string, sourceId?: string) =>
  queryOptions({
    ...queryDefaults,
    queryKey: airbyteKeys.spec(client.id, sourceType, sourceId),
    queryFn: ({ signal }) => client.getConnectorSpec(sourceType, { sourceId, signal }),
    staleTime: 10 * 60_000,
  })

/**
 * What a connector's form is made from.
 *
 * @param sourceId A connected source: its connector may run in an older version than new sources get.
 * @example
 * const { data: spec } = useConnectorSpec('stripe')
 */
export function useConnectorSpec(sourceType: string, sourceId?: string) {
  const { client, queryClient } = useAirbyte()
  return useQuery(connectorSpecQuery(client, sourceType, sourceId), queryClient)
}
