// The streams of a source as Airbyte remembers them. (`sources.discover` asks anew.) Config API.
import { internalApi } from '../internal-api.js'
import type { CallOptions, Requester } from '../request.js'
import { DiffedStreams, RememberedStreams } from '../schemas.js'

export function createCatalogs(request: Requester) {
  const api = internalApi(request)
  return {
    /** What the last look at a source found. */
    latest: (sourceId: string, options: CallOptions = {}): Promise<RememberedStreams> =>
      api.read('sources/most_recent_source_actor_catalog', { sourceId }, RememberedStreams, options),

    /** What changed between two looks. `connectionId` also says whether that breaks the connection. */
    diff: (
      {
        currentCatalogId,
        newCatalogId,
        connectionId,
      }: { currentCatalogId: string; newCatalogId: string; connectionId?: string },
      options: CallOptions = {},
    ): Promise<DiffedStreams> =>
      api.read(
        'catalogs/diff',
        {
          current_catalog_id: currentCatalogId,
          new_catalog_id: newCatalogId,
          ...(connectionId && { connection_id: connectionId }),
        },
        DiffedStreams,
        options,
      ),
  }
}
