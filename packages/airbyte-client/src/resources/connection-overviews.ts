// A connection with everything a page about it shows, in one call: both ends, the last sync, what changed at the source.
// Config API `web_backend/connections`.
import { internalApi } from '../internal-api.js'
import { iterateCursor } from '../pages.js'
import type { CallOptions, Requester } from '../request.js'
import { ConnectionOverview, ConnectionSummaries, type ConnectionSummary } from '../schemas.js'
import { collect } from '../scoped-list.js'
import type { InternalConnectionPatch, NewInternalConnection } from './internal-connections.js'

/** Which connections of a workspace. */
export interface OverviewFilter {
  workspaceId: string
  sourceId?: string[]
  destinationId?: string[]
  /** Part of a name. */
  search?: string
  statuses?: ('healthy' | 'failed' | 'running' | 'paused')[]
  tagIds?: string[]
  /** Asked for at once; default Airbyte's own. */
  pageSize?: number
}

export function createConnectionOverviews(request: Requester) {
  const api = internalApi(request)
  const iterate = (
    { search, statuses, tagIds, ...filter }: OverviewFilter,
    options: CallOptions = {},
  ): AsyncGenerator<ConnectionSummary, void, undefined> => {
    const filters = { ...(search && { searchTerm: search }), ...(statuses && { statuses }), ...(tagIds && { tagIds }) }
    return iterateCursor(
      (cursor) =>
        api.read(
          'web_backend/connections/list',
          { ...filter, filters, ...(cursor && { cursor }) },
          ConnectionSummaries,
          options,
        ),
      ({ connections }) => ({ items: connections, next: connections.at(-1)?.connectionId }),
    )
  }

  return {
    create: (connection: NewInternalConnection, options: CallOptions = {}): Promise<ConnectionOverview> =>
      api.write('web_backend/connections/create', connection, ConnectionOverview, options),

    /** `refresh` looks into the source first and says what changed there (`catalogDiff`): that takes a while. */
    get: (
      connectionId: string,
      { refresh = false, ...options }: CallOptions & { refresh?: boolean } = {},
    ): Promise<ConnectionOverview> =>
      (refresh ? api.work : api.read)(
        'web_backend/connections/get',
        { connectionId, withRefreshedCatalog: refresh },
        ConnectionOverview,
        options,
      ),

    /** One line each, page by page. */
    iterate,

    list: (filter: OverviewFilter, options: CallOptions = {}): Promise<ConnectionSummary[]> =>
      collect(iterate(filter, options)),

    /** What is not given stays. Changing a stream clears its rows unless `skipReset`. */
    patch: (
      connectionId: string,
      patch: InternalConnectionPatch & { skipReset?: boolean },
      options: CallOptions = {},
    ): Promise<ConnectionOverview> =>
      api.write('web_backend/connections/update', { ...patch, connectionId }, ConnectionOverview, options),
  }
}
