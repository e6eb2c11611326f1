import { listAll } from '../pages.js'
import type { CallOptions, Requester } from '../request.js'
import { Workspace } from '../schemas.js'

export interface NewWorkspace {
  /** Not unique: keep the id, never look one up by name. */
  name: string
  /** Cloud only; self-managed Airbyte ignores it. */
  organizationId?: string
}

/** Workspaces: one per tenant. Public API. */
export function createWorkspaces(request: Requester) {
  const path = 'workspaces'
  return {
    /** Makes a workspace; asking twice makes two. */
    create: (workspace: NewWorkspace, options: CallOptions = {}): Promise<Workspace> =>
      request({ door: 'public', method: 'post', path, json: workspace, answer: Workspace, ...options }),

    /** An id Airbyte does not know is `forbidden`. */
    get: (workspaceId: string, options: CallOptions = {}): Promise<Workspace> =>
      request({
        door: 'public',
        method: 'get',
        path: `${path}/${encodeURIComponent(workspaceId)}`,
        answer: Workspace,
        ...options,
      }),

    /** Deletes it with everything in it. */
    delete: (workspaceId: string, options: CallOptions = {}): Promise<void> =>
      request({ door: 'public', method: 'delete', path: `${path}/${encodeURIComponent(workspaceId)}`, ...options }),

    /** Those with the ids. No ids, none: Airbyte itself would answer every tenant's. */
    list: async ({ workspaceIds }: { workspaceIds: string[] }, options: CallOptions = {}): Promise<Workspace[]> => {
      if (workspaceIds.length === 0) return []
      const search = new URLSearchParams({ workspaceIds: workspaceIds.join(',') })
      return await listAll(request, { path, search, item: Workspace, ...options })
    },
  }
}
