import { queryOptions, useQuery } from '@tanstack/react-query'
import { useEffect } from 'react'
import type { HubClient } from '../client/hub-client.js'
import { useAirbyte } from '../provider/use-airbyte.js'
import { airbyteKeys } from './keys.js'
import { queryDefaults } from './query-defaults.js'

const staleTime = 5 * 60_000

/** The streams of a source and their fields, without rows: quick even for hundreds of tables. */
export const streamsQuery = (client: HubClient, sourceId: string) =>
  queryOptions({
    ...queryDefaults,
    queryKey: airbyteKeys.streams(client.id, sourceId),
    queryFn: ({ signal }) => client.sampleData(sourceId, { limit: 0, signal }),
    staleTime,
  })

/**
 * What a source offers.
 *
 * @example
 * const { data } = useStreams(sourceId) // data.streams, data.fields
 */
export function useStreams(sourceId: string) {
  const { client, queryClient } = useAirbyte()
  return useQuery(streamsQuery(client, sourceId), queryClient)
}

/** Rows a preview shows. */
const previewRows = 20

/** The first rows of one stream, with where they came from. */
export const sampleQuery = (client: HubClient, sourceId: string, stream: string) =>
  queryOptions({
    ...queryDefaults,
    queryKey: airbyteKeys.sample(client.id, sourceId, stream),
    queryFn: ({ signal }) => client.sampleData(sourceId, { streams: [stream], limit: previewRows, signal }),
    staleTime,
  })

/**
 * Sample rows of one stream; idle while none is chosen. Always show `origin` beside the rows.
 *
 * @example
 * const { data } = useSample(sourceId, 'customers') // data.streams[0].records
 */
export function useSample(sourceId: string, stream: string | undefined) {
  const { client, queryClient } = useAirbyte()
  const sample = useQuery(
    { ...sampleQuery(client, sourceId, stream ?? ''), enabled: stream !== undefined },
    queryClient,
  )
  // A sample tells the proxy how much there is.
  useEffect(() => {
    if (sample.data) void queryClient.invalidateQueries({ queryKey: airbyteKeys.estimate(client.id, sourceId) })
  }, [sample.data, queryClient, client.id, sourceId])
  return sample
}
