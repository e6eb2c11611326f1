import type { CreateConnectionRequest } from '@opsai/contract'
import { keepPreviousData, queryOptions, useQuery } from '@tanstack/react-query'
import type { HubClient } from '../client/hub-client.js'
import { useAirbyte } from '../provider/use-airbyte.js'
import { airbyteKeys } from './keys.js'
import { queryDefaults } from './query-defaults.js'

export const estimateQuery = (client: HubClient, request: CreateConnectionRequest) =>
  queryOptions({
    ...queryDefaults,
    queryKey: airbyteKeys.estimate(client.id, request.sourceId, request),
    queryFn: ({ signal }) => client.estimateConnection(request, { signal }),
  })

/**
 * What a connection would use: rows, requests and Airbyte credits, each with how it is known. Idle while there is no
 * request; while another is asked for the former answer stays.
 *
 * @example
 * const { data } = useEstimate({ sourceId, streams: [{ name: 'contacts' }] })
 * data?.total.firstRows // { known: 'counted', value: 60 }
 */
export function useEstimate(request: CreateConnectionRequest | undefined) {
  const { client, queryClient } = useAirbyte()
  const options = estimateQuery(client, request ?? { sourceId: '', streams: [] })
  return useQuery({ ...options, enabled: request !== undefined, placeholderData: keepPreviousData }, queryClient)
}

export const usageQuery = (client: HubClient, connectionId: string) =>
  queryOptions({
    ...queryDefaults,
    queryKey: airbyteKeys.usage(client.id, connectionId),
    queryFn: ({ signal }) => client.getConnectionUsage(connectionId, { signal }),
  })

/**
 * What a connection really used in the last thirty days, and which of its streams bring nothing.
 *
 * @example
 * const { data } = useConnectionUsage(connectionId) // data.rows, data.unused
 */
export function useConnectionUsage(connectionId: string) {
  const { client, queryClient } = useAirbyte()
  return useQuery(usageQuery(client, connectionId), queryClient)
}
