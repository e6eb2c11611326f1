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

/** Where the charts' rows come from. */
export interface Source {
  /** Quoted. */
  table: string
  /** Rows the table has, about. */
  rows: number
}

/** Whole blocks are picked at random, always the same ones while the table is the same. */
const toFrom = ({ table, rows }: Source) =>
  rows <= CHART_ROWS ? table : `${table} TABLESAMPLE SYSTEM (${((100 * CHART_ROWS) / rows).toFixed(6)}) REPEATABLE (1)`

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
  return {
    text:
      `WITH seen AS MATERIALIZED (SELECT ${select} FROM ${toFrom(source)}) ` +
      `SELECT ${['(SELECT count(*) FROM seen) AS rows', ...parts].join(', ')}`,
    values: [],
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
