// Which of the operator's OAuth apps users can sign in with, for `opsai doctor` and for the log at start.
import type { AirbyteClient } from '@opsai/airbyte-client'
import { namedConnectors } from '@opsai/contract/named-connectors'
import { providers } from '@opsai/oauth'
import { mergeOffers } from '../connectors/offer.js'
import { findOwnApp } from '../oauth/ways/find-own-app.js'
import type { OAuthApps } from './oauth-app.js'

export interface InspectedApp {
  sourceType: string
  /** `unsure`: only Airbyte's own answer, which there is none of yet, can tell. */
  status: 'usable' | 'unusable' | 'unsure'
  /** A sentence each; empty where it is usable. */
  why: string
  remedy: string
}

/** What can be seen without asking Airbyte. */
export const inspectWithoutAirbyte = (apps: OAuthApps): InspectedApp[] =>
  Object.entries(apps).map(([sourceType, { declaration }]) => {
    const isDeclared = declaration?.oauth_connector_input_specification !== undefined
    if (isDeclared || Object.hasOwn(providers, `source-${sourceType}`))
      return { sourceType, status: 'usable', why: '', remedy: '' }
    const why = 'It has no declaration, and our table of providers has none for this connector.'
    const remedy =
      'Give it a declaration with oauth_connector_input_specification, unless Airbyte hands that out itself.'
    return { sourceType, status: 'unsure', why, remedy }
  })

/**
 * As a workspace has the connectors.
 *
 * @throws AirbyteError
 */
export async function inspectOAuthApps(
  airbyte: Pick<AirbyteClient, 'definitions' | 'connectors'>,
  workspaceId: string,
  apps: OAuthApps,
): Promise<InspectedApp[]> {
  const definitions = await airbyte.definitions.sources.list({ workspaceId })
  const offers = mergeOffers(definitions, namedConnectors, { featured: [], allowed: undefined })
  return await Promise.all(
    Object.keys(apps).map(async (sourceType): Promise<InspectedApp> => {
      const definition = offers.find(({ connector }) => connector.sourceType === sourceType)?.definition
      if (!definition) return { sourceType, status: 'unusable', why: 'Airbyte has no such connector.', remedy: nameIt }
      const definitionId = definition.sourceDefinitionId
      const { advancedAuth } = await airbyte.connectors.spec({ definitionId, workspaceId })
      const found = findOwnApp(apps, { sourceType, isCustom: definition.custom !== false, advancedAuth })
      if (found.kind !== 'unusable') return { sourceType, status: 'usable', why: '', remedy: '' }
      return { sourceType, status: 'unusable', why: found.why, remedy: found.remedy }
    }),
  )
}

const nameIt = 'Use the short name the connector is on offer by, such as slack or google-sheets.'
