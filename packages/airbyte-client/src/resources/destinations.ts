import { listAll } from '../pages.js'
import type { CallOptions, Requester } from '../request.js'
import { Destination } from '../schemas.js'
import { ofWorkspace } from './sources.js'

export interface NewDestination {
  workspaceId: string
  /** Not unique. */
  name: string
  definitionId: string
  configuration: Record<string, unknown>
}

/** Configured destinations. Public API. */
export function createDestinations(request: Requester) {
  const path = 'destinations'
  const one = (destinationId: string) => `${path}/${encodeURIComponent(destinationId)}`

  return {
    /** Stores a destination without testing it; asking twice makes two. */
    create: (destination: NewDestination, options: CallOptions = {}): Promise<Destination> =>
      request({ door: 'public', method: 'post', path, json: destination, answer: Destination, ...options }),

    /** Secrets come as ten stars. */
    get: (destinationId: string, options: CallOptions = {}): Promise<Destination> =>
      request({ door: 'public', method: 'get', path: one(destinationId), answer: Destination, ...options }),

    /** All destinations of one workspace. */
    list: ({ workspaceId }: { workspaceId: string }, options: CallOptions = {}): Promise<Destination[]> =>
      listAll(request, { path, search: ofWorkspace(workspaceId), item: Destination, ...options }),

    /** PUT: the whole configuration, where a mask (`**********`) keeps the stored secret. */
    replace: (
      destinationId: string,
      destination: { name: string; configuration: Record<string, unknown> },
      options: CallOptions = {},
    ): Promise<Destination> =>
      request({
        door: 'public',
        method: 'put',
        path: one(destinationId),
        json: destination,
        answer: Destination,
        ...options,
      }),

    /** Deletes it with its connections. */
    delete: (destinationId: string, options: CallOptions = {}): Promise<void> =>
      request({ door: 'public', method: 'delete', path: one(destinationId), ...options }),
  }
}
