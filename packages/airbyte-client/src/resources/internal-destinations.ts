// The Config API's record of destinations: icon, pinned version, last sync, search by name.
import { internalApi } from '../internal-api.js'
import { iterateCursor } from '../pages.js'
import type { CallOptions, Requester } from '../request.js'
import { InternalDestination, InternalDestinations } from '../schemas.js'
import { collect } from '../scoped-list.js'
import { toActorQuery, type InternalActorFilter } from './actor-query.js'
import type { DestinationReplacement, NewDestination } from './destinations.js'

export function createInternalDestinations(request: Requester) {
  const api = internalApi(request)
  const iterate = (filter: InternalActorFilter, options: CallOptions = {}) =>
    iterateCursor(
      (cursor) => api.read('destinations/list', toActorQuery(filter, cursor), InternalDestinations, options),
      ({ destinations }) => ({ items: destinations, next: destinations.at(-1)?.destinationId }),
    )

  return {
    create: (
      { definitionId, configuration, ...destination }: NewDestination,
      options: CallOptions = {},
    ): Promise<InternalDestination> =>
      api.write(
        'destinations/create',
        { ...destination, destinationDefinitionId: definitionId, connectionConfiguration: configuration },
        InternalDestination,
        options,
      ),

    get: (destinationId: string, options: CallOptions = {}): Promise<InternalDestination> =>
      api.read('destinations/get', { destinationId }, InternalDestination, options),

    /** Destinations of one workspace, page by page. */
    iterate,

    list: (filter: InternalActorFilter, options: CallOptions = {}): Promise<InternalDestination[]> =>
      collect(iterate(filter, options)),

    /** The whole configuration, where a mask keeps the stored secret. */
    replace: (
      destinationId: string,
      { name, configuration }: DestinationReplacement,
      options: CallOptions = {},
    ): Promise<InternalDestination> =>
      api.write(
        'destinations/update',
        { destinationId, name, connectionConfiguration: configuration },
        InternalDestination,
        options,
      ),

    delete: (destinationId: string, options: CallOptions = {}): Promise<void> =>
      api.run('destinations/delete', { destinationId }, options),
  }
}
