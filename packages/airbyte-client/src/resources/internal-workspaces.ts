// The Config API's record of workspaces: here `organizationId` is honoured on self-managed Airbyte too.
import { internalApi } from '../internal-api.js'
import type { CallOptions, Requester } from '../request.js'
import { InternalWorkspace, InternalWorkspaces, WorkspaceContents } from '../schemas.js'

export interface InternalWorkspacePatch {
  name?: string
  email?: string
  initialSetupComplete?: boolean
  anonymousDataCollection?: boolean
  dataplaneGroupId?: string
}

export interface NewInternalWorkspace {
  name: string
  organizationId: string
  email?: string
  dataplaneGroupId?: string
}

/** A page of workspaces. */
export interface WorkspaceSearch {
  nameContains?: string
  pagination?: { pageSize?: number; rowOffset?: number }
}

export function createInternalWorkspaces(request: Requester) {
  const api = internalApi(request)
  const list = async (path: string, json: object, options: CallOptions): Promise<InternalWorkspace[]> => {
    const answer = await api.read(path, json, InternalWorkspaces, options)
    return answer.workspaces
  }

  return {
    create: (workspace: NewInternalWorkspace, options: CallOptions = {}): Promise<InternalWorkspace> =>
      api.write('workspaces/create', workspace, InternalWorkspace, options),

    get: (workspaceId: string, options: CallOptions = {}): Promise<InternalWorkspace> =>
      api.read('workspaces/get', { workspaceId }, InternalWorkspace, options),

    /** Whether it holds sources, destinations, connections. */
    contents: (workspaceId: string, options: CallOptions = {}): Promise<WorkspaceContents> =>
      api.read('web_backend/workspace/state', { workspaceId }, WorkspaceContents, options),

    listOfOrganization: (
      { organizationId, ...search }: WorkspaceSearch & { organizationId: string },
      options: CallOptions = {},
    ): Promise<InternalWorkspace[]> =>
      list('workspaces/list_by_organization_id', { organizationId, ...search }, options),

    listOfUser: (
      { userId, ...search }: WorkspaceSearch & { userId: string },
      options: CallOptions = {},
    ): Promise<InternalWorkspace[]> => list('workspaces/list_by_user_id', { userId, ...search }, options),

    patch: (
      workspaceId: string,
      patch: InternalWorkspacePatch,
      options: CallOptions = {},
    ): Promise<InternalWorkspace> =>
      api.write('workspaces/update', { ...patch, workspaceId }, InternalWorkspace, options),

    /** Needs less than `patch`: an editor may. */
    rename: (workspaceId: string, name: string, options: CallOptions = {}): Promise<InternalWorkspace> =>
      api.write('workspaces/update_name', { workspaceId, name }, InternalWorkspace, options),

    delete: (workspaceId: string, options: CallOptions = {}): Promise<void> =>
      api.run('workspaces/delete', { workspaceId }, options),
  }
}
