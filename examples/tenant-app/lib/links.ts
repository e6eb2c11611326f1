// From a value to the row it is the key of, and from a row to those that name it.
import { links } from '../generated/links'
import { encodeAddress } from './cursor'
import { findStream } from './connected'
import type { Link, Row, Stream, Value } from './stream'

/** The page of the row a column's value is the key of. */
export function toLinkedHref(stream: Stream, column: string, value: Value): string | undefined {
  const link = links.find(({ from, column: of }) => from === stream.slug && of === column)
  const target = link && findStream(link.to)
  if (!target || typeof value !== 'string') return undefined
  return `/streams/${target.slug}/${encodeAddress({ by: 'key', values: [value] })}`
}

export interface Referrer {
  stream: Stream
  column: string
  value: string
}

/** Streams whose rows may name this one. */
export function listReferrers(stream: Stream, row: Row): Referrer[] {
  const [key] = stream.key
  const value = key === undefined ? undefined : row[key]
  if (typeof value !== 'string') return []
  return links.filter(({ to }) => to === stream.slug).flatMap((link) => toReferrer(link, value))
}

function toReferrer({ from, column }: Link, value: string): Referrer[] {
  const stream = findStream(from)
  return stream ? [{ stream, column, value }] : []
}

/** Every filter is one this app knows: the column of a link. */
export const toFilterHref = ({ stream, column, value }: Referrer): string =>
  `/streams/${stream.slug}?${new URLSearchParams({ where: column, is: value }).toString()}`
