// What connectors a tenant is offered and how each is configured, remembered for a while: both change only with versions.
import { isAirbyteError, type SourceDefinition, type SourceSpec } from '@opsai/airbyte-client'
import type { Connector } from '@opsai/contract'
import { namedConnectors } from '@opsai/contract/named-connectors'
import { notFound, ProblemError } from '../http/problem.js'
import type { Log } from '../log.js'
import type { Settings } from '../options.js'
import type { Airbyte } from '../services.js'
import type { SourceRow } from '../store/sources.js'
import { isGone } from '../map/is-gone.js'
import { createDocumentation, type Documentation } from './documentation.js'
import { createMemory } from './memory.js'
import { createWithOwnApp } from './with-own-app.js'
import { mergeOffers, type Offer } from './offer.js'

const OFFERS_MS = 60_000
const SPEC_MS = 600_000
/** A source may be moved to another version behind our back. */
const SOURCE_SPEC_MS = 60_000

export type StoredSource = Pick<SourceRow, 'source_id' | 'source_type' | 'definition_id'>

export interface AvailableConnector extends Offer {
  definition: SourceDefinition
}

export interface Connectors {
  list(workspaceId: string): Promise<Offer[]>
  /** @throws ProblemError `not_found`, or `connector_unavailable` where it is named but can't be connected here */
  get(workspaceId: string, sourceType: string): Promise<AvailableConnector>
  spec(
    workspaceId: string,
    definition: Pick<SourceDefinition, 'sourceDefinitionId' | 'dockerImageTag'>,
  ): Promise<SourceSpec>
  /** Without a version at hand: the spec of whatever version the workspace has. */
  specOf(workspaceId: string, definitionId: string): Promise<SourceSpec>
  /** The spec of the version a stored source runs, which may be pinned to an older one. */
  specOfSource(workspaceId: string, source: StoredSource): Promise<SourceSpec>
  /** The connector as it is offered, or by what is known of it where it no longer is: its sources stay editable. */
  describe(
    workspaceId: string,
    source: StoredSource,
  ): Promise<Pick<Connector, 'sourceType' | 'name' | 'documentationUrl'>>
  /** Whether a workspace made a connector itself; also where Airbyte does not say, or does not know it. */
  isCustom(workspaceId: string, definitionId: string): Promise<boolean>
  documentation: Documentation
}

/** Specs are answered as they are on offer here: with the operator's own OAuth apps counted among what there is. */
export function createConnectors(airbyte: Airbyte, settings: Settings, now: () => Date, log: Log): Connectors {
  const definitions = createMemory<SourceDefinition[]>(OFFERS_MS, now)
  const offers = createMemory<Offer[]>(OFFERS_MS, now)
  const specs = createMemory<SourceSpec>(SPEC_MS, now)
  const sourceSpecs = createMemory<SourceSpec>(SOURCE_SPEC_MS, now)
  const rules = { featured: settings.featured, allowed: settings.connectorsAllowed }

  const define = (workspaceId: string) =>
    definitions(workspaceId, () => airbyte.definitions.sources.list({ workspaceId }))
  const list = (workspaceId: string) =>
    offers(workspaceId, async () => mergeOffers(await define(workspaceId), namedConnectors, rules))
  const isCustom: Connectors['isCustom'] = async (workspaceId, definitionId) =>
    (await define(workspaceId)).find(({ sourceDefinitionId }) => sourceDefinitionId === definitionId)?.custom !== false
  const sourceTypeOf = async (workspaceId: string, definitionId: string) =>
    (await list(workspaceId)).find(({ definition }) => definition?.sourceDefinitionId === definitionId)?.connector
      .sourceType
  const withOwnApp = createWithOwnApp(settings.oauthApps, { isCustom, sourceTypeOf }, log)

  const spec: Connectors['spec'] = (workspaceId, { sourceDefinitionId: definitionId, dockerImageTag }) =>
    specs(`${workspaceId}|${definitionId}|${dockerImageTag}`, async () =>
      withOwnApp(await airbyte.connectors.spec({ definitionId, workspaceId }), { workspaceId, definitionId }),
    )
  const specOf: Connectors['specOf'] = async (workspaceId, definitionId) => {
    const offer = (await list(workspaceId)).find(({ definition }) => definition?.sourceDefinitionId === definitionId)
    return await spec(workspaceId, offer?.definition ?? { sourceDefinitionId: definitionId, dockerImageTag: '' })
  }

  return {
    list,
    get: async (workspaceId, sourceType) => {
      const offer = (await list(workspaceId)).find(({ connector }) => connector.sourceType === sourceType)
      if (!offer) throw notFound()
      if (isAvailable(offer)) return offer
      throw new ProblemError('connector_unavailable', {
        detail: `${offer.connector.name} can not be connected here: ${offer.connector.closest ?? 'this deployment has no Airbyte that runs it'}.`,
        ...(offer.connector.closest && { remedy: offer.connector.closest }),
      })
    },
    spec,
    specOf,
    specOfSource: async (workspaceId, source) =>
      await sourceSpecs(source.source_id, async () => {
        const read = await airbyte.connectors.specForSource(source.source_id).catch(async (error: unknown) => {
          if (!isGone(error) && !(isAirbyteError(error) && error.code === 'not_supported')) throw error
          return await specOf(workspaceId, source.definition_id)
        })
        const { definition_id: definitionId, source_type: sourceType } = source
        return await withOwnApp(read, { workspaceId, definitionId, sourceType })
      }),
    describe: async (workspaceId, { source_type: sourceType }) =>
      (await list(workspaceId)).find(({ connector }) => connector.sourceType === sourceType)?.connector ?? {
        sourceType,
        name: sourceType,
      },
    isCustom,
    documentation: createDocumentation(airbyte, now),
  }
}

const isAvailable = (offer: Offer): offer is AvailableConnector => offer.definition !== undefined
