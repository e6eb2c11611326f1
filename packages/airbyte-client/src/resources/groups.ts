// Groups of users, their members and what they may do. Public API.
import { AirbyteError } from '../airbyte-error.js'
import { iterateAll } from '../pages.js'
import { at } from '../path.js'
import { publicApi } from '../public-api.js'
import type { CallOptions, Requester } from '../request.js'
import { Group, GroupMember, GroupPermission, pageOf } from '../schemas.js'
import { collect, type ListOptions } from '../scoped-list.js'
import { toSearch } from '../search.js'
import type { GrantablePermission } from './permissions.js'

export function createGroups(request: Requester) {
  const api = publicApi(request)
  const iterate = ({ organizationId }: { organizationId: string }, options: ListOptions = {}) =>
    iterateAll(request, { path: 'groups', item: Group, search: toSearch({ organizationId }), ...options })

  return {
    create: (
      group: { name: string; organizationId: string; description?: string },
      options: CallOptions = {},
    ): Promise<Group> => api.post('groups', group, Group, options),

    get: (groupId: string, options: CallOptions = {}): Promise<Group> => api.get(at`groups/${groupId}`, Group, options),

    /** Groups one by one. */
    iterate,

    list: (groups: { organizationId: string }, options: ListOptions = {}): Promise<Group[]> =>
      collect(iterate(groups, options)),

    patch: (
      groupId: string,
      patch: { name?: string; description?: string },
      options: CallOptions = {},
    ): Promise<Group> => api.patch(at`groups/${groupId}`, patch, Group, options),

    delete: (groupId: string, options: CallOptions = {}): Promise<void> => api.delete(at`groups/${groupId}`, options),

    members: createMembers(request),
    permissions: createGroupPermissions(request),
  }
}

function createMembers(request: Requester) {
  const api = publicApi(request)
  async function* iterate(groupId: string, options: ListOptions = {}): AsyncGenerator<GroupMember, void, undefined> {
    const path = at`groups/${groupId}/members`
    if (path instanceof AirbyteError) throw path
    yield* iterateAll(request, { path, item: GroupMember, ...options })
  }

  return {
    create: (groupId: string, member: { userId: string }, options: CallOptions = {}): Promise<GroupMember> =>
      api.post(at`groups/${groupId}/members`, member, GroupMember, options),
    iterate,
    list: (groupId: string, options: ListOptions = {}): Promise<GroupMember[]> => collect(iterate(groupId, options)),
    delete: (groupId: string, userId: string, options: CallOptions = {}): Promise<void> =>
      api.delete(at`groups/${groupId}/members/${userId}`, options),
  }
}

function createGroupPermissions(request: Requester) {
  const api = publicApi(request)
  return {
    create: (
      groupId: string,
      permission: { permissionType: GrantablePermission; workspaceId?: string; organizationId?: string },
      options: CallOptions = {},
    ): Promise<GroupPermission> => api.post(at`groups/${groupId}/permissions`, permission, GroupPermission, options),
    list: async (groupId: string, options: CallOptions = {}): Promise<GroupPermission[]> => {
      const page = await api.get(at`groups/${groupId}/permissions`, pageOf(GroupPermission), options)
      return page.data
    },
    delete: (groupId: string, permissionId: string, options: CallOptions = {}): Promise<void> =>
      api.delete(at`groups/${groupId}/permissions/${permissionId}`, options),
  }
}
