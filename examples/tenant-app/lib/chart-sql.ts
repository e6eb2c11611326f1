// One statement for all charts of a stream: its table, or a sample of it, is read once.
import { CHART_ROWS } from './budget'
import { quoteName, type Sql } from './sql'
import type { Chart, ColumnType } from './stream'

/** Values of a `top` chart that are named; the others are one. */
export const MOST_VALUES = 5
/** Currencies a `sum` names. */
const MOST_GROUPS = 4
/** Longer texts are cut: a chart has no room for them. */
const LONGEST_VALUE = 80

/** Where the charts' rows come from: all of a table, or a sample of it. */
export interface Source {
  /** Quoted. */
  table: string
  /** Places of rows, as {@link toSample} chooses them. */
  sample?: readonly string[]
}

/** Blocks a sample is taken from. */
const MOST_BLOCKS = 1_000

/**
 * Places of rows all through a table: one out of each stretch of it, picked at random, always the same. What came at one
 * time mostly lies together, so blocks picked at random would make hills of it; places at even distances would fall in
 * step with rows that repeat. Some places are empty.
 */
export function toSample({ rows, blocks }: { rows: number; blocks: number }): string[] {
  const random = createRandom()
  const chosen = Math.max(1, Math.min(blocks, MOST_BLOCKS))
  const inBlock = Math.max(1, rows / Math.max(1, blocks))
  const lines = Math.max(1, Math.min(Math.ceil(CHART_ROWS / chosen), Math.floor(inBlock)))
  const pick = (count: number, below: number) =>
    Array.from({ length: count }, (_, index) => Math.floor(((index + random()) * below) / count))
  const places = pick(chosen, blocks).flatMap((block) => pick(lines, inBlock).map((line) => `(${block},${line + 1})`))
  return [...new Set(places)]
}

/** Numbers from 0 to 1, the same every time (mulberry32). */
function createRandom(): () => number {
  let state = 1
  return () => {
    state = (state + 0x6d2b79f5) | 0
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state)
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4_294_967_296
  }
}

/**
 * Answers one row: `rows` that were looked at, and `c0`, `c1` … for the charts in turn.
 * @param typeOf a column's type
 */
export function toChartSql(source: Source, charts: readonly Chart[], typeOf: (column: string) => ColumnType): Sql {
  const names = [...new Set(charts.flatMap(({ column, by }) => (by === undefined ? [column] : [column, by])))]
  const aliases = new Map(names.map((name, index) => [name, `v${index}`]))
  const alias = (name: string) => aliases.get(name) ?? 'NULL'
  const select = names.map((name) => `${quoteName(name)} AS ${alias(name)}`).join(', ')
  const parts = charts.map((chart, index) => `${toPart(chart, alias, typeOf)} AS c${index}`)
  const where = source.sample ? ' WHERE ctid = ANY ($1::tid[])' : ''
  return {
    text:
      `WITH seen AS MATERIALIZED (SELECT ${select} FROM ${source.table}${where}) ` +
      `SELECT ${['(SELECT count(*) FROM seen) AS rows', ...parts].join(', ')}`,
    values: source.sample ? [source.sample] : [],
  }
}

function toPart(chart: Chart, alias: (name: string) => string, typeOf: (column: string) => ColumnType): string {
  const value = alias(chart.column)
  switch (chart.kind) {
    case 'series': {
      const day = typeOf(chart.column) === 'timestamptz' ? `(${value} AT TIME ZONE 'UTC')::date` : `${value}::date`
      return toList(
        `SELECT ${day}::text AS day, count(*) AS rows FROM seen WHERE isfinite(${value}) GROUP BY 1 ORDER BY 1`,
      )
    }
    case 'top': {
      const grouped = `SELECT left(${value}::text, ${LONGEST_VALUE}) AS value, count(*) AS rows FROM seen WHERE ${value} IS NOT NULL GROUP BY 1`
      const top = toList(`SELECT value, rows FROM grouped ORDER BY 2 DESC, 1 LIMIT ${MOST_VALUES}`)
      return `(WITH grouped AS MATERIALIZED (${grouped}) SELECT json_build_object('values', ${top}, 'all', coalesce(sum(rows), 0), 'kinds', count(*)) FROM grouped)`
    }
    case 'sum':
    case 'average': {
      const measure = chart.kind === 'sum' ? `sum(${value})` : `avg(${value})`
      const finite = `${value}::text NOT IN ('NaN', 'Infinity', '-Infinity')`
      const group = chart.by === undefined ? 'NULL::text' : `${alias(chart.by)}::text`
      return toList(
        `SELECT ${group} AS by, ${measure}::text AS value, count(${value}) AS rows FROM seen ` +
          `WHERE ${value} IS NOT NULL AND ${finite} GROUP BY 1 ORDER BY 3 DESC, 1 LIMIT ${MOST_GROUPS}`,
      )
    }
  }
}

const toList = (rows: string) => `(SELECT coalesce(json_agg(row_to_json(r)), '[]') FROM (${rows}) AS r)`
