import type { BusinessProfile } from '@opsai/contract'
import { queryOptions, useQuery } from '@tanstack/react-query'
import type { HubClient } from '../client/hub-client.js'
import { useAirbyte } from '../provider/use-airbyte.js'
import { airbyteKeys } from './keys.js'
import { queryDefaults } from './query-defaults.js'

const emptyProfile: BusinessProfile = { industry: '', size: '', type: '' }

export const recommendationsQuery = (client: HubClient, profile: BusinessProfile) =>
  queryOptions({
    ...queryDefaults,
    queryKey: airbyteKeys.recommendations(client.id, profile),
    queryFn: ({ signal }) => client.getRecommendations(profile, { signal }),
    staleTime: 10 * 60_000,
  })

/**
 * The connectors that fit a business, best first, and who put them in order. Idle while there is no profile.
 *
 * @example
 * const { data } = useRecommendations({ industry: 'retail', size: '11-50', type: 'b2c' })
 * data?.recommendations.map(({ sourceType }) => sourceType) // data?.advisedBy: 'rules'
 */
export function useRecommendations(profile: BusinessProfile | undefined) {
  const { client, queryClient } = useAirbyte()
  const options = recommendationsQuery(client, profile ?? emptyProfile)
  return useQuery({ ...options, enabled: profile !== undefined }, queryClient)
}
