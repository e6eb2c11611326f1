// What a connector wants to know and how it is described. Config API: the public one shows no specs.
import { internalApi } from '../internal-api.js'
import type { CallOptions, Requester } from '../request.js'
import { ConnectorVersion, DestinationSpec, Documentation, SourceSpec } from '../schemas.js'
import type { DefinitionId } from './public-definitions.js'

export function createConnectors(request: Requester) {
  const api = internalApi(request)
  return {
    /**
     * A source's form: its JSON schema, and how to sign in. Changes only with the connector's version: worth caching.
     *
     * @example
     * const { connectionSpecification, advancedAuth } = await airbyte.connectors.spec({ definitionId, workspaceId })
     */
    spec: ({ definitionId, workspaceId }: DefinitionId, options: CallOptions = {}): Promise<SourceSpec> =>
      api.read('source_definition_specifications/get', { sourceDefinitionId: definitionId, workspaceId }, SourceSpec, {
        slow: true,
        ...options,
      }),

    /** The form of the version a stored source runs, which may be pinned: the one to edit it with. */
    specForSource: (sourceId: string, options: CallOptions = {}): Promise<SourceSpec> =>
      api.read('source_definition_specifications/get_for_source', { sourceId }, SourceSpec, { slow: true, ...options }),

    /** A destination's form, and how it can write. */
    destinationSpec: (
      { definitionId, workspaceId }: DefinitionId,
      options: CallOptions = {},
    ): Promise<DestinationSpec> =>
      api.read(
        'destination_definition_specifications/get',
        { destinationDefinitionId: definitionId, workspaceId },
        DestinationSpec,
        { slow: true, ...options },
      ),

    /** The connector's manual, in Markdown. `actorId` asks for the version that one runs. */
    documentation: async (
      { definitionId, ...connector }: DefinitionId & { actorType: 'source' | 'destination'; actorId?: string },
      options: CallOptions = {},
    ): Promise<string> => {
      const json = { ...connector, actorDefinitionId: definitionId }
      const { doc } = await api.read('connector_documentation/get', json, Documentation, options)
      return doc
    },

    /** Which version a stored source runs, and whether it has to move on. */
    versionOfSource: (sourceId: string, options: CallOptions = {}): Promise<ConnectorVersion> =>
      api.read('actor_definition_versions/get_for_source', { sourceId }, ConnectorVersion, options),
  }
}
