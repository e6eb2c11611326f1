import { Hono } from 'hono'
import * as z from 'zod'
import { parse, parseId, Uuid } from '../parse.js'
import { Problem } from '../problem.js'
import { findWorkspace, type Services } from '../services.js'

type Kind = 'sources' | 'destinations'

/** `/workspaces/{workspaceId}/definitions/*`: the connectors on offer, the same in every workspace. */
export function definitionRoutes(services: Services) {
  const routes = new Hono()
  for (const kind of ['sources', 'destinations'] as const) {
    routes
      .get(`/:workspaceId/definitions/${kind}`, async (c) => {
        await findWorkspace(services, parseId(c, 'workspaceId'))
        return c.json({ data: listDefinitions(services, kind), next: '', previous: '' })
      })
      .get(`/:workspaceId/definitions/${kind}/:definitionId`, async (c) => {
        await findWorkspace(services, parseId(c, 'workspaceId'))
        const id = parseId(c, 'definitionId')
        const definition = listDefinitions(services, kind).find((it) => it.id === id)
        if (!definition) throw unknownDefinition(id)
        return c.json(definition)
      })
      .on(['POST', 'PUT', 'DELETE'], [`/:workspaceId/definitions/${kind}/:definitionId?`], async (c) => {
        await findWorkspace(services, parseId(c, 'workspaceId'))
        throw new Problem('bad-request', "The engine's connectors come with it: give it others by createEngine.")
      })
  }
  return routes
    .get('/:workspaceId/definitions/declarative_sources', async (c) => {
      await findWorkspace(services, parseId(c, 'workspaceId'))
      return c.json({ data: [], next: '', previous: '' })
    })
    .post('/:workspaceId/definitions/declarative_sources', async (c) => {
      await findWorkspace(services, parseId(c, 'workspaceId'))
      throw new Problem('bad-request', 'The embedded engine does not run connectors given as a manifest yet.')
    })
    .on(['GET', 'PUT', 'DELETE'], ['/:workspaceId/definitions/declarative_sources/:definitionId'], async (c) => {
      await findWorkspace(services, parseId(c, 'workspaceId'))
      throw unknownDefinition(parseId(c, 'definitionId'))
    })
}

/** `GET /connector_definitions?type=&workspaceId=`. */
export function connectorDefinitionRoutes(services: Services) {
  const Query = z.object({ type: z.enum(['source', 'destination']), workspaceId: Uuid })
  return new Hono().get('/', async (c) => {
    const { type, workspaceId } = parse(Query, c.req.query())
    await findWorkspace(services, workspaceId)
    const data = listDefinitions(services, `${type}s`).map(({ id, name, dockerImageTag }) => ({
      id,
      name,
      connectorDefinitionType: type,
      version: dockerImageTag,
    }))
    return c.json({ data })
  })
}

function listDefinitions({ registry, destinationKinds }: Services, kind: Kind) {
  if (kind === 'destinations') {
    return destinationKinds.map((it) => ({
      id: it.definitionId,
      name: it.name,
      dockerRepository: `airbyte/destination-${it.destinationType}`,
      dockerImageTag: it.version,
      documentationUrl: it.documentationUrl,
    }))
  }
  return registry.list().map((connector) => ({
    id: connector.definitionId,
    name: connector.name,
    dockerRepository: `airbyte/source-${connector.sourceType}`,
    dockerImageTag: connector.version,
    ...(connector.documentationUrl && { documentationUrl: connector.documentationUrl }),
  }))
}

/** Its workspace is in the path, so that the caller's role is known: 404, where other unknown ids are 403. */
function unknownDefinition(resourceId: string): Problem {
  return new Problem('resource-not-found', 'There is no such definition.', { resourceId, resourceType: 'definition' })
}
