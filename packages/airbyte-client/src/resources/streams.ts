import * as z from 'zod'
import { publicApi } from '../public-api.js'
import type { CallOptions, Requester } from '../request.js'
import { StreamProperties } from '../schemas.js'
import { toSearch } from '../search.js'

/** Which source, and for which destination: sync modes depend on both. */
export interface StreamsOf {
  sourceId: string
  destinationId?: string
  /** Ask the source itself instead of Airbyte's memory. */
  ignoreCache?: boolean
}

/** The public API's look at a source's streams: names, modes and fields without types. `sources.discover` knows types. */
export function createStreams(request: Requester) {
  const api = publicApi(request)
  return {
    /**
     * The connector works while we wait, and wrong credentials are an `unavailable` (500). Self-managed Airbyte serves its
     * whole public API with five workers: never ask for many at once.
     */
    list: (streams: StreamsOf, options: CallOptions = {}): Promise<StreamProperties[]> =>
      api.get('streams', z.array(StreamProperties), { slow: true, ...options }, toSearch({ ...streams })),
  }
}
