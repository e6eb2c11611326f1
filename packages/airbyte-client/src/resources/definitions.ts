// What connectors there are: Airbyte's records of them. What they want to know is `connectors`.
import { publicApi } from '../public-api.js'
import type { CallOptions, Requester } from '../request.js'
import { ListedDefinition, pageOf } from '../schemas.js'
import { toSearch } from '../search.js'
import { createDeclarativeSources } from './declarative-sources.js'
import { createDestinationDefinitions } from './destination-definitions.js'
import { createSourceDefinitions } from './source-definitions.js'

export function createDefinitions(request: Requester) {
  const api = publicApi(request)
  return {
    sources: createSourceDefinitions(request),
    destinations: createDestinationDefinitions(request),
    declarativeSources: createDeclarativeSources(request),

    /** Id, name and version of every source, or of every destination, a workspace may use. */
    list: async (
      { type, workspaceId }: { type: 'source' | 'destination'; workspaceId: string },
      options: CallOptions = {},
    ): Promise<ListedDefinition[]> => {
      const search = toSearch({ type, workspaceId })
      const page = await api.get('connector_definitions', pageOf(ListedDefinition), options, search)
      return page.data
    },
  }
}
