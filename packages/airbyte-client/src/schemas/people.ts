import * as z from 'zod'
import { growing, maybe } from './tolerant.js'

/** What someone may do, in an organization or in one workspace. */
export const PermissionType = growing(
  'instance_admin',
  'organization_admin',
  'organization_editor',
  'organization_runner',
  'organization_reader',
  'organization_member',
  'workspace_owner',
  'workspace_admin',
  'workspace_editor',
  'workspace_source_editor',
  'workspace_destination_editor',
  'workspace_runner',
  'workspace_reader',
)
export type PermissionType = z.infer<typeof PermissionType>

export const Organization = z.looseObject({
  organizationId: z.string(),
  organizationName: z.string(),
  email: z.string(),
})
export type Organization = z.infer<typeof Organization>

export const User = z.looseObject({ id: z.string(), name: z.string(), email: z.string() })
export type User = z.infer<typeof User>

export const Permission = z.looseObject({
  permissionId: z.string(),
  permissionType: PermissionType,
  userId: z.string(),
  workspaceId: maybe(z.string()),
  organizationId: maybe(z.string()),
})
export type Permission = z.infer<typeof Permission>

/** A permission as a list shows it: by the kind of thing it is for. */
export const ListedPermission = z.looseObject({
  permissionId: z.string(),
  permissionType: PermissionType,
  userId: z.string(),
  scopeId: z.string(),
  scope: growing('workspace', 'organization', 'none'),
})
export type ListedPermission = z.infer<typeof ListedPermission>

export const Group = z.looseObject({
  groupId: z.string(),
  name: z.string(),
  description: maybe(z.string()),
  organizationId: z.string(),
  memberCount: z.number(),
})
export type Group = z.infer<typeof Group>

export const GroupMember = z.looseObject({
  memberId: z.string(),
  groupId: z.string(),
  userId: z.string(),
  userEmail: z.string(),
  userName: z.string(),
})
export type GroupMember = z.infer<typeof GroupMember>

export const GroupPermission = z.looseObject({
  permissionId: z.string(),
  groupId: z.string(),
  permissionType: PermissionType,
  workspaceId: maybe(z.string()),
  organizationId: maybe(z.string()),
})
export type GroupPermission = z.infer<typeof GroupPermission>

/** An organization that may use Airbyte Embedded, and what one may do there. */
export const EmbeddedOrganization = z.looseObject({
  organizationId: z.string(),
  organizationName: z.string(),
  permission: PermissionType,
})
export type EmbeddedOrganization = z.infer<typeof EmbeddedOrganization>

export const EmbeddedOrganizations = z.looseObject({ organizations: z.array(EmbeddedOrganization) })
export const EmbeddedToken = z.looseObject({ token: z.string() })
