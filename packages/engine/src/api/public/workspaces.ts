import { Hono } from 'hono'
import * as z from 'zod'
import { parseBody, parseId, parseIds, parsePage, toPage, Json } from '../parse.js'
import { unknownId } from '../problem.js'
import { findWorkspace, type Services } from '../services.js'
import type { WorkspaceRow } from '../../store/workspaces.js'

const Create = z.looseObject({ name: z.string().min(1), notifications: Json.optional() })
const Update = z.looseObject({ name: z.string().min(1).optional(), notifications: Json.optional() })

/** Tenants of the engine. `organizationId` and `regionId` are taken and ignored, as self-managed Airbyte does. */
export function workspaceRoutes(services: Services) {
  const { workspaces } = services
  return new Hono()
    .get('/', async (c) => {
      const page = parsePage(c)
      const rows = await workspaces.list(parseIds(c, 'workspaceIds'), page)
      return c.json(toPage(c, rows.map(toWorkspace), page))
    })
    .post('/', async (c) => {
      const { name, notifications = {} } = await parseBody(c, Create)
      return c.json(toWorkspace(await workspaces.create(name, notifications)))
    })
    .get('/:workspaceId', async (c) => c.json(toWorkspace(await findWorkspace(services, parseId(c, 'workspaceId')))))
    .patch('/:workspaceId', async (c) => {
      const { name, notifications } = await parseBody(c, Update)
      const patch = { ...(name !== undefined && { name }), ...(notifications && { notifications }) }
      const row = await workspaces.update(parseId(c, 'workspaceId'), patch)
      if (!row) throw unknownId('workspace')
      return c.json(toWorkspace(row))
    })
    .delete('/:workspaceId', async (c) => {
      if (!(await workspaces.delete(parseId(c, 'workspaceId')))) throw unknownId('workspace')
      return c.body(null, 204)
    })
    .get('/:workspaceId/definitions/sources', async (c) => {
      await findWorkspace(services, parseId(c, 'workspaceId'))
      const data = services.registry.list().map((connector) => ({
        id: connector.definitionId,
        name: connector.name,
        dockerRepository: `airbyte/source-${connector.sourceType}`,
        dockerImageTag: connector.version,
        ...(connector.documentationUrl && { documentationUrl: connector.documentationUrl }),
      }))
      return c.json({ data, next: '', previous: '' })
    })
    .get('/:workspaceId/definitions/destinations', async (c) => {
      await findWorkspace(services, parseId(c, 'workspaceId'))
      const data = services.destinationKinds.map((kind) => ({
        id: kind.definitionId,
        name: kind.name,
        dockerRepository: `airbyte/destination-${kind.destinationType}`,
        dockerImageTag: kind.version,
        documentationUrl: kind.documentationUrl,
      }))
      return c.json({ data, next: '', previous: '' })
    })
}

function toWorkspace({ workspaceId, name, notifications }: WorkspaceRow) {
  return { workspaceId, name, dataResidency: 'auto', notifications }
}
