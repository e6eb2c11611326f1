// All pages of a public list. The offset is counted here: `next` is never empty and, on community installs,
// points at localhost.
import type * as z from 'zod'
import { AirbyteError } from './airbyte-error.js'
import type { CallOptions, Requester } from './request.js'
import { pageOf } from './schemas.js'

/** A list of the public API that goes by `limit` and `offset`. */
export interface PagedList<T extends z.ZodType> extends CallOptions {
  /** Below the public API's root, without a slash in front. */
  path: string
  /** Filters; `limit` and `offset` are set here. */
  search?: URLSearchParams
  /** The shape of one item. */
  item: T
  /** Items asked for at once: 1 to 100, Airbyte's most and the default. */
  pageSize?: number
  /** Items wanted in all; default every one. */
  limit?: number
}

/** No list of Airbyte is longer than this (10,000 sources a workspace); a server that is, never ends. */
const maxPages = 10_000

/**
 * Walks a list page by page, asking for the next page only when it is wanted. Ends at a short or an empty page.
 * A page that repeats one before is `invalid_answer`: that server ignores the offset and would never end.
 *
 * @example
 * for await (const job of iterateAll(request, { path: 'jobs', item: Job, limit: 500 })) console.log(job.status)
 */
export async function* iterateAll<T extends z.ZodType>(
  request: Requester,
  { path, search, item, pageSize = 100, limit = Infinity, signal }: PagedList<T>,
): AsyncGenerator<z.infer<T>, void, undefined> {
  const seen = createRepetition(path)
  for (let offset = 0; offset < limit;) {
    const size = Math.min(pageSize, limit - offset)
    const query = new URLSearchParams(search)
    query.set('limit', String(size))
    query.set('offset', String(offset))
    const answer = pageOf(item)
    const { data } = await request({
      door: 'public',
      method: 'get',
      path,
      search: query,
      answer,
      ...(signal && { signal }),
    })
    seen(data)
    yield* data.slice(0, limit - offset)
    offset += data.length
    // More than asked for comes of a list that knows no pages: that was all of it.
    if (data.length !== size) return
  }
}

/** Every item of {@link iterateAll}, as an array. */
export async function listAll<T extends z.ZodType>(request: Requester, list: PagedList<T>): Promise<z.infer<T>[]> {
  const items: z.infer<T>[] = []
  for await (const item of iterateAll(request, list)) items.push(item)
  return items
}

/**
 * Walks a list that hands out a cursor of its own (Config API: `sources/list`, `connections/list`). The cursor is made
 * from the page by `next`; `undefined` ends it. A cursor seen before is `invalid_answer`.
 *
 * @example
 * iterateCursor((cursor) => request({ …, json: { workspaceId, cursor } }), (page) => ({ items: page.sources, next: page.next }))
 */
export async function* iterateCursor<Page, Item>(
  ask: (cursor: string | undefined) => Promise<Page>,
  read: (page: Page) => { items: Item[]; next: string | undefined },
): AsyncGenerator<Item, void, undefined> {
  const cursors = new Set<string>()
  for (let cursor: string | undefined; ;) {
    const { items, next } = read(await ask(cursor))
    yield* items
    if (next === undefined || items.length === 0) return
    if (cursors.has(next) || cursors.size >= maxPages) throw endless('this list')
    cursors.add(next)
    cursor = next
  }
}

/** Throws where a page holds nothing that was not on the first page or on the one before. */
function createRepetition(path: string) {
  let first: Set<string> | undefined
  let previous = new Set<string>()
  let pages = 0
  return (data: unknown[]) => {
    const page = new Set(data.map((item) => JSON.stringify(item)))
    const repeats = [...page].every((item) => previous.has(item) || (first?.has(item) ?? false))
    if ((page.size > 0 && repeats) || ++pages > maxPages) throw endless(`/${path}`)
    first ??= page
    previous = page
  }
}

function endless(list: string) {
  return new AirbyteError(`Airbyte repeats the same page of ${list}: it ignores where the list should go on.`, {
    code: 'invalid_answer',
  })
}
