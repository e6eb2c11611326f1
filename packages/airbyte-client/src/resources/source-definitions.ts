// Reads go to the Config API, which knows icons and support levels; the public list fills in where an Airbyte does not
// offer that. Writes are the public API's.
import { internalApi } from '../internal-api.js'
import { insteadOf } from '../instead-of.js'
import type { CallOptions, Requester } from '../request.js'
import { SourceDefinition, SourceDefinitions, type Definition } from '../schemas.js'
import {
  createPublicDefinitions,
  type DefinitionId,
  type DefinitionReplacement,
  type NewDefinition,
} from './public-definitions.js'

/** A connector of your own, with what only the Config API takes of it. */
export interface CustomSource {
  workspaceId: string
  name: string
  dockerRepository: string
  dockerImageTag: string
  documentationUrl: string
  icon?: string
}

export function createSourceDefinitions(request: Requester) {
  const internal = internalApi(request)
  const published = createPublicDefinitions(request, 'sources')
  const toSource = ({ id, ...rest }: Definition): SourceDefinition => ({ ...rest, sourceDefinitionId: id })
  const toList = ({ sourceDefinitions }: { sourceDefinitions: SourceDefinition[] }) => sourceDefinitions

  return {
    /** The sources a workspace may use; `onlyUsed` those it does use. */
    list: (
      { workspaceId, onlyUsed }: { workspaceId: string; onlyUsed?: boolean },
      options: CallOptions = {},
    ): Promise<SourceDefinition[]> =>
      insteadOf(
        internal
          .read(
            'source_definitions/list_for_workspace',
            { workspaceId, ...(onlyUsed && { filterByUsed: true }) },
            SourceDefinitions,
            options,
          )
          .then(toList),
        async () => (await published.list(workspaceId, options)).map(toSource),
      ),

    /** Every source of the instance, whatever workspaces may use. */
    listAll: (options: CallOptions = {}): Promise<SourceDefinition[]> =>
      internal.read('source_definitions/list', undefined, SourceDefinitions, options).then(toList),

    /** Every source in its newest version, which the instance may not have yet. */
    listLatest: (options: CallOptions = {}): Promise<SourceDefinition[]> =>
      internal.read('source_definitions/list_latest', undefined, SourceDefinitions, options).then(toList),

    /** One source as the workspace has it: its version may be pinned there. */
    get: ({ workspaceId, definitionId }: DefinitionId, options: CallOptions = {}): Promise<SourceDefinition> =>
      insteadOf(
        internal.read(
          'source_definitions/get_for_workspace',
          { workspaceId, sourceDefinitionId: definitionId },
          SourceDefinition,
          options,
        ),
        async () => toSource(await published.get({ workspaceId, definitionId }, options)),
      ),

    /** One source, whatever workspaces do with it. */
    getGlobal: (definitionId: string, options: CallOptions = {}): Promise<SourceDefinition> =>
      internal.read('source_definitions/get', { sourceDefinitionId: definitionId }, SourceDefinition, options),

    /** A connector of your own. Not on Cloud. */
    create: (definition: NewDefinition, options: CallOptions = {}): Promise<SourceDefinition> =>
      published.create(definition, options).then(toSource),

    /** The same with an icon. Config API. */
    createCustom: (
      { workspaceId, ...sourceDefinition }: CustomSource,
      options: CallOptions = {},
    ): Promise<SourceDefinition> =>
      internal.write('source_definitions/create_custom', { workspaceId, sourceDefinition }, SourceDefinition, options),

    replace: (definition: DefinitionReplacement, options: CallOptions = {}): Promise<SourceDefinition> =>
      published.replace(definition, options).then(toSource),

    delete: (id: DefinitionId, options: CallOptions = {}): Promise<SourceDefinition> =>
      published.delete(id, options).then(toSource),
  }
}
