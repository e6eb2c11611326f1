import type { Row, Stream } from './stream'

/** All of it is among the row's values. */
const LONGEST = 120

/** What a row is called: by the column that names it, else by its key. */
export function toHeading(stream: Stream, row: Row | undefined): string {
  const named = stream.heading === undefined ? undefined : row?.[stream.heading]
  if (typeof named === 'string' && named.trim() !== '') return toShort(named)
  const key = stream.key.map((name) => row?.[name]).filter((value) => typeof value === 'string')
  return key.length > 0 ? toShort(`${stream.singular} ${key.join(' · ')}`) : stream.singular
}

function toShort(text: string): string {
  const characters = [...text.trim()]
  return characters.length > LONGEST ? `${characters.slice(0, LONGEST).join('').trimEnd()}…` : characters.join('')
}
