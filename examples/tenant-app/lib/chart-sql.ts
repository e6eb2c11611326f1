// One statement for all charts of a stream: its table, or a sample of it, is read once, and each row is grouped once for
// every chart.
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
  /** Places of rows, as `toSample` chooses them. */
  sample?: readonly string[]
}

/**
 * Answers one row: `rows` that were looked at, and `c0`, `c1` … for the charts in turn.
 * @param typeOf a column's type
 */
export function toChartSql(source: Source, charts: readonly Chart[], typeOf: (column: string) => ColumnType): Sql {
  const keys = new Expressions('k')
  const measures = new Expressions('m')
  const parts = charts.map((chart) => toPart(chart, keys, measures, typeOf))
  const where = source.sample ? ' WHERE ctid = ANY ($1::tid[])' : ''
  const columns = [...keys.list(), ...measures.list()].map(({ sql, alias }) => `${sql} AS ${alias}`)
  // OFFSET keeps what is worked out for a row from being worked out again for every aggregate.
  const seen = `SELECT ${columns.join(', ')} FROM ${source.table}${where} OFFSET 0`
  const sums = measures.list().map(({ alias }) => `count(${alias}) AS n_${alias}, sum(${alias}) AS s_${alias}`)
  const grouped = `SELECT ${[keys.toSet(), ...keys.names(), 'count(*) AS rows', ...sums].join(', ')} FROM seen${keys.toGroupBy()}`
  const answers = parts.map((toAnswer, index) => `${toAnswer()} AS c${index}`)
  return {
    text:
      `WITH seen AS (${seen}), grouped AS MATERIALIZED (${grouped}) ` +
      `SELECT ${[`(SELECT rows FROM grouped WHERE ${keys.isAll()}) AS rows`, ...answers].join(', ')}`,
    values: source.sample ? [source.sample] : [],
  }
}

/** What is worked out for each row, each thing once, by a short name. */
class Expressions {
  readonly #aliases = new Map<string, string>()
  constructor(private readonly letter: string) {}

  add(sql: string): string {
    const alias = this.#aliases.get(sql) ?? `${this.letter}${this.#aliases.size}`
    this.#aliases.set(sql, alias)
    return alias
  }

  list = () => [...this.#aliases].map(([sql, alias]) => ({ sql, alias }))
  names = () => [...this.#aliases.values()]

  /** Each key alone, and all rows together. */
  toGroupBy = () =>
    this.names().length === 0
      ? ''
      : ` GROUP BY GROUPING SETS ((), ${this.names()
          .map((name) => `(${name})`)
          .join(', ')})`

  /** Which key a group is of: a bit for each, 1 where it is not of that one. */
  toSet = () => (this.names().length === 0 ? '0 AS keys' : `GROUPING(${this.names().join(', ')}) AS keys`)
  isAll = () => `keys = ${2 ** this.names().length - 1}`
  isOf = (alias: string) => {
    const all = 2 ** this.names().length - 1
    return `keys = ${all - 2 ** (this.names().length - 1 - this.names().indexOf(alias))}`
  }
}

/** Says what a chart needs of each row, and answers how it is had from the groups once everything is known. */
function toPart(chart: Chart, keys: Expressions, measures: Expressions, typeOf: (column: string) => ColumnType) {
  const column = quoteName(chart.column)
  switch (chart.kind) {
    case 'series': {
      // In the transaction's time zone, which is UTC.
      const day = keys.add(`${column}::date`)
      return () =>
        `(SELECT coalesce(json_object_agg(${day}, rows), '{}') FROM grouped WHERE ${keys.isOf(day)} AND isfinite(${day}))`
    }
    case 'top': {
      const value = keys.add(typeOf(chart.column) === 'boolean' ? column : `left(${column}::text, ${LONGEST_VALUE})`)
      return () => {
        const of = `FROM grouped WHERE ${keys.isOf(value)} AND ${value} IS NOT NULL`
        const top = toList(`SELECT ${value}::text AS value, rows ${of} ORDER BY 2 DESC, 1 LIMIT ${MOST_VALUES}`)
        return `(SELECT json_build_object('values', ${top}, 'all', coalesce(sum(rows), 0), 'kinds', count(*)) ${of})`
      }
    }
    case 'sum':
    case 'average': {
      // Neither infinite nor no number at all: whatever these were added to would be lost.
      const measure = measures.add(
        typeOf(chart.column) === 'integer' ? column : `CASE WHEN ${column} - ${column} = 0 THEN ${column} END`,
      )
      const by = chart.by === undefined ? undefined : keys.add(`${quoteName(chart.by)}::text`)
      return () => {
        const value = chart.kind === 'sum' ? `s_${measure}` : `s_${measure}::numeric / n_${measure}`
        return toList(
          `SELECT ${by ?? 'NULL::text'} AS by, (${value})::text AS value, n_${measure} AS rows FROM grouped ` +
            `WHERE ${by === undefined ? keys.isAll() : keys.isOf(by)} AND n_${measure} > 0 ORDER BY 3 DESC, 1 LIMIT ${MOST_GROUPS}`,
        )
      }
    }
  }
}

const toList = (rows: string) => `(SELECT coalesce(json_agg(row_to_json(r)), '[]') FROM (${rows}) AS r)`
