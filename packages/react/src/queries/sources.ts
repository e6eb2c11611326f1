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

export const sourceQuery = (client: HubClient, sourceId: string) =>
  queryOptions({
    ...queryDefaults,
    queryKey: airbyteKeys.source(client.id, sourceId),
    queryFn: ({ signal }) => client.getSource(sourceId, { signal }),
    // A form starts from it: read anew for each form, and never under the hands of whoever fills it in.
    staleTime: 0,
    gcTime: 0,
    refetchOnWindowFocus: false,
    refetchOnReconnect: false,
  })

/**
 * A connected source with its stored configuration, secrets as ten stars.
 *
 * @example
 * const { data: source } = useSource(sourceId)
 */
export function useSource(sourceId: string) {
  const { client, queryClient } = useAirbyte()
  return useQuery(sourceQuery(client, sourceId), queryClient)
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

/** A connected source as it is stored, an edit of it that is not, or a configuration nobody has stored. */
export type TestTarget =
  | { sourceId: string; configuration?: undefined }
  | { sourceId: string; configuration: Configuration }
  | { sourceType: string; configuration: Configuration }

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
        target.configuration === undefined ? client.testConnection(target.sourceId) : client.testConfiguration(target),
    },
    queryClient,
  )
}

/** What {@link useUpdateSource} takes. */
export interface SourceChange {
  sourceId: string
  name?: string
  /** The whole configuration; a secret as ten stars keeps its stored value. */
  configuration?: Configuration
}

/**
 * Changes a source's name or configuration. It is stored untested: test it first with `useTestSource`.
 *
 * @example
 * const updateSource = useUpdateSource()
 * await updateSource.mutateAsync({ sourceId, configuration })
 */
export function useUpdateSource() {
  const { client, queryClient } = useAirbyte()
  return useMutation(
    {
      ...mutationDefaults,
      mutationFn: ({ sourceId, ...change }: SourceChange) => client.updateSource(sourceId, change),
      onSuccess: (source) => {
        queryClient.setQueryData(airbyteKeys.source(client.id, source.sourceId), source)
        const stale = [
          airbyteKeys.connectedSources(client.id),
          airbyteKeys.connections(client.id),
          airbyteKeys.streams(client.id, source.sourceId),
        ]
        return Promise.all(stale.map((queryKey) => queryClient.invalidateQueries({ queryKey })))
      },
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
