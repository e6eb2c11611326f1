import { at } from '../path.js'
import { publicApi } from '../public-api.js'
import type { CallOptions, Requester } from '../request.js'
import { Tag, pageOf } from '../schemas.js'
import { toSearch } from '../search.js'
import { toWorkspaceIds, type WorkspaceScope } from '../workspace-scope.js'

/** Labels for connections. Public API. */
export function createTags(request: Requester) {
  const api = publicApi(request)
  return {
    /** `color` is six hex digits. A name there already is a `conflict`. */
    create: (tag: { workspaceId: string; name: string; color: string }, options: CallOptions = {}): Promise<Tag> =>
      api.post('tags', tag, Tag, options),

    get: (tagId: string, options: CallOptions = {}): Promise<Tag> => api.get(at`tags/${tagId}`, Tag, options),

    /** Tags of a workspace, of several, or of `{ workspaceIds: 'all' }` the token may see. */
    list: async (scope: WorkspaceScope, options: CallOptions = {}): Promise<Tag[]> => {
      const ids = toWorkspaceIds(scope)
      if (ids.length === 0) return []
      const search = toSearch(ids === 'all' ? {} : { workspaceIds: ids })
      const page = await api.get('tags', pageOf(Tag), options, search)
      return page.data
    },

    patch: (tagId: string, patch: { name: string; color: string }, options: CallOptions = {}): Promise<Tag> =>
      api.patch(at`tags/${tagId}`, patch, Tag, options),

    delete: (tagId: string, options: CallOptions = {}): Promise<void> => api.delete(at`tags/${tagId}`, options),
  }
}
