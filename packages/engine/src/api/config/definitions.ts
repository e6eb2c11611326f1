// Which connectors there are, and what they ask for: definitions and their specifications.
import { Hono } from 'hono'
import * as z from 'zod'
import type { Connector } from '../../connector/connector.js'
import type { Actor } from '../../store/actors.js'
import type { DestinationKind } from '../destination-kind.js'
import { parseBody, Uuid } from '../parse.js'
import { findSource, findWorkspace, type Services } from '../services.js'
import { toSynchronousJob } from '../synchronous-job.js'
import { requireConnector, requireKind } from './find-kind.js'
import { toAdvancedAuth } from './to-advanced-auth.js'
import { supportedDestinationSyncModes } from './to-protocol-spec.js'

const OfWorkspace = z.looseObject({ workspaceId: Uuid, filterByUsed: z.boolean().default(false) })
const SourceKind = z.looseObject({ sourceDefinitionId: Uuid })
const DestinationKindId = z.looseObject({ destinationDefinitionId: Uuid })
const inWorkspace = { workspaceId: Uuid }

export function definitionRoutes(services: Services) {
  const { registry, destinationKinds, actors } = services
  const allSources = () => ({ sourceDefinitions: registry.list().map(toSourceDefinition) })
  const allDestinations = () => ({ destinationDefinitions: destinationKinds.map(toDestinationDefinition) })

  async function usedIn(workspaceId: string, kind: Actor['kind']): Promise<Set<string>> {
    return new Set((await actors.list(kind, [workspaceId], { limit: 10_000, offset: 0 })).map((it) => it.definitionId))
  }

  return new Hono()
    .post('/source_definitions/list', (c) => c.json(allSources()))
    .post('/source_definitions/list_latest', (c) => c.json(allSources()))
    .post('/source_definitions/list_for_workspace', async (c) => {
      const { workspaceId, filterByUsed } = await parseBody(c, OfWorkspace)
      await findWorkspace(services, workspaceId)
      const { sourceDefinitions } = allSources()
      const used = filterByUsed ? await usedIn(workspaceId, 'source') : undefined
      return c.json({ sourceDefinitions: sourceDefinitions.filter((it) => used?.has(it.sourceDefinitionId) ?? true) })
    })
    .post('/source_definitions/get', async (c) => {
      const { sourceDefinitionId } = await parseBody(c, SourceKind)
      return c.json(toSourceDefinition(requireConnector(services, sourceDefinitionId)))
    })
    .post('/source_definitions/get_for_workspace', async (c) => {
      const { sourceDefinitionId, workspaceId } = await parseBody(c, SourceKind.extend(inWorkspace))
      await findWorkspace(services, workspaceId)
      return c.json(toSourceDefinition(requireConnector(services, sourceDefinitionId)))
    })
    .post('/source_definition_specifications/get', async (c) => {
      const { sourceDefinitionId } = await parseBody(c, SourceKind.extend(inWorkspace))
      return c.json(await toSourceSpec(services, requireConnector(services, sourceDefinitionId)))
    })
    .post('/source_definition_specifications/get_for_source', async (c) => {
      const { sourceId } = await parseBody(c, z.looseObject({ sourceId: Uuid }))
      return c.json(await toSourceSpec(services, (await findSource(services, sourceId)).connector))
    })
    .post('/destination_definitions/list', (c) => c.json(allDestinations()))
    .post('/destination_definitions/list_for_workspace', async (c) => {
      const { workspaceId, filterByUsed } = await parseBody(c, OfWorkspace)
      await findWorkspace(services, workspaceId)
      const { destinationDefinitions: all } = allDestinations()
      const used = filterByUsed ? await usedIn(workspaceId, 'destination') : undefined
      return c.json({ destinationDefinitions: all.filter((it) => used?.has(it.destinationDefinitionId) ?? true) })
    })
    .post('/destination_definition_specifications/get', async (c) => {
      const { destinationDefinitionId } = await parseBody(c, DestinationKindId.extend(inWorkspace))
      return c.json(toDestinationSpec(services, requireKind(services, destinationDefinitionId)))
    })
}

async function toSourceSpec(services: Services, connector: Connector) {
  const { spec, definitionId } = connector
  return {
    sourceDefinitionId: definitionId,
    ...(spec.documentationUrl && { documentationUrl: spec.documentationUrl }),
    connectionSpecification: spec.connectionSpecification,
    ...(spec.advanced_auth && { advancedAuth: toAdvancedAuth(spec.advanced_auth) }),
    advancedAuthGlobalCredentialsAvailable: (await services.oauthApps.find(connector)) !== undefined,
    jobInfo: toSpecJob(services, definitionId),
  }
}

function toDestinationSpec(services: Services, kind: DestinationKind) {
  return {
    destinationDefinitionId: kind.definitionId,
    documentationUrl: kind.documentationUrl,
    connectionSpecification: kind.connectionSpecification,
    advancedAuthGlobalCredentialsAvailable: false,
    jobInfo: toSpecJob(services, kind.definitionId),
    supportedDestinationSyncModes,
  }
}

function toSpecJob({ now }: Services, configId: string) {
  return toSynchronousJob({ configType: 'get_spec', configId, startedAt: now(), endedAt: now() })
}

const shared = { custom: false, enterprise: false, supportLevel: 'community', releaseStage: 'generally_available' }

function toSourceDefinition(connector: Connector) {
  return {
    sourceDefinitionId: connector.definitionId,
    name: connector.name,
    dockerRepository: `airbyte/source-${connector.sourceType}`,
    dockerImageTag: connector.version,
    ...(connector.documentationUrl && { documentationUrl: connector.documentationUrl }),
    ...(connector.icon && { icon: connector.icon }),
    ...shared,
    sourceType: connector.kind,
  }
}

function toDestinationDefinition(kind: DestinationKind) {
  return {
    destinationDefinitionId: kind.definitionId,
    name: kind.name,
    dockerRepository: `airbyte/destination-${kind.destinationType}`,
    dockerImageTag: kind.version,
    documentationUrl: kind.documentationUrl,
    ...shared,
  }
}
