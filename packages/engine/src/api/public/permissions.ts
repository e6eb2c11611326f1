import { Hono } from 'hono'
import * as z from 'zod'
import type { Permission } from '../../store/permissions.js'
import { parse, parseBody, parseId, Uuid } from '../parse.js'
import { Problem, unknownId } from '../problem.js'
import { findWorkspace, type Services } from '../services.js'

const scopes = {
  organization: ['admin', 'editor', 'runner', 'reader', 'member'],
  workspace: ['admin', 'editor', 'source_editor', 'destination_editor', 'runner', 'reader'],
} as const
const types = Object.entries(scopes).flatMap(([scope, roles]) => roles.map((role) => `${scope}_${role}`))

const Create = z.looseObject({
  permissionType: z.enum(types),
  userId: Uuid,
  workspaceId: Uuid.optional(),
  organizationId: Uuid.optional(),
})
const Update = z.looseObject({ permissionType: z.enum(types) })
const Filter = z.object({ userId: Uuid.optional(), organizationId: Uuid.optional() })

/** Permissions are kept and told; the engine's tokens may do everything, whatever they say. */
export function permissionRoutes(services: Services) {
  const { permissions } = services

  return new Hono()
    .get('/', async (c) => {
      const { userId, organizationId } = parse(Filter, c.req.query())
      const rows = await permissions.list({
        ...(userId !== undefined && { userId }),
        ...(organizationId !== undefined && { organizationId }),
      })
      return c.json({ data: rows.map(toScoped) })
    })
    .post('/', async (c) => {
      const { permissionType, userId, workspaceId, organizationId } = await parseBody(c, Create)
      if ((workspaceId === undefined) === (organizationId === undefined)) {
        throw new Problem('unprocessable-entity', 'A permission has a workspaceId or an organizationId, one of them.')
      }
      assertScope(permissionType, workspaceId === undefined ? 'organization' : 'workspace')
      if (workspaceId !== undefined) await findWorkspace(services, workspaceId)
      await findOrganization(services, organizationId)
      if (!(await permissions.people()).some((it) => it.userId === userId)) throw unknownId('user')
      const row = await permissions.create({
        permissionType,
        userId,
        workspaceId: workspaceId ?? null,
        organizationId: organizationId ?? null,
      })
      if (!row) throw unknownId('permission')
      return c.json(toPermission(row))
    })
    .get('/:permissionId', async (c) => {
      const row = await permissions.get(parseId(c, 'permissionId'))
      if (!row) throw unknownId('permission')
      return c.json(toPermission(row))
    })
    .patch('/:permissionId', async (c) => {
      const { permissionType } = await parseBody(c, Update)
      const row = await permissions.get(parseId(c, 'permissionId'))
      if (!row) throw unknownId('permission')
      assertScope(permissionType, row.workspaceId === null ? 'organization' : 'workspace')
      return c.json(toPermission((await permissions.update(row.permissionId, permissionType)) ?? row))
    })
    .delete('/:permissionId', async (c) => {
      if (!(await permissions.delete(parseId(c, 'permissionId')))) throw unknownId('permission')
      return c.body(null, 204)
    })
}

/** Throws 403 for an organization there is not. */
export async function findOrganization({ permissions }: Services, organizationId: string | undefined): Promise<void> {
  if (organizationId === undefined) return
  const known = await permissions.organizations()
  if (!known.some((it) => it.organizationId === organizationId)) throw unknownId('organization')
}

function assertScope(permissionType: string, scope: keyof typeof scopes) {
  if (permissionType.startsWith(`${scope}_`)) return
  throw new Problem('unprocessable-entity', `${permissionType} is no permission of a ${scope}.`)
}

function toPermission({ permissionId, permissionType, userId, workspaceId, organizationId }: Permission) {
  return {
    permissionId,
    permissionType,
    userId,
    ...(workspaceId !== null && { workspaceId }),
    ...(organizationId !== null && { organizationId }),
  }
}

function toScoped({ permissionId, permissionType, userId, workspaceId, organizationId }: Permission) {
  const scope = workspaceId === null ? 'organization' : 'workspace'
  return { permissionId, permissionType, userId, scopeId: workspaceId ?? organizationId, scope }
}
