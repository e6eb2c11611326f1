// All pages of a public list. The offset is counted here: `next` is never empty and, on community installs,
// points at localhost.
import type * as z from 'zod'
import type { CallOptions, Requester } from './request.js'
import { pageOf } from './schemas.js'

const pageSize = 100

/** Asks until a page is not full, or until there are `limit` items. */
export async function listAll<T extends z.ZodType>(
  request: Requester,
  list: { path: string; search: URLSearchParams; item: T; limit?: number } & CallOptions,
): Promise<z.infer<T>[]> {
  const items: z.infer<T>[] = []
  const wanted = list.limit ?? Infinity
  for (;;) {
    const size = Math.min(pageSize, wanted - items.length)
    if (size <= 0) return items
    const search = new URLSearchParams(list.search)
    search.set('limit', String(size))
    search.set('offset', String(items.length))
    const page = await request({
      door: 'public',
      method: 'get',
      path: list.path,
      search,
      answer: pageOf(list.item),
      ...(list.signal && { signal: list.signal }),
    })
    items.push(...page.data)
    if (page.data.length < size) return items
  }
}
