// Destinations that are set up. The public API keeps them; `internal` is the Config API's own record.
import { at } from '../path.js'
import { publicApi } from '../public-api.js'
import type { CallOptions, Requester } from '../request.js'
import { Destination } from '../schemas.js'
import { collect, iterateScoped, type ListOptions } from '../scoped-list.js'
import { toSearch } from '../search.js'
import { createDestinationWork } from '../working/destination-work.js'
import type { Work } from '../working/work.js'
import type { WorkspaceScope } from '../workspace-scope.js'
import { createInternalDestinations } from './internal-destinations.js'

export interface NewDestination {
  workspaceId: string
  /** Not unique. */
  name: string
  definitionId: string
  configuration: Record<string, unknown>
}

export interface DestinationPatch {
  name?: string
  /** Merged into the stored one: can't remove keys, and stores a mask (`**********`) as it is. */
  configuration?: Record<string, unknown>
}

export interface DestinationReplacement {
  name: string
  /** The whole of it; a mask (`**********`) keeps the stored secret, except inside lists. */
  configuration: Record<string, unknown>
}

/** Configured destinations. */
export function createDestinations(request: Requester, work: Work) {
  const api = publicApi(request)
  const iterate = (
    { includeDeleted, ...scope }: WorkspaceScope & { includeDeleted?: boolean },
    options: ListOptions = {},
  ): AsyncGenerator<Destination, void, undefined> =>
    iterateScoped(request, { path: 'destinations', item: Destination, scope, search: { includeDeleted } }, options)

  return {
    /** Stores a destination without testing it; asking twice makes two. */
    create: (destination: NewDestination, options: CallOptions = {}): Promise<Destination> =>
      api.post('destinations', destination, Destination, options),

    /** Secrets come as ten stars, or, where `includeSecretCoordinates` asks for it, as the place they are kept at. */
    get: (
      destinationId: string,
      { includeSecretCoordinates, ...options }: CallOptions & { includeSecretCoordinates?: boolean } = {},
    ): Promise<Destination> =>
      api.get(at`destinations/${destinationId}`, Destination, options, toSearch({ includeSecretCoordinates })),

    /** Destinations one by one. */
    iterate,

    /** All destinations of a workspace, of several, or of `{ workspaceIds: 'all' }` the token may see. */
    list: (scope: Parameters<typeof iterate>[0], options: ListOptions = {}): Promise<Destination[]> =>
      collect(iterate(scope, options)),

    /** PUT: the whole configuration, where a mask (`**********`) keeps the stored secret. */
    replace: (
      destinationId: string,
      destination: DestinationReplacement,
      options: CallOptions = {},
    ): Promise<Destination> => api.put(at`destinations/${destinationId}`, destination, Destination, options),

    /** PATCH: what is not given stays. */
    patch: (destinationId: string, patch: DestinationPatch, options: CallOptions = {}): Promise<Destination> =>
      api.patch(at`destinations/${destinationId}`, patch, Destination, options),

    /** Deletes it with its connections. */
    delete: (destinationId: string, options: CallOptions = {}): Promise<void> =>
      api.delete(at`destinations/${destinationId}`, options),

    ...createDestinationWork(request, work),
    internal: createInternalDestinations(request),
  }
}
