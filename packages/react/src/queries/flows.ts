import { queryOptions, useQuery } from '@tanstack/react-query'
import type { HubClient } from '../client/hub-client.js'
import { useAirbyte } from '../provider/use-airbyte.js'
import { airbyteKeys } from './keys.js'
import { queryDefaults } from './query-defaults.js'

export const flowsQuery = (client: HubClient) =>
  queryOptions({
    ...queryDefaults,
    queryKey: airbyteKeys.flows(client.id),
    queryFn: async ({ signal }) => (await client.listFlows({ signal })).flows,
    // They come and go within minutes, in other tabs.
    staleTime: 0,
  })

/** Which sign-in is meant: to a connector, or of a stored source again. */
export interface FlowSubject {
  sourceType: string
  sourceId?: string | undefined
}

/**
 * A sign-in of this user that is under way, in this tab or another; undefined where there is none, or none is known yet.
 *
 * @example
 * const flow = useOpenFlow({ sourceType: 'hubspot' })
 * if (flow) return <button onClick={() => adopt(flow)}>Go on with it here</button>
 */
export function useOpenFlow({ sourceType, sourceId }: FlowSubject) {
  const { client, queryClient } = useAirbyte()
  const { data: flows = [], isFetching } = useQuery(flowsQuery(client), queryClient)
  // What was read before may have ended here since.
  return isFetching ? undefined : flows.find((flow) => flow.sourceType === sourceType && flow.sourceId === sourceId)
}
