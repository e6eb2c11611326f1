import { at } from '../path.js'
import { publicApi } from '../public-api.js'
import type { CallOptions, Requester } from '../request.js'
import { Region, pageOf } from '../schemas.js'
import { toSearch } from '../search.js'

/** Where syncs may run. Public API. */
export function createRegions(request: Requester) {
  const api = publicApi(request)
  return {
    create: (
      region: { name: string; organizationId: string; enabled?: boolean },
      options: CallOptions = {},
    ): Promise<Region> => api.post('regions', region, Region, options),

    get: (regionId: string, options: CallOptions = {}): Promise<Region> =>
      api.get(at`regions/${regionId}`, Region, options),

    list: async ({ organizationId }: { organizationId: string }, options: CallOptions = {}): Promise<Region[]> => {
      const page = await api.get('regions', pageOf(Region), options, toSearch({ organizationId }))
      return page.data
    },

    patch: (
      regionId: string,
      patch: { name?: string; enabled?: boolean },
      options: CallOptions = {},
    ): Promise<Region> => api.patch(at`regions/${regionId}`, patch, Region, options),

    /** Answers what was deleted. */
    delete: (regionId: string, options: CallOptions = {}): Promise<Region> =>
      api.take(at`regions/${regionId}`, Region, options),
  }
}
