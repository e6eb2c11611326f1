// Finding among the connectors on offer. Pure.
import type { Connector, ConnectorPage, ConnectorQuery } from '@opsai/contract'
import { invalidRequest } from '../http/problem.js'

const PAGE = 50

/** 0 where a name begins so, 1 where a word does, 2 where it is inside, 3 by category; nothing where it does not match. */
export function rankOf({ name, sourceType, category }: Connector, search: string): number | undefined {
  const wanted = search.toLowerCase()
  const names = [name.toLowerCase(), sourceType.toLowerCase()]
  if (names.some((text) => text.startsWith(wanted))) return 0
  if (names.some((text) => text.split(/[\s_-]+/).some((word) => word.startsWith(wanted)))) return 1
  if (names.some((text) => text.includes(wanted))) return 2
  return category.toLowerCase().includes(wanted) ? 3 : undefined
}

/** One page of what matches, best first; equals stay in the order they came. */
export function searchConnectors(
  connectors: readonly Connector[],
  { search, category, cursor }: ConnectorQuery,
): ConnectorPage {
  const wanted = search?.trim() ?? ''
  const matches = connectors
    .filter((connector) => category === undefined || connector.category === category)
    .map((connector) => ({ connector, rank: wanted ? rankOf(connector, wanted) : 0 }))
    .filter((match): match is { connector: Connector; rank: number } => match.rank !== undefined)
    .sort((a, b) => a.rank - b.rank)
    .map(({ connector }) => connector)
  const start = cursor === undefined ? 0 : readCursor(cursor)
  const end = start + PAGE
  return {
    sources: matches.slice(start, end),
    ...(end < matches.length && { nextCursor: toCursor(end) }),
    total: matches.length,
  }
}

const toCursor = (offset: number) => Buffer.from(`at:${offset}`).toString('base64url')

function readCursor(cursor: string): number {
  const offset = /^at:(\d{1,6})$/.exec(Buffer.from(cursor, 'base64url').toString('utf8'))?.[1]
  if (offset) return Number(offset)
  throw invalidRequest('The cursor is none of ours: take nextCursor as it is.', [
    { path: ['cursor'], code: 'invalid', message: 'is not a cursor from nextCursor' },
  ])
}
