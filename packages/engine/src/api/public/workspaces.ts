import { Hono } from 'hono'
import * as z from 'zod'
import type { WorkspaceRow } from '../../store/workspaces.js'
import { mergeNotifications, Notifications } from '../notifications-request.js'
import { parseBody, parseId, parseIds, parsePage, toPage } from '../parse.js'
import { unknownId } from '../problem.js'
import { findWorkspace, type Services } from '../services.js'

const Create = z.looseObject({ name: z.string().min(1), notifications: Notifications.optional() })
const Update = z.looseObject({ name: z.string().min(1).optional(), notifications: Notifications.optional() })

/** Tenants of the engine. `organizationId` and `regionId` are taken and ignored, as self-managed Airbyte does. */
export function workspaceRoutes(services: Services) {
  const { workspaces } = services
  const notImplemented = () => new Response(null, { status: 501 })

  return new Hono()
    .get('/', async (c) => {
      const page = parsePage(c)
      const rows = await workspaces.list(parseIds(c, 'workspaceIds'), page)
      return c.json(toPage(c, rows.map(toWorkspace), page))
    })
    .post('/', async (c) => {
      const { name, notifications = {} } = await parseBody(c, Create)
      return c.json(toWorkspace(await workspaces.create(name, mergeNotifications({}, notifications))))
    })
    .get('/:workspaceId', async (c) => c.json(toWorkspace(await findWorkspace(services, parseId(c, 'workspaceId')))))
    .patch('/:workspaceId', async (c) => {
      const { name, notifications } = await parseBody(c, Update)
      const { workspaceId, ...stored } = await findWorkspace(services, parseId(c, 'workspaceId'))
      const row = await workspaces.update(workspaceId, {
        ...(name !== undefined && { name }),
        ...(notifications && { notifications: mergeNotifications(stored.notifications, notifications) }),
      })
      if (!row) throw unknownId('workspace')
      return c.json(toWorkspace(row))
    })
    .delete('/:workspaceId', async (c) => {
      if (!(await workspaces.delete(parseId(c, 'workspaceId')))) throw unknownId('workspace')
      return c.body(null, 204)
    })
    .put('/:workspaceId/oauthCredentials', notImplemented)
    .delete('/:workspaceId/oauthCredentials/:actorType/:name', notImplemented)
}

function toWorkspace({ workspaceId, name, notifications }: WorkspaceRow) {
  return { workspaceId, name, dataResidency: 'auto', notifications }
}
