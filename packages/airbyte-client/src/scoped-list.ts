// The lists of the public API that are about workspaces.
import type * as z from 'zod'
import { iterateAll } from './pages.js'
import type { CallOptions, Requester } from './request.js'
import { toSearch } from './search.js'
import { toWorkspaceIds, type WorkspaceScope } from './workspace-scope.js'

/** How much of a list, and whether deleted things are on it. */
export interface ListOptions extends CallOptions {
  /** At most so many; default all. */
  limit?: number
  /** Asked for at once, 1 to 100; default 100. */
  pageSize?: number
}

interface ScopedList<T extends z.ZodType> {
  path: string
  item: T
  scope: WorkspaceScope
  search?: Parameters<typeof toSearch>[0]
}

/** Walks a list of the workspaces in `scope`, page by page; of no workspaces it asks nothing. */
export async function* iterateScoped<T extends z.ZodType>(
  request: Requester,
  { path, item, scope, search = {} }: ScopedList<T>,
  options: ListOptions = {},
): AsyncGenerator<z.infer<T>, void, undefined> {
  const ids = toWorkspaceIds(scope)
  if (ids.length === 0) return
  const query = toSearch({ ...search, ...(ids !== 'all' && { workspaceIds: ids }) })
  yield* iterateAll(request, { path, item, search: query, ...options })
}

/** Everything of an iterator. */
export async function collect<T>(items: AsyncIterable<T>): Promise<T[]> {
  const all: T[] = []
  for await (const item of items) all.push(item)
  return all
}
