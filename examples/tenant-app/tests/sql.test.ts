import fc from 'fast-check'
import { expect, test } from 'vitest'
import { toSampleSize } from '../lib/budget'
import { toChartSql } from '../lib/chart-sql'
import { toOrder } from '../lib/order'
import { type PageQuery, toPageSql, toParts, toSearchSql } from '../lib/page-sql'
import { toSample } from '../lib/sample'
import { escapeLike, quoteName } from '../lib/sql'
import type { Chart, ColumnType, Stream } from '../lib/stream'

const stream = {
  key: ['id'],
  columns: [
    { name: 'id', type: 'integer', label: '' },
    { name: 'when', type: 'date', label: '' },
  ],
} as unknown as Stream
const base: PageQuery = {
  table: '"s"."t"',
  select: ['id'],
  order: toOrder(stream, 'id', 'ascending'),
  reading: 'forward',
  part: 'values',
  wanted: { kind: 'all' },
  budget: 100,
  limit: 51,
}

test('a first page is the first rows', () => {
  expect(toPageSql(base)).toEqual({
    text: 'SELECT "id" FROM "s"."t" WHERE "id" IS NOT NULL ORDER BY "id", "_airbyte_raw_id" LIMIT $1',
    values: [51],
  })
})

test('a page further on begins in the index, and the page before it is read in reverse', () => {
  const after = ['7', 'r']
  expect(toPageSql({ ...base, after }).text).toContain(
    'WHERE "id" IS NOT NULL AND "id" >= $1 AND ("id", "_airbyte_raw_id") > ($1, $2) ORDER BY "id", "_airbyte_raw_id" LIMIT $3',
  )
  expect(toPageSql({ ...base, after, reading: 'backward' }).text).toContain(
    '"id" <= $1 AND ("id", "_airbyte_raw_id") < ($1, $2) ORDER BY "id" DESC, "_airbyte_raw_id" DESC LIMIT $3',
  )
})

test('rows without a value come last in either direction', () => {
  expect(toParts('forward', undefined)).toEqual([{ part: 'values' }, { part: 'nulls' }])
  expect(toParts('backward', { part: 'nulls', values: ['r'] })).toEqual([
    { part: 'nulls', after: ['r'] },
    { part: 'values' },
  ])
  expect(toParts('forward', { part: 'nulls', values: ['r'] })).toEqual([{ part: 'nulls', after: ['r'] }])
  const descending = { ...base, order: toOrder(stream, 'when', 'descending'), part: 'nulls' as const, after: ['r'] }
  expect(toPageSql(descending).text).toContain(
    'WHERE ("when" IS NULL) AND ("_airbyte_raw_id") > ($1) ORDER BY "_airbyte_raw_id" LIMIT $2',
  )
})

test('a search looks at so many rows and no more, and tells those wanted from the last it looked at', () => {
  const wanted = { kind: 'containing' as const, text: '50%', columns: ['a"b', 'hit'] }
  expect(toSearchSql({ ...base, wanted })).toEqual({
    text:
      'SELECT c0 AS "id", wanted AS "hit_", nth AS "place" FROM (' +
      'SELECT *, row_number() OVER (ORDER BY c0, c1) AS nth, coalesce(concat_ws(chr(31), c2::text, c3::text) ILIKE $2, false) AS wanted FROM (' +
      'SELECT "id" AS c0, "_airbyte_raw_id" AS c1, "a""b" AS c2, "hit" AS c3 FROM "s"."t" WHERE "id" IS NOT NULL ORDER BY "id", "_airbyte_raw_id" LIMIT $1' +
      ') AS seen) AS judged WHERE wanted OR nth = $3 ORDER BY c0, c1 LIMIT $4',
    values: [100, '%50\\%%', 100, 51],
    names: { hit: 'hit_', place: 'place' },
  })
})

test('where an index finds the rows, no others are looked at', () => {
  const wanted = { kind: 'equal' as const, column: 'id', value: '5', looking: 'atOnce' as const }
  expect(toPageSql({ ...base, wanted }).text).toBe(
    'SELECT "id" FROM "s"."t" WHERE "id" IS NOT NULL AND "id" = $1 ORDER BY "id", "_airbyte_raw_id" LIMIT $2',
  )
})

const name = fc.oneof(
  fc.string({ unit: 'binary', minLength: 1, maxLength: 20 }),
  fc.constantFrom('"', '""', '";--', "'", '$1', '\\'),
)
/** What is left of a statement without its quoted names. */
const withoutNames = (text: string) => text.replace(/"(?:[^"]|"")*"/g, '')

test('whatever columns are called and whatever is looked for, neither becomes SQL', () => {
  const plain = withoutNames(
    toSearchSql({ ...base, after: ['a', 'b'], wanted: { kind: 'containing', text: 'x', columns: ['y'] } }).text,
  )
  fc.assert(
    fc.property(name, name, fc.string(), (column, looked, text) => {
      fc.pre(
        column !== looked &&
          !['id', '_airbyte_raw_id', '_airbyte_extracted_at'].includes(column) &&
          looked !== '_airbyte_raw_id',
      )
      const order = { column, direction: 'ascending' as const, columns: [column, '_airbyte_raw_id'] }
      const wanted = { kind: 'containing' as const, text, columns: [looked] }
      const sql = toSearchSql({ ...base, select: [column], order, after: [text, text], wanted })
      expect(withoutNames(sql.text)).toBe(plain)
      expect(sql.values).toEqual([text, text, 100, `%${escapeLike(text)}%`, 100, 51])
    }),
  )
})

test('charts name their columns once, and nothing of a name is SQL', () => {
  const kinds = ['series', 'top', 'sum', 'average'] as const
  const toCharts = (column: string): Chart[] =>
    kinds.map((kind) => ({ stream: '', kind, title: '', column, by: column }))
  const typeOf = (): ColumnType => 'timestamptz'
  const source = { table: '"s"."t"' }
  const plain = withoutNames(toChartSql(source, toCharts('x'), typeOf).text)
  const sample = ['(0,1)']
  expect(toChartSql({ ...source, sample }, toCharts('x'), typeOf)).toMatchObject({
    text: expect.stringContaining('WHERE ctid = ANY ($1::tid[])') as string,
    values: [sample],
  })
  fc.assert(
    fc.property(name, (column) => {
      expect(withoutNames(toChartSql(source, toCharts(column), typeOf).text)).toBe(plain)
    }),
  )
})

test('a sample is spread evenly over a table, however big it is', () => {
  const size = fc.record({
    blocks: fc.integer({ min: 1, max: 2_000_000 }),
    inBlock: fc.double({ min: 0.2, max: 220, noNaN: true }),
  })
  fc.assert(
    fc.property(size, ({ blocks, inBlock }) => {
      const sample = toSample({ rows: Math.ceil(blocks * inBlock), blocks }, 5_000)
      const chosen = [...new Set(sample.map((place) => Number(/^\((\d+),\d+\)$/.exec(place)![1])))]
      expect(new Set(sample).size).toBe(sample.length)
      expect(sample.length).toBeLessThanOrEqual(5_100)
      expect(Math.max(...chosen)).toBeLessThan(blocks)
      const gaps = [-1, ...chosen].map((block, index) => (chosen[index] ?? blocks) - block)
      expect(Math.max(...gaps)).toBeLessThanOrEqual(2 * Math.max(1, blocks / 1_000) + 1)
    }),
  )
})

test('the dashboard looks at so many rows of big tables and no more, however many there are', () => {
  expect([1, 2, 3, 6].map(toSampleSize)).toEqual([5_000, 4_000, 2_666, 1_333])
})

test('quotes double', () => expect(quoteName('a"b')).toBe('"a""b"'))
