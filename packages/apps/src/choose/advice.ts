// What somebody else proposes for the dashboard, held to what the rules themselves would do. Whoever proposes it is not
// trusted: a title ends on a page, a column in SQL.
import type { ColumnFacts, StreamFacts } from '../facts.js'
import { type Chart, mostCharts } from './charts.js'
import { isCurrency, isMoney, isNumber, isProse, isTime, toLastWord } from './roles.js'

/** Who chose the charts: the built-in rules, or the language model that was asked. */
export type Adviser = 'rules' | 'openai' | 'claude'

/** A heading and charts for one stream. */
export interface StreamAdvice {
  table: string
  title: string
  charts: readonly Chart[]
}

/** What a language model proposes, and which one it was. */
export interface Advice {
  by: Exclude<Adviser, 'rules'>
  streams: readonly StreamAdvice[]
}

const LONGEST_TITLE = 60

/**
 * Whether a text may be a heading: one short line of plain words. No markup, no address, nothing invisible.
 *
 * @example
 * isPlainTitle('Revenue by month') // true
 * isPlainTitle('See evil.example') // false
 */
export function isPlainTitle(text: string): boolean {
  if (text.length > LONGEST_TITLE || text.trim() !== text) return false
  if (!/[\p{L}\p{N}]/u.test(text) || /[\p{C}\p{Zl}\p{Zp}<>{}[\]\\`$|@]/u.test(text)) return false
  return !/:\/\/|\bwww\.|\S\.\p{L}{2}|\b(javascript|data|mailto):/iu.test(text)
}

/** Numbers that name a row, a year or a parent have no sum. */
const names = new Set('id ids key number code zip year month day phone version index position line'.split(' '))
const isMeasure = (column: ColumnFacts) => isNumber(column) && !names.has(toLastWord(column))

/**
 * Whether a column can be drawn so: rows over time by a time, the commonest values of a short text or a flag, the sum or
 * average of a number that is no key.
 */
export function canChart({ primaryKey }: Pick<StreamFacts, 'primaryKey'>, kind: Chart['kind'], column: ColumnFacts) {
  if (kind === 'series') return isTime(column)
  if (primaryKey.includes(column.name)) return false
  if (kind === 'top') return column.type === 'boolean' || (column.type === 'text' && !isProse(column))
  return isMeasure(column)
}

function checkChart(stream: StreamFacts, chart: Chart): Chart[] {
  const { kind, title } = chart
  const column = stream.columns.find(({ name }) => name === chart.column)
  if (!column || !isPlainTitle(title) || !canChart(stream, kind, column)) return []
  if (kind === 'series' || kind === 'top') return [{ kind, title, column: column.name }]
  // Amounts of several currencies have no sum, whoever forgot it.
  const currency = isMoney(column) ? stream.columns.find(isCurrency) : undefined
  return [{ kind, title, column: column.name, ...(currency && { by: currency.name }) }]
}

function checkCharts(stream: StreamFacts, charts: readonly Chart[]): Chart[] {
  const good = new Map<string, Chart>()
  for (const chart of charts.flatMap((one) => checkChart(stream, one))) {
    const key = `${chart.kind} ${chart.column}`
    if (!good.has(key) && !(chart.kind === 'series' && [...good.values()].some(({ kind }) => kind === 'series')))
      good.set(key, chart)
  }
  return mostCharts([...good.values()])
}

/**
 * The part of a proposal that may be used: streams and columns that exist, kinds of chart their types allow, titles that
 * are plain words; each stream once, no chart twice, no more than stand side by side. Pure, and the same when done again.
 *
 * @example
 * const charts = checkAdvice(streams, proposal.streams)
 */
export function checkAdvice(streams: readonly StreamFacts[], proposal: readonly StreamAdvice[]): StreamAdvice[] {
  return streams.flatMap((stream): StreamAdvice[] => {
    const proposed = proposal.find(({ table }) => table === stream.table)
    if (!proposed || !isPlainTitle(proposed.title)) return []
    const charts = checkCharts(stream, proposed.charts)
    return charts.length > 0 ? [{ table: stream.table, title: proposed.title, charts }] : []
  })
}
