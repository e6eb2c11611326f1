// What connectors a tenant is offered and how each is configured, remembered for a while: both change only with versions.
import type { SourceDefinition, SourceSpec } from '@opsai/airbyte-client'
import { namedConnectors } from '@opsai/contract/named-connectors'
import { notFound, ProblemError } from '../http/problem.js'
import type { Settings } from '../options.js'
import type { Airbyte } from '../services.js'
import { mergeOffers, type Offer } from './offer.js'

const OFFERS_MS = 60_000
const SPEC_MS = 600_000

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
}

/** Promises by key for a time; a failed one is asked again. */
function createMemory<T>(forMs: number, now: () => Date) {
  const kept = new Map<string, { until: number; value: Promise<T> }>()
  return (key: string, make: () => Promise<T>): Promise<T> => {
    const at = now().getTime()
    const hit = kept.get(key)
    if (hit && hit.until > at) return hit.value
    if (kept.size > 5_000) kept.clear()
    const value = make()
    kept.set(key, { until: at + forMs, value })
    value.catch(() => kept.delete(key))
    return value
  }
}

export function createConnectors(airbyte: Airbyte, settings: Settings, now: () => Date): Connectors {
  const offers = createMemory<Offer[]>(OFFERS_MS, now)
  const specs = createMemory<SourceSpec>(SPEC_MS, now)
  const rules = { featured: settings.featured, allowed: settings.connectorsAllowed }

  const list = (workspaceId: string) =>
    offers(workspaceId, async () =>
      mergeOffers(await airbyte.definitions.sources.list({ workspaceId }), namedConnectors, rules),
    )
  const spec: Connectors['spec'] = (workspaceId, { sourceDefinitionId: definitionId, dockerImageTag }) =>
    specs(`${workspaceId}|${definitionId}|${dockerImageTag}`, () =>
      airbyte.connectors.spec({ definitionId, workspaceId }),
    )

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
    specOf: async (workspaceId, definitionId) => {
      const offer = (await list(workspaceId)).find(({ definition }) => definition?.sourceDefinitionId === definitionId)
      return await spec(workspaceId, offer?.definition ?? { sourceDefinitionId: definitionId, dockerImageTag: '' })
    },
  }
}

const isAvailable = (offer: Offer): offer is AvailableConnector => offer.definition !== undefined
