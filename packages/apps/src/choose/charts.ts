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

/** Rows over time, what they mostly are, how much they come to: at most one, two, and two. */
export function chooseCharts(stream: StreamFacts): Chart[] {
  const { columns } = stream
  const birth = findBirth(stream)
  const currency = columns.find(isCurrency)
  const kinds = columns.filter(isKind)
  const flags = columns.filter(({ type }) => type === 'boolean')
  const measures = [...columns.filter(isSum).slice(0, 1), ...columns.filter(isAverage).slice(0, 1)]
  return [
    ...(birth
      ? [{ kind: 'series' as const, title: `By ${toLabel(birth.name).toLowerCase()}`, column: birth.name }]
      : []),
    ...measures.map((column) => {
      const kind = isSum(column) ? ('sum' as const) : ('average' as const)
      const by = isMoney(column) && currency ? { by: currency.name } : {}
      const label = toLabel(column.name)
      return {
        kind,
        title: kind === 'sum' ? toTotalTitle(label) : `Average ${label.toLowerCase()}`,
        column: column.name,
        ...by,
      }
    }),
    ...[...kinds, ...flags]
      .slice(0, 2)
      .map(({ name }) => ({ kind: 'top' as const, title: toLabel(name), column: name })),
  ]
}

const toTotalTitle = (label: string) => (/total/i.test(label) ? label : `Total ${label.toLowerCase()}`)

/** How much there is to see: streams with more come to the dashboard first. */
export const countInterest = (charts: readonly Chart[]): number =>
  charts.reduce((sum, { kind }) => sum + { series: 3, sum: 2, average: 1, top: 1 }[kind], 0)
