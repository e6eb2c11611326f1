import * as z from 'zod'
import { expect, it } from 'vitest'
import type { Requester } from './call.js'
import { isAirbyteError } from './airbyte-error.js'
import { iterateAll, iterateCursor, listAll } from './pages.js'

const Item = z.looseObject({ id: z.number() })
const numbers = (from: number, count: number) =>
  Array.from({ length: Math.max(0, count) }, (_, n) => ({ id: from + n }))

/** Answers what `page` makes of offset and limit, and remembers what it was asked. */
function listing(page: (offset: number, limit: number) => unknown[]) {
  const asked: string[] = []
  const request = (async ({ search }: { search: URLSearchParams }) => {
    asked.push(search.toString())
    return { data: page(Number(search.get('offset')), Number(search.get('limit'))), next: 'http://localhost:1/trap' }
  }) as unknown as Requester
  return { request, asked }
}
const collect = async <T>(items: AsyncIterable<T>) => {
  const all: T[] = []
  for await (const item of items) all.push(item)
  return all
}
const failure = (work: Promise<unknown>) =>
  work.then(
    () => undefined,
    (error: unknown) => error,
  )

it('trap 9: counts the offset itself and never follows next, which is there on every page', async () => {
  const { request, asked } = listing((offset, limit) => numbers(offset, Math.min(limit, 230 - offset)))
  expect(await listAll(request, { path: 'x', search: new URLSearchParams({ a: 'b' }), item: Item })).toHaveLength(230)
  expect(asked).toEqual(['a=b&limit=100&offset=0', 'a=b&limit=100&offset=100', 'a=b&limit=100&offset=200'])
})

it.each([0, 1, 19, 20, 21, 40])('trap 9: ends at a short or an empty page: %i items', async (count) => {
  const { request, asked } = listing((offset, limit) => numbers(offset, Math.min(limit, count - offset)))
  expect(await listAll(request, { path: 'x', item: Item, pageSize: 20 })).toEqual(numbers(0, count))
  expect(asked).toHaveLength(Math.floor(count / 20) + 1)
})

it('asks for no more than is wanted, and for no page that is not', async () => {
  const { request, asked } = listing((offset, limit) => numbers(offset, limit))
  expect(await listAll(request, { path: 'x', item: Item, limit: 120 })).toHaveLength(120)
  expect(asked).toEqual(['limit=100&offset=0', 'limit=20&offset=100'])
  for await (const { id } of iterateAll(request, { path: 'x', item: Item })) if (id === 5) break
  expect(asked).toHaveLength(3)
  expect(await listAll(request, { path: 'x', item: Item, limit: 0 })).toEqual([])
  expect(asked).toHaveLength(3)
})

it('takes a list that knows no pages as it is', async () => {
  const { request, asked } = listing(() => numbers(0, 300))
  expect(await listAll(request, { path: 'x', item: Item })).toHaveLength(300)
  expect(asked).toHaveLength(1)
})

it.each([
  ['repeats one page', () => numbers(0, 100)],
  ['takes turns with two', (offset: number) => numbers(offset % 200, 100)],
])('is not held by a server that %s forever', async (_, page) => {
  const { request, asked } = listing(page)
  expect(await failure(listAll(request, { path: 'x', item: Item }))).toMatchObject({ code: 'invalid_answer' })
  expect(asked.length).toBeLessThanOrEqual(3)
})

it('follows cursors until there is none, and notices one that comes back', async () => {
  const ask = async (cursor = '0') => ({
    items: [cursor],
    next: cursor === '3' ? undefined : String(Number(cursor) + 1),
  })
  expect(await collect(iterateCursor(ask, (page) => page))).toEqual(['0', '1', '2', '3'])
  const endless = async () => ({ items: [1], next: 'same' })
  expect(isAirbyteError(await failure(collect(iterateCursor(endless, (page) => page))))).toBe(true)
})
