// Reads go to the Config API, which knows icons and support levels; the public list fills in where an Airbyte does not
// offer that. Writes are the public API's.
import { insteadOf } from '../instead-of.js'
import { internalApi } from '../internal-api.js'
import type { CallOptions, Requester } from '../request.js'
import { DestinationDefinitions, type Definition, type DestinationDefinition } from '../schemas.js'
import {
  createPublicDefinitions,
  type DefinitionId,
  type DefinitionReplacement,
  type NewDefinition,
} from './public-definitions.js'

export function createDestinationDefinitions(request: Requester) {
  const internal = internalApi(request)
  const published = createPublicDefinitions(request, 'destinations')
  const toDestination = ({ id, ...rest }: Definition): DestinationDefinition => ({
    ...rest,
    destinationDefinitionId: id,
  })

  return {
    /** The destinations a workspace may use. */
    list: ({ workspaceId }: { workspaceId: string }, options: CallOptions = {}): Promise<DestinationDefinition[]> =>
      insteadOf(
        internal
          .read('destination_definitions/list_for_workspace', { workspaceId }, DestinationDefinitions, options)
          .then(({ destinationDefinitions }) => destinationDefinitions),
        async () => (await published.list(workspaceId, options)).map(toDestination),
      ),

    /** Every destination of the instance, whatever workspaces may use. */
    listAll: (options: CallOptions = {}): Promise<DestinationDefinition[]> =>
      internal
        .read('destination_definitions/list', undefined, DestinationDefinitions, options)
        .then(({ destinationDefinitions }) => destinationDefinitions),

    get: (id: DefinitionId, options: CallOptions = {}): Promise<DestinationDefinition> =>
      published.get(id, options).then(toDestination),

    /** A connector of your own. Not on Cloud. */
    create: (definition: NewDefinition, options: CallOptions = {}): Promise<DestinationDefinition> =>
      published.create(definition, options).then(toDestination),

    replace: (definition: DefinitionReplacement, options: CallOptions = {}): Promise<DestinationDefinition> =>
      published.replace(definition, options).then(toDestination),

    delete: (id: DefinitionId, options: CallOptions = {}): Promise<DestinationDefinition> =>
      published.delete(id, options).then(toDestination),
  }
}
