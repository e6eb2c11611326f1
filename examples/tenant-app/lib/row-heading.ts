import type { Row, Stream } from './stream'

/** What a row is called: by the column that names it, else by its key. */
export function toHeading(stream: Stream, row: Row | undefined): string {
  const named = stream.heading === undefined ? undefined : row?.[stream.heading]
  if (typeof named === 'string' && named.trim() !== '') return named
  const key = stream.key.map((name) => row?.[name]).filter((value) => typeof value === 'string')
  return key.length > 0 ? `${stream.singular} ${key.join(' · ')}` : stream.singular
}
