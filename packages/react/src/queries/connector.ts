import type { Connector } from '@opsai/contract'
import { queryOptions, useQueries } from '@tanstack/react-query'
import type { HubClient } from '../client/hub-client.js'
import { useAirbyte } from '../provider/use-airbyte.js'
import { airbyteKeys } from './keys.js'
import { queryDefaults } from './query-defaults.js'

/** One connector on offer by its short name; null where it is not offered. */
export const connectorQuery = (client: HubClient, sourceType: string) =>
  queryOptions({
    ...queryDefaults,
    queryKey: airbyteKeys.connectors(client.id, { search: sourceType, cursor: 'one' }),
    queryFn: async ({ signal }): Promise<Connector | null> => {
      const { sources } = await client.listConnectors({ search: sourceType }, { signal })
      return sources.find((connector) => connector.sourceType === sourceType) ?? null
    },
    staleTime: 10 * 60_000,
  })

/**
 * Connectors by short name, as far as they are known yet.
 *
 * @example
 * const connectors = useConnectorsByType(['stripe', 'hubspot'])
 * connectors.get('stripe')?.name
 */
export function useConnectorsByType(sourceTypes: readonly string[]): ReadonlyMap<string, Connector> {
  const { client, queryClient } = useAirbyte()
  const distinct = [...new Set(sourceTypes)]
  return useQueries(
    { queries: distinct.map((sourceType) => connectorQuery(client, sourceType)), combine: toMap },
    queryClient,
  )
}

const toMap = (results: { data?: Connector | null | undefined }[]): ReadonlyMap<string, Connector> =>
  new Map(results.flatMap(({ data }) => (data ? [[data.sourceType, data] as const] : [])))
