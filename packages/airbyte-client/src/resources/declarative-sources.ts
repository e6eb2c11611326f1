// Connectors that are a manifest: the only specs the public API shows are inside these. Public API.
import { at } from '../path.js'
import { publicApi } from '../public-api.js'
import type { CallOptions, Requester } from '../request.js'
import { DeclarativeSourceDefinition, pageOf } from '../schemas.js'
import type { DefinitionId } from './public-definitions.js'

export function createDeclarativeSources(request: Requester) {
  const api = publicApi(request)
  const of = ({ workspaceId, definitionId }: DefinitionId) =>
    at`workspaces/${workspaceId}/definitions/declarative_sources/${definitionId}`

  return {
    list: async (
      { workspaceId }: { workspaceId: string },
      options: CallOptions = {},
    ): Promise<DeclarativeSourceDefinition[]> => {
      const path = at`workspaces/${workspaceId}/definitions/declarative_sources`
      const page = await api.get(path, pageOf(DeclarativeSourceDefinition), options)
      return page.data
    },

    get: (id: DefinitionId, options: CallOptions = {}): Promise<DeclarativeSourceDefinition> =>
      api.get(of(id), DeclarativeSourceDefinition, options),

    /** Makes a connector out of a manifest; asking twice makes two. */
    create: (
      { workspaceId, ...definition }: { workspaceId: string; name: string; manifest: Record<string, unknown> },
      options: CallOptions = {},
    ): Promise<DeclarativeSourceDefinition> =>
      api.post(
        at`workspaces/${workspaceId}/definitions/declarative_sources`,
        definition,
        DeclarativeSourceDefinition,
        options,
      ),

    /** A new version; sources of it move on. */
    replace: (
      { manifest, ...id }: DefinitionId & { manifest: Record<string, unknown> },
      options: CallOptions = {},
    ): Promise<DeclarativeSourceDefinition> => api.put(of(id), { manifest }, DeclarativeSourceDefinition, options),

    delete: (id: DefinitionId, options: CallOptions = {}): Promise<DeclarativeSourceDefinition> =>
      api.take(of(id), DeclarativeSourceDefinition, options),
  }
}
