import { queryOptions, useQuery } from '@tanstack/react-query'
import type { HubClient } from '../client/hub-client.js'
import { useAirbyte } from '../provider/use-airbyte.js'
import { airbyteKeys } from './keys.js'
import { queryDefaults } from './query-defaults.js'

/** A connector's setup guide; it changes only with a release of the connector. */
export const documentationQuery = (client: HubClient, sourceType: string, sourceId?: string) =>
  queryOptions({
    ...queryDefaults,
    queryKey: airbyteKeys.documentation(client.id, sourceType, sourceId),
    queryFn: ({ signal }) => client.getConnectorDocumentation(sourceType, { sourceId, signal }),
    staleTime: 60 * 60_000,
  })

/**
 * How a connector is set up, as Markdown by its author: not trusted, show it through `parseDocumentation`.
 *
 * @param sourceId A connected source: its connector may run in an older version than new sources get.
 * @example
 * const { data } = useDocumentation('postgres') // data.markdown, data.documentationUrl
 */
export function useDocumentation(sourceType: string, sourceId?: string) {
  const { client, queryClient } = useAirbyte()
  return useQuery(documentationQuery(client, sourceType, sourceId), queryClient)
}
