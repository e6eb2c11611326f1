// The figures of a stream's charts.
import 'server-only'
import { toSampleSize } from './budget'
import { toChartSql } from './chart-sql'
import type { RowCount } from './count-rows'
import type { Reader } from './database'
import { toSample } from './sample'
import { quoteTable } from './sql'
import { type Chart, findColumn, type Json, type Stream } from './stream'
import { type Series, toSeries } from './time-buckets'

export interface TopValue {
  value: string
  /** Of the rows that have a value, from 0 to 1. */
  share: number
}

/** A chart with its figures. */
export type ChartFigures = { chart: Chart } & (
  | { kind: 'series'; series: Series }
  | { kind: 'top'; values: TopValue[]; others: number }
  /** Exact text, or where `scale` is not 1 what a sample comes to. */
  | { kind: 'total'; of: 'sum' | 'average'; groups: { by: string | null; value: string }[] }
)

export interface StreamCharts {
  figures: ChartFigures[]
  /** Present where the figures are estimated: rows that were looked at. */
  sampled?: number
}

/**
 * Charts without anything to show are left out.
 * @param size rows a bigger table's charts are made from, about
 */
export async function loadCharts(
  reader: Reader,
  stream: Stream,
  charts: readonly Chart[],
  count: RowCount,
  size = toSampleSize(1),
): Promise<StreamCharts> {
  if (charts.length === 0 || count.rows === 0) return { figures: [] }
  const table = quoteTable(reader.schema, stream.table)
  const source = { table, ...(count.exactness === 'about' && { sample: toSample(count, size) }) }
  const typeOf = (column: string) => findColumn(stream, column)?.type ?? 'text'
  // Left to itself the planner may read all of a table to spare itself some jumps.
  if (source.sample) await reader.query({ text: 'SET LOCAL enable_seqscan = off', values: [] })
  const [row] = await reader.query(toChartSql(source, charts, typeOf))
  const seen = Number(row?.rows ?? 0)
  if (!row || seen === 0) return { figures: [] }
  const isSampled = count.exactness === 'about'
  const scale = isSampled ? count.rows / seen : 1
  const figures = charts.flatMap((chart, index) => toFigures(chart, row[`c${index}`] ?? null, scale))
  return { figures, ...(isSampled && { sampled: seen }) }
}

function toFigures(chart: Chart, result: Json, scale: number): ChartFigures[] {
  switch (chart.kind) {
    case 'series': {
      const counts = Object.entries(result as Record<string, number>)
      const days = counts.map(([day, rows]) => ({ day, rows: Math.round(rows * scale) }))
      const series = toSeries(days)
      return series ? [{ chart, kind: 'series', series }] : []
    }
    case 'top': {
      const { values, all, kinds } = result as unknown as {
        values: { value: string; rows: number }[]
        all: number
        kinds: number
      }
      // Where next to every row has a value of its own, none is on top.
      if (values.length === 0 || (kinds > 20 && kinds > all / 2)) return []
      const shares = values.map(({ value, rows }) => ({ value, share: rows / all }))
      return [
        {
          chart,
          kind: 'top',
          values: shares,
          others: Math.max(0, 1 - shares.reduce((sum, { share }) => sum + share, 0)),
        },
      ]
    }
    case 'sum':
    case 'average': {
      const groups = result as unknown as { by: string | null; value: string }[]
      const factor = chart.kind === 'sum' ? scale : 1
      const scaled = groups.map(({ by, value }) => ({ by, value: toScaled(value, factor) }))
      return groups.length === 0 ? [] : [{ chart, kind: 'total', of: chart.kind, groups: scaled }]
    }
  }
}

const toScaled = (value: string, factor: number) => (factor === 1 ? value : String(Number(value) * factor))
