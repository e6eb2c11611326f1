// Whose things a list is about. Airbyte takes no workspace for "all that this token may see", which is every tenant's:
// so that has to be said in a word here, and cannot happen by an id that is missing.
import { AirbyteError } from './airbyte-error.js'

/** One workspace, several, or, in so many words, `'all'` the token may see. No ids, nothing listed. */
export type WorkspaceScope = { workspaceId: string } | { workspaceIds: readonly string[] | 'all' }

/**
 * The ids to ask for; `'all'` only where that was asked for.
 *
 * @throws AirbyteError `invalid` where an id is missing or empty
 */
export function toWorkspaceIds(scope: WorkspaceScope): readonly string[] | 'all' {
  const ids: unknown = 'workspaceId' in scope ? [scope.workspaceId] : scope.workspaceIds
  if (ids === 'all') return ids
  if (Array.isArray(ids) && ids.every((id) => typeof id === 'string' && id.trim() !== '')) return ids as string[]
  throw new AirbyteError("A list needs a workspace id: without one Airbyte would answer every tenant's.", {
    code: 'invalid',
    nothingDone: true,
  })
}
