import type { ColumnFacts, StreamFacts } from '../facts.js'
import { findBirth, findHeading, isCurrency, isKind, isMoney, isNumber, isProse, isSum, isTime } from './roles.js'

/** As many as are read side by side without losing the line. */
const MOST = 7

/**
 * The columns a stream's table shows: what names a row, what tells it apart, what it is, how much, and when. The rest is
 * on each row's own page.
 */
export function chooseListColumns(stream: StreamFacts): string[] {
  const { columns, primaryKey } = stream
  const keys = primaryKey.slice(0, 2).flatMap((name) => columns.filter((column) => column.name === name))
  const when =
    columns.find(({ name, ...column }) => name === stream.cursor && isTime({ name, ...column })) ?? findBirth(stream)
  const first = [findHeading(stream), ...keys].filter((column) => column !== undefined)
  const telling = columns.filter((column) => isKind(column) || isSum(column))
  const short = columns.filter((column) => column.type !== 'json' && !isProse(column) && !isTime(column))
  const room = MOST - (when ? 1 : 0)
  const chosen = new Set<ColumnFacts>()
  for (const column of [...first, ...telling, ...short]) if (chosen.size < room) chosen.add(column)
  // As they stand in the table, but what names a row comes first.
  const inOrder = withCurrency(
    [...first, ...columns].filter((column) => chosen.has(column)),
    columns,
  )
  const names = [...new Set([...inOrder, ...(when ? [when] : [])])].map(({ name }) => name)
  return names.length > 0 ? names : columns.slice(0, MOST).map(({ name }) => name)
}

/** An amount says nothing without its currency, which stands beside it and is short: it takes no other column's place. */
function withCurrency(chosen: readonly ColumnFacts[], columns: readonly ColumnFacts[]): ColumnFacts[] {
  const currency = columns.find(isCurrency)
  const amount = chosen.find((column) => isNumber(column) && isMoney(column))
  if (!currency || !amount) return [...chosen]
  return chosen
    .filter((column) => column !== currency)
    .flatMap((column) => (column === amount ? [column, currency] : [column]))
}
