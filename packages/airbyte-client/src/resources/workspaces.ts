// Workspaces: one per tenant. The public API keeps them; `internal` is the Config API's own record.
import { at } from '../path.js'
import { publicApi } from '../public-api.js'
import type { CallOptions, Requester } from '../request.js'
import { Workspace, type Notifications } from '../schemas.js'
import { collect, iterateScoped, type ListOptions } from '../scoped-list.js'
import type { WorkspaceScope } from '../workspace-scope.js'
import { createInternalWorkspaces } from './internal-workspaces.js'

export interface WorkspacePatch {
  name?: string
  /** Where its syncs run. */
  regionId?: string
  /** Whom Airbyte tells of what. Email for failures is on unless said otherwise. */
  notifications?: Notifications
}

export interface NewWorkspace extends WorkspacePatch {
  /** Not unique: keep the id, never look one up by name. */
  name: string
  /** Cloud only; self-managed Airbyte ignores it here, and honours it in `internal.create`. */
  organizationId?: string
}

/** An OAuth application of your own for one connector. */
export interface OAuthCredentials {
  actorType: 'source' | 'destination'
  /** The connector's short name, e.g. `hubspot`. */
  name: string
  configuration: Record<string, unknown>
}

export function createWorkspaces(request: Requester) {
  const api = publicApi(request)
  const iterate = (
    { includeDeleted, ...scope }: WorkspaceScope & { includeDeleted?: boolean },
    options: ListOptions = {},
  ): AsyncGenerator<Workspace, void, undefined> =>
    iterateScoped(request, { path: 'workspaces', item: Workspace, scope, search: { includeDeleted } }, options)

  return {
    /** Makes a workspace; asking twice makes two. */
    create: (workspace: NewWorkspace, options: CallOptions = {}): Promise<Workspace> =>
      api.post('workspaces', workspace, Workspace, options),

    /** An id Airbyte does not know is `forbidden`. */
    get: (workspaceId: string, options: CallOptions = {}): Promise<Workspace> =>
      api.get(at`workspaces/${workspaceId}`, Workspace, options),

    /** Workspaces one by one. */
    iterate,

    /** Those with the ids. No ids, none: Airbyte itself would answer every tenant's, which `'all'` asks for. */
    list: (scope: Parameters<typeof iterate>[0], options: ListOptions = {}): Promise<Workspace[]> =>
      collect(iterate(scope, options)),

    patch: (workspaceId: string, patch: WorkspacePatch, options: CallOptions = {}): Promise<Workspace> =>
      api.patch(at`workspaces/${workspaceId}`, patch, Workspace, options),

    /** Deletes it with everything in it. */
    delete: (workspaceId: string, options: CallOptions = {}): Promise<void> =>
      api.delete(at`workspaces/${workspaceId}`, options),

    /** Signs this workspace's users in through your own OAuth application. Cloud only: `not_supported` elsewhere. */
    setOAuthCredentials: (
      workspaceId: string,
      credentials: OAuthCredentials,
      options: CallOptions = {},
    ): Promise<void> => api.store(at`workspaces/${workspaceId}/oauthCredentials`, credentials, options),

    deleteOAuthCredentials: (
      workspaceId: string,
      { actorType, name }: Pick<OAuthCredentials, 'actorType' | 'name'>,
      options: CallOptions = {},
    ): Promise<void> => api.delete(at`workspaces/${workspaceId}/oauthCredentials/${actorType}/${name}`, options),

    internal: createInternalWorkspaces(request),
  }
}
