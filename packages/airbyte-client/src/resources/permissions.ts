import { at } from '../path.js'
import { publicApi } from '../public-api.js'
import type { CallOptions, Requester } from '../request.js'
import { ListedPermission, Permission, pageOf, type PermissionType } from '../schemas.js'
import { toSearch } from '../search.js'

/** What a user may do, in a workspace or in an organization: give one of the two. */
export interface NewPermission {
  userId: string
  permissionType: GrantablePermission
  workspaceId?: string
  organizationId?: string
}

/** What can be given to somebody; the others only Airbyte itself gives. */
export type GrantablePermission = Extract<
  PermissionType,
  | 'organization_admin'
  | 'organization_editor'
  | 'organization_runner'
  | 'organization_reader'
  | 'organization_member'
  | 'workspace_admin'
  | 'workspace_editor'
  | 'workspace_source_editor'
  | 'workspace_destination_editor'
  | 'workspace_runner'
  | 'workspace_reader'
>

/** Permissions of users. Public API. */
export function createPermissions(request: Requester) {
  const api = publicApi(request)
  return {
    create: (permission: NewPermission, options: CallOptions = {}): Promise<Permission> =>
      api.post('permissions', permission, Permission, options),

    get: (permissionId: string, options: CallOptions = {}): Promise<Permission> =>
      api.get(at`permissions/${permissionId}`, Permission, options),

    /** Those of the token's user, or, for administrators of the organization, of another one. */
    list: async (
      user: { userId?: string; organizationId?: string } = {},
      options: CallOptions = {},
    ): Promise<ListedPermission[]> => {
      const page = await api.get('permissions', pageOf(ListedPermission), options, toSearch({ ...user }))
      return page.data
    },

    patch: (
      permissionId: string,
      patch: { permissionType: GrantablePermission },
      options: CallOptions = {},
    ): Promise<Permission> => api.patch(at`permissions/${permissionId}`, patch, Permission, options),

    delete: (permissionId: string, options: CallOptions = {}): Promise<void> =>
      api.delete(at`permissions/${permissionId}`, options),
  }
}
