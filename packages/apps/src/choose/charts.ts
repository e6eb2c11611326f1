// Which charts a stream gets, from its columns alone: rows are never looked at.
import type { StreamFacts } from '../facts.js'
import { toLabel } from '../names/labels.js'
import { findBirth, isAverage, isCurrency, isKind, isMoney, isSum } from './roles.js'

/** One chart of one stream. */
export type Chart = { title: string; column: string } & (
  | { kind: 'series' }
  | { kind: 'top' }
  /** `by`: amounts are added up a currency at a time. */
  | { kind: 'sum' | 'average'; by?: string }
)

/** A row of cards is four wide; rows over time take two of them. */
const WIDTH = 4

/** Rows over time, how much they come to, what they mostly are: as many as stand side by side, one of each before a second. */
export function chooseCharts(stream: StreamFacts): Chart[] {
  const { columns } = stream
  const birth = findBirth(stream)
  const currency = columns.find(isCurrency)
  const kinds = columns.filter(isKind)
  const flags = columns.filter(({ type }) => type === 'boolean')
  const series: Chart[] = birth ? [{ kind: 'series', title: 'Over time', column: birth.name }] : []
  const tops = [...kinds, ...flags].map(({ name }): Chart => ({ kind: 'top', title: toLabel(name), column: name }))
  const measures = [columns.find(isSum), columns.find(isAverage)].flatMap((column): Chart[] => {
    if (!column) return []
    const by = isMoney(column) && currency ? { by: currency.name } : {}
    const label = toLabel(column.name)
    return isSum(column)
      ? [{ kind: 'sum', title: toTotalTitle(label), column: column.name, ...by }]
      : [{ kind: 'average', title: `Average ${label.toLowerCase()}`, column: column.name, ...by }]
  })
  const room = WIDTH - 2 * series.length
  const others = [measures[0], tops[0], tops[1], measures[1]].filter((chart) => chart !== undefined).slice(0, room)
  return [...series, ...[...measures, ...tops].filter((chart) => others.includes(chart))]
}

/** As many of them as stand side by side. */
export function mostCharts(charts: readonly Chart[]): Chart[] {
  let room = WIDTH
  return charts.filter(({ kind }) => {
    const width = kind === 'series' ? 2 : 1
    if (width > room) return false
    room -= width
    return true
  })
}

const toTotalTitle = (label: string) => (/total/i.test(label) ? label : `Total ${label.toLowerCase()}`)

/** How much there is to see: streams with more come to the dashboard first. */
export const countInterest = (charts: readonly Chart[]): number =>
  charts.reduce((sum, { kind }) => sum + { series: 3, sum: 2, average: 1, top: 1 }[kind], 0)
