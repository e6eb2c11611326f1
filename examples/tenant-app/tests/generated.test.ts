// What is generated fits together: every name in it is one that is there.
import { readFile } from 'node:fs/promises'
import { expect, test } from 'vitest'
import { charts } from '../generated/charts'
import { connectors } from '../generated/connectors'
import { links } from '../generated/links'
import { streams } from '../generated/streams'
import { findColumn } from '../lib/stream'

const bySlug = new Map(streams.map((stream) => [stream.slug, stream]))
const has = (slug: string, column: string) =>
  findColumn({ columns: bySlug.get(slug)?.columns ?? [] }, column) !== undefined

test('no two streams or connectors share an address', () => {
  expect(bySlug.size).toBe(streams.length)
  expect(new Set(connectors.map(({ id }) => id)).size).toBe(connectors.length)
})

test('streams are of connectors that are there, and name their own columns', () => {
  const ids = connectors.map(({ id }) => id)
  for (const { slug, connector, key, list, heading = list[0], cursor = list[0] } of streams) {
    expect(ids, slug).toContain(connector)
    for (const name of [...key, ...list, heading, cursor])
      if (name !== undefined) expect(has(slug, name), `${slug} ${name}`).toBe(true)
  }
})

test('charts and links are of columns that are there', () => {
  for (const { stream, column, by = column } of charts)
    expect([has(stream, column), has(stream, by)], stream).toEqual([true, true])
  for (const { from, column, to } of links)
    expect([has(from, column), bySlug.get(to)?.key.length], from).toEqual([true, 1])
})

test('the manifest lists what is generated', async () => {
  const manifest = await readFile(new URL('../generated/manifest.json', import.meta.url), 'utf8')
  const { files } = JSON.parse(manifest) as { files: Record<string, string> }
  const named = streams.map(({ slug }) => `generated/streams/${slug}.ts`)
  expect(Object.keys(files)).toEqual(expect.arrayContaining([...named, 'generated/streams.ts']))
})
