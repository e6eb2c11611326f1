// Workspaces over the Config API. Of what the web app keeps there (mails, setup wizard), only the notifications mean
// something here.
import { Hono } from 'hono'
import * as z from 'zod'
import { defaultOrganizationId } from '../../store/permissions.js'
import type { WorkspaceRow } from '../../store/workspaces.js'
import { Json, parseBody, Uuid } from '../parse.js'
import { unknownId } from '../problem.js'
import { findWorkspace, type Services } from '../services.js'
import { fromNotificationSettings, toNotificationSettings } from './notification-settings.js'

const Create = z.looseObject({ name: z.string().min(1), notificationSettings: Json.optional() })
const Update = z.looseObject({
  workspaceId: Uuid,
  name: z.string().min(1).optional(),
  notificationSettings: Json.optional(),
  notificationsConfig: Json.optional(),
})
const One = z.looseObject({ workspaceId: Uuid })
const Pagination = z
  .looseObject({ pageSize: z.number().int().min(1).max(1000), rowOffset: z.number().int().min(0) })
  .partial()
  .optional()
const List = z.looseObject({ pagination: Pagination, nameContains: z.string().optional() })

export function configWorkspaceRoutes(services: Services) {
  const { workspaces } = services

  async function update(workspaceId: string, patch: { name?: string; notifications?: Record<string, unknown> }) {
    const row = await workspaces.update(workspaceId, patch)
    if (!row) throw unknownId('workspace')
    return toWorkspaceRead(row)
  }

  async function list(body: z.infer<typeof List>) {
    const { pageSize = 1000, rowOffset = 0 } = body.pagination ?? {}
    const term = body.nameContains?.toLowerCase() ?? ''
    const rows = await workspaces.list([], { limit: 10_000, offset: 0 })
    const found = rows.filter((row) => row.name.toLowerCase().includes(term))
    return { workspaces: found.slice(rowOffset, rowOffset + pageSize).map(toWorkspaceRead) }
  }

  return new Hono()
    .post('/workspaces/create', async (c) => {
      const { name, notificationSettings } = await parseBody(c, Create)
      const notifications = notificationSettings ? fromNotificationSettings(notificationSettings) : {}
      return c.json(toWorkspaceRead(await workspaces.create(name, notifications)))
    })
    .post('/workspaces/get', async (c) => {
      return c.json(toWorkspaceRead(await findWorkspace(services, (await parseBody(c, One)).workspaceId)))
    })
    .post('/workspaces/list_by_organization_id', async (c) => {
      const body = await parseBody(c, List.extend({ organizationId: Uuid }))
      if (body.organizationId !== defaultOrganizationId) throw unknownId('organization')
      return c.json(await list(body))
    })
    .post('/workspaces/list_by_user_id', async (c) => {
      const body = await parseBody(c, List.extend({ userId: Uuid }))
      if (body.userId !== defaultOrganizationId) throw unknownId('user')
      return c.json(await list(body))
    })
    .post('/workspaces/update', async (c) => {
      const { workspaceId, name, notificationSettings, notificationsConfig } = await parseBody(c, Update)
      const notifications =
        notificationsConfig ?? (notificationSettings && fromNotificationSettings(notificationSettings))
      return c.json(
        await update(workspaceId, { ...(name !== undefined && { name }), ...(notifications && { notifications }) }),
      )
    })
    .post('/workspaces/update_name', async (c) => {
      const { workspaceId, name } = await parseBody(c, One.extend({ name: z.string().min(1) }))
      return c.json(await update(workspaceId, { name }))
    })
    .post('/workspaces/delete', async (c) => {
      if (!(await workspaces.delete((await parseBody(c, One)).workspaceId))) throw unknownId('workspace')
      return c.body(null, 204)
    })
}

function toWorkspaceRead({ workspaceId, name, notifications }: WorkspaceRow) {
  return {
    workspaceId,
    customerId: workspaceId,
    name,
    slug: workspaceId,
    initialSetupComplete: true,
    displaySetupWizard: false,
    anonymousDataCollection: false,
    news: false,
    securityUpdates: false,
    notifications: [],
    notificationSettings: toNotificationSettings(notifications),
    firstCompletedSync: false,
    feedbackDone: false,
    organizationId: defaultOrganizationId,
    tombstone: false,
  }
}
