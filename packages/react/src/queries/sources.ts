import type { Configuration } from '@opsai/contract'
import { queryOptions, useMutation, useQuery } from '@tanstack/react-query'
import type { HubClient } from '../client/hub-client.js'
import { useAirbyte } from '../provider/use-airbyte.js'
import { airbyteKeys } from './keys.js'
import { mutationDefaults, queryDefaults } from './query-defaults.js'

export const connectedSourcesQuery = (client: HubClient) =>
  queryOptions({
    ...queryDefaults,
    queryKey: airbyteKeys.connectedSources(client.id),
    queryFn: async ({ signal }) => (await client.listConnectedSources({ signal })).sources,
  })

/**
 * The tools this tenant has connected.
 *
 * @example
 * const { data: sources = [] } = useConnectedSources()
 */
export function useConnectedSources() {
  const { client, queryClient } = useAirbyte()
  return useQuery(connectedSourcesQuery(client), queryClient)
}

/** What {@link useCreateSource} takes. */
export interface NewSource {
  tenantId: string
  sourceType: string
  name: string
  configuration?: Configuration
  /** The `flowId` of a completed sign-in. */
  authorizationId?: string
}

/**
 * Connects a tool. Resolves to the source, or to `{ authUrl, flowId }` where the user must sign in first.
 *
 * @example
 * const createSource = useCreateSource()
 * const source = await createSource.mutateAsync({ tenantId, sourceType: 'stripe', name: 'Stripe', configuration })
 */
export function useCreateSource() {
  const { client, queryClient } = useAirbyte()
  return useMutation(
    {
      ...mutationDefaults,
      mutationFn: ({ sourceType, ...source }: NewSource) => client.createAirbyteSource(sourceType, source),
      onSuccess: () => queryClient.invalidateQueries({ queryKey: airbyteKeys.connectedSources(client.id) }),
    },
    queryClient,
  )
}

/** A configuration nobody has stored yet, or a connected source. */
export type TestTarget = { sourceId: string } | { sourceType: string; configuration: Configuration }

/**
 * Tests credentials. A failed test resolves: read its `status`.
 *
 * @example
 * const test = useTestSource()
 * const { status, fieldErrors } = await test.mutateAsync({ sourceId })
 */
export function useTestSource() {
  const { client, queryClient } = useAirbyte()
  return useMutation(
    {
      ...mutationDefaults,
      mutationFn: (target: TestTarget) =>
        'sourceId' in target ? client.testConnection(target.sourceId) : client.testConfiguration(target),
    },
    queryClient,
  )
}

/**
 * Removes a source and the connections that end with it; rows already synced stay.
 *
 * @example
 * const deleteSource = useDeleteSource()
 * const { connectionIds } = await deleteSource.mutateAsync(sourceId)
 */
export function useDeleteSource() {
  const { client, queryClient } = useAirbyte()
  return useMutation(
    {
      ...mutationDefaults,
      mutationFn: (sourceId: string) => client.deleteSource(sourceId),
      onSettled: () =>
        Promise.all([
          queryClient.invalidateQueries({ queryKey: airbyteKeys.connectedSources(client.id) }),
          queryClient.invalidateQueries({ queryKey: airbyteKeys.connections(client.id) }),
        ]),
    },
    queryClient,
  )
}
