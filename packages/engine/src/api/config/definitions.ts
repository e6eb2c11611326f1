import { Hono } from 'hono'
import * as z from 'zod'
import type { Connector } from '../../connector/connector.js'
import { parseBody, Uuid } from '../parse.js'
import { findConnector, findSource, findWorkspace, type Services } from '../services.js'
import { toSynchronousJob } from '../synchronous-job.js'

const OfWorkspace = z.looseObject({ workspaceId: Uuid })

/** Which connectors there are, and their specs: `source_definitions/*`, `source_definition_specifications/*`. */
export function definitionRoutes(services: Services) {
  const { registry, destinationKinds } = services
  const sources = () => ({ sourceDefinitions: registry.list().map(toSourceDefinition) })

  const toSpec = (connector: Connector) => ({
    sourceDefinitionId: connector.definitionId,
    ...(connector.spec.documentationUrl && { documentationUrl: connector.spec.documentationUrl }),
    connectionSpecification: connector.spec.connectionSpecification,
    ...(connector.spec.advancedAuth && { advancedAuth: connector.spec.advancedAuth }),
    advancedAuthGlobalCredentialsAvailable: services.oauth.hasApp(connector.sourceType),
    jobInfo: toSynchronousJob({
      configType: 'get_spec',
      configId: connector.definitionId,
      startedAt: services.now(),
      endedAt: services.now(),
    }),
  })

  return new Hono()
    .post('/source_definitions/list', (c) => c.json(sources()))
    .post('/source_definitions/list_latest', (c) => c.json(sources()))
    .post('/source_definitions/list_for_workspace', async (c) => {
      const { workspaceId } = await parseBody(c, OfWorkspace)
      await findWorkspace(services, workspaceId)
      return c.json(sources())
    })
    .post('/destination_definitions/list_for_workspace', async (c) => {
      const { workspaceId } = await parseBody(c, OfWorkspace)
      await findWorkspace(services, workspaceId)
      return c.json({
        destinationDefinitions: destinationKinds.map((kind) => ({
          destinationDefinitionId: kind.definitionId,
          name: kind.name,
          dockerRepository: `airbyte/destination-${kind.destinationType}`,
          dockerImageTag: kind.version,
          documentationUrl: kind.documentationUrl,
        })),
      })
    })
    .post('/source_definition_specifications/get', async (c) => {
      const { sourceDefinitionId } = await parseBody(c, z.looseObject({ sourceDefinitionId: Uuid, workspaceId: Uuid }))
      return c.json(toSpec(findConnector(services, sourceDefinitionId)))
    })
    .post('/source_definition_specifications/get_for_source', async (c) => {
      const { sourceId } = await parseBody(c, z.looseObject({ sourceId: Uuid }))
      return c.json(toSpec((await findSource(services, sourceId)).connector))
    })
}

function toSourceDefinition(connector: Connector) {
  return {
    sourceDefinitionId: connector.definitionId,
    name: connector.name,
    dockerRepository: `airbyte/source-${connector.sourceType}`,
    dockerImageTag: connector.version,
    ...(connector.documentationUrl && { documentationUrl: connector.documentationUrl }),
    ...(connector.icon && { icon: connector.icon }),
    custom: false,
    supportLevel: 'community',
    releaseStage: 'generally_available',
    sourceType: connector.kind,
  }
}
