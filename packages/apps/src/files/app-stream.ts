// A stream with every name it has in the app.
import { findHeading } from '../choose/roles.js'
import type { ColumnFacts, StreamFacts } from '../facts.js'
import { toSingular } from '../choose/links.js'
import { toLabel, toWords } from '../names/labels.js'
import { toIdentifiers, toSlugs } from '../names/slugs.js'

export interface AppStream extends StreamFacts {
  /** In addresses and file names. */
  slug: string
  /** In code. */
  identifier: string
  /** For people. */
  title: string
  /** One of its rows, for people. */
  singular: string
  /** Its own name, without what its connection puts before it. */
  baseName: string
}

/** Gives every stream its names, in the order people look for them: the same streams in any order give the same app. */
export function toAppStreams(streams: readonly StreamFacts[]): AppStream[] {
  const slugs = toSlugs(streams.map(({ table }) => table))
  const identifiers = toIdentifiers([...slugs.values()])
  const named = streams.map((stream) => {
    const slug = slugs.get(stream.table) ?? ''
    const baseName = stream.name ?? stream.table
    return {
      ...stream,
      columns: toReadingOrder(stream),
      slug,
      identifier: identifiers.get(slug) ?? '',
      title: toLabel(baseName),
      singular: toSingularLabel(baseName),
      baseName,
    }
  })
  return named.sort((a, b) => compare(a.title, b.title) || compare(a.table, b.table))
}

/** What names a row and tells it apart comes first, documents come last; all else stays as it is in the table. */
function toReadingOrder(stream: StreamFacts): ColumnFacts[] {
  const heading = findHeading(stream)
  const toPlace = (column: ColumnFacts) => {
    if (column === heading) return 0
    if (stream.primaryKey.includes(column.name)) return 1
    return column.type === 'json' ? 3 : 2
  }
  return [...stream.columns].sort((a, b) => toPlace(a) - toPlace(b))
}

const compare = (a: string, b: string) => (a < b ? -1 : a > b ? 1 : 0)

function toSingularLabel(name: string): string {
  const words = toWords(name)
  const last = words.pop()
  return last === undefined ? toLabel(name) : toLabel([...words, toSingular(last)].join(' '))
}
