import type { CreateConnectionRequest } from '@opsai/contract'
import { queryOptions, useMutation, useQuery } from '@tanstack/react-query'
import type { HubClient } from '../client/hub-client.js'
import { useAirbyte } from '../provider/use-airbyte.js'
import { airbyteKeys } from './keys.js'
import { mutationDefaults, queryDefaults } from './query-defaults.js'

export const connectionsQuery = (client: HubClient) =>
  queryOptions({
    ...queryDefaults,
    queryKey: airbyteKeys.connections(client.id),
    queryFn: async ({ signal }) => (await client.listConnections({ signal })).connections,
  })

/**
 * What this tenant syncs, each with its latest job.
 *
 * @example
 * const { data: connections = [] } = useConnections()
 */
export function useConnections() {
  const { client, queryClient } = useAirbyte()
  return useQuery(connectionsQuery(client), queryClient)
}

/**
 * Sets up a connection from chosen streams.
 *
 * @example
 * const createConnection = useCreateConnection()
 * await createConnection.mutateAsync({ sourceId, streams: [{ name: 'users', syncMode: 'full_refresh_overwrite' }] })
 */
export function useCreateConnection() {
  const { client, queryClient } = useAirbyte()
  return useMutation(
    {
      ...mutationDefaults,
      mutationFn: (request: CreateConnectionRequest) => client.createConnection(request),
      onSuccess: () => queryClient.invalidateQueries({ queryKey: airbyteKeys.connections(client.id) }),
    },
    queryClient,
  )
}
