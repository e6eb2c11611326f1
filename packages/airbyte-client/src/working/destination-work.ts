// What of a destination needs its connector to run: the public API has none of it.
import { internalApi } from '../internal-api.js'
import type { CallOptions, Requester } from '../request.js'
import { Check } from '../schemas.js'
import type { Work } from './work.js'

/** A destination that is not stored. */
export interface DestinationDraft {
  workspaceId: string
  definitionId: string
  configuration: Record<string, unknown>
}

export function createDestinationWork(request: Requester, work: Work) {
  const internal = internalApi(request)
  return {
    /** Tests a stored destination. A failed test is an answer, not an error. */
    check: (destinationId: string, options: CallOptions = {}): Promise<Check> => {
      const blocking = () => internal.work('destinations/check_connection', { destinationId }, Check, options)
      return work.check({ actorId: destinationId }, blocking, options)
    },

    /** Tests a configuration that is not stored. */
    checkConfiguration: (draft: DestinationDraft, options: CallOptions = {}): Promise<Check> => {
      const { workspaceId, definitionId, configuration } = draft
      const json = { workspaceId, destinationDefinitionId: definitionId, connectionConfiguration: configuration }
      const blocking = () => internal.work('scheduler/destinations/check_connection', json, Check, options)
      return work.check(draft, blocking, options)
    },

    /** Tests an edit before it is stored: masks stand for the stored secrets. */
    checkUpdate: (
      destinationId: string,
      { name, configuration }: { name: string; configuration: Record<string, unknown> },
      options: CallOptions = {},
    ): Promise<Check> => {
      const edit = { destinationId, name, connectionConfiguration: configuration }
      const blocking = () => internal.work('destinations/check_connection_for_update', edit, Check, options)
      return work.check({ actorId: destinationId, configuration }, blocking, options)
    },
  }
}
