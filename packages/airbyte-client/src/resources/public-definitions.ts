// The public API's records of connectors, the same for sources and destinations.
import { at } from '../path.js'
import { publicApi } from '../public-api.js'
import type { CallOptions, Requester } from '../request.js'
import { Definition, pageOf } from '../schemas.js'

/** A connector of a workspace. */
export interface DefinitionId {
  workspaceId: string
  definitionId: string
}

export interface NewDefinition {
  workspaceId: string
  name: string
  dockerRepository: string
  dockerImageTag: string
  documentationUrl?: string
}

export interface DefinitionReplacement extends DefinitionId {
  name: string
  /** The version to run from now on. */
  dockerImageTag: string
}

export function createPublicDefinitions(request: Requester, kind: 'sources' | 'destinations') {
  const api = publicApi(request)
  const of = ({ workspaceId, definitionId }: DefinitionId) =>
    at`workspaces/${workspaceId}/definitions/${kind}/${definitionId}`

  return {
    list: async (workspaceId: string, options: CallOptions): Promise<Definition[]> => {
      const page = await api.get(at`workspaces/${workspaceId}/definitions/${kind}`, pageOf(Definition), options)
      return page.data
    },
    get: (id: DefinitionId, options: CallOptions): Promise<Definition> => api.get(of(id), Definition, options),
    create: ({ workspaceId, ...definition }: NewDefinition, options: CallOptions): Promise<Definition> =>
      api.post(at`workspaces/${workspaceId}/definitions/${kind}`, definition, Definition, options),
    replace: ({ name, dockerImageTag, ...id }: DefinitionReplacement, options: CallOptions): Promise<Definition> =>
      api.put(of(id), { name, dockerImageTag }, Definition, options),
    delete: (id: DefinitionId, options: CallOptions): Promise<Definition> => api.take(of(id), Definition, options),
  }
}
