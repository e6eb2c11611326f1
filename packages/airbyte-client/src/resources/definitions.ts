// What connectors there are and what they want to know: the public API has no specs and no icons, so the Config
// API answers, and the public list fills in where an Airbyte does not offer that.
import * as z from 'zod'
import { isAirbyteError } from '../airbyte-error.js'
import type { CallOptions, Requester } from '../request.js'
import { DestinationDefinition, SourceDefinition, SourceSpec } from '../schemas.js'

const SourceDefinitions = z.looseObject({ sourceDefinitions: z.array(SourceDefinition) })
const DestinationDefinitions = z.looseObject({ destinationDefinitions: z.array(DestinationDefinition) })
const PublicDefinitions = z.looseObject({
  data: z.array(
    z.looseObject({
      id: z.string(),
      name: z.string(),
      dockerRepository: z.string(),
      dockerImageTag: z.string(),
      documentationUrl: z.string().optional(),
    }),
  ),
})

/** Connector definitions and specs. */
export function createDefinitions(request: Requester) {
  async function listPublic(workspaceId: string, kind: 'sources' | 'destinations', options: CallOptions) {
    const path = `workspaces/${encodeURIComponent(workspaceId)}/definitions/${kind}`
    const page = await request({ door: 'public', method: 'get', path, answer: PublicDefinitions, ...options })
    return page.data
  }

  return {
    /** The sources a workspace may use. */
    listSources: async (
      { workspaceId }: { workspaceId: string },
      options: CallOptions = {},
    ): Promise<SourceDefinition[]> => {
      try {
        const path = 'source_definitions/list_for_workspace'
        const answer = await request({ ...reading(path, { workspaceId }), answer: SourceDefinitions, ...options })
        return answer.sourceDefinitions
      } catch (error) {
        if (!isAirbyteError(error) || error.code !== 'not_supported') throw error
        const definitions = await listPublic(workspaceId, 'sources', options)
        return definitions.map(({ id, ...rest }) => ({ ...rest, sourceDefinitionId: id }))
      }
    },

    /** The destinations a workspace may use. */
    listDestinations: async (
      { workspaceId }: { workspaceId: string },
      options: CallOptions = {},
    ): Promise<DestinationDefinition[]> => {
      try {
        const path = 'destination_definitions/list_for_workspace'
        const answer = await request({ ...reading(path, { workspaceId }), answer: DestinationDefinitions, ...options })
        return answer.destinationDefinitions
      } catch (error) {
        if (!isAirbyteError(error) || error.code !== 'not_supported') throw error
        const definitions = await listPublic(workspaceId, 'destinations', options)
        return definitions.map(({ id, ...rest }) => ({ ...rest, destinationDefinitionId: id }))
      }
    },

    /** The form's schema, and how to sign in. Changes only with the connector's version: worth caching. */
    sourceSpec: (
      { definitionId, workspaceId }: { definitionId: string; workspaceId: string },
      options: CallOptions = {},
    ): Promise<SourceSpec> =>
      request({
        ...reading('source_definition_specifications/get', { sourceDefinitionId: definitionId, workspaceId }),
        answer: SourceSpec,
        slow: true,
        ...options,
      }),
  }
}

function reading(path: string, json: Record<string, string>) {
  return { door: 'config', method: 'post', path, json, reads: true } as const
}
