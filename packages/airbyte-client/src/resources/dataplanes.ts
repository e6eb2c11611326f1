import { at } from '../path.js'
import { publicApi } from '../public-api.js'
import type { CallOptions, Requester } from '../request.js'
import { Dataplane, DataplaneCredentials, pageOf } from '../schemas.js'
import { toSearch } from '../search.js'

/** Clusters of your own that run syncs in a region. Public API. */
export function createDataplanes(request: Requester) {
  const api = publicApi(request)
  return {
    /** The credentials are shown this once. */
    create: (
      dataplane: { regionId: string; name: string; enabled?: boolean },
      options: CallOptions = {},
    ): Promise<DataplaneCredentials> => api.post('dataplanes', dataplane, DataplaneCredentials, options),

    get: (dataplaneId: string, options: CallOptions = {}): Promise<Dataplane> =>
      api.get(at`dataplanes/${dataplaneId}`, Dataplane, options),

    /** Those of these regions, or, in so many words, `'all'` the token may see. */
    list: async (
      { regionIds }: { regionIds: readonly string[] | 'all' },
      options: CallOptions = {},
    ): Promise<Dataplane[]> => {
      if (regionIds.length === 0) return []
      const search = toSearch(regionIds === 'all' ? {} : { regionIds })
      const page = await api.get('dataplanes', pageOf(Dataplane), options, search)
      return page.data
    },

    patch: (
      dataplaneId: string,
      patch: { name?: string; enabled?: boolean },
      options: CallOptions = {},
    ): Promise<Dataplane> => api.patch(at`dataplanes/${dataplaneId}`, patch, Dataplane, options),

    /** Answers what was deleted. */
    delete: (dataplaneId: string, options: CallOptions = {}): Promise<Dataplane> =>
      api.take(at`dataplanes/${dataplaneId}`, Dataplane, options),
  }
}
