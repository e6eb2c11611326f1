// Paging by key shows every row once, in order, whatever is in the columns, and in either direction.
import pg from 'pg'
import { afterAll, beforeAll, expect, test } from 'vitest'
import type { Place } from '../lib/cursor'
import { closePool, read } from '../lib/database'
import { listRows, type PageRequest } from '../lib/list-rows'
import { type Direction, rowId, toDefaultOrder, toOrder } from '../lib/order'
import type { Row, Stream } from '../lib/stream'
import { openSampleDatabase, type SampleDatabase, testDatabaseUrl } from './sample-database'

const hostile = [`it's "quoted"`, '__proto__', 'select', 'ключ', '*/ x /*', '$1', 'a\\b']
const { escapeIdentifier: id } = pg

const stream = (table: string, key: readonly string[], columns: Stream['columns']): Stream => ({
  slug: table,
  connector: 'test',
  title: table,
  singular: table,
  table,
  key,
  list: columns.map(({ name }) => name),
  columns,
})
const text = (name: string) => ({ name, type: 'text' as const, label: name })

const odd = stream('odd "table"', ['select'], hostile.map(text))
const pairs = stream(
  'pairs',
  ['a', 'b'],
  [
    { name: 'a', type: 'integer', label: 'A' },
    { name: 'b', type: 'integer', label: 'B' },
    { name: 'when', type: 'timestamptz', label: 'When' },
    { name: 'amount', type: 'decimal', label: 'Amount' },
    { name: 'flag', type: 'boolean', label: 'Flag' },
  ],
)

const own = `_airbyte_raw_id varchar NOT NULL, _airbyte_extracted_at timestamptz NOT NULL`

let sample: SampleDatabase
beforeAll(async () => {
  if (!testDatabaseUrl) return
  sample = await openSampleDatabase()
  await sample.admin(`CREATE TABLE ${sample.schema}.${id(odd.table)} (${own}, ${hostile.map((name) => `${id(name)} varchar`).join(', ')});
    INSERT INTO ${sample.schema}.${id(odd.table)} SELECT gen_random_uuid(), now(),
      ${hostile.map((_, index) => `CASE WHEN n % ${index + 2} > 0 THEN chr(97 + n * 7 % 26) || n % 11 END`).join(', ')}
    FROM generate_series(1, 120) AS n`)
  await sample.admin(`CREATE TABLE ${sample.schema}.pairs (${own}, a bigint, b bigint, "when" timestamptz, amount decimal, flag boolean);
    INSERT INTO ${sample.schema}.pairs SELECT gen_random_uuid(), now(), nullif(n % 13, 5), nullif(n % 7, 3),
      CASE n % 5 WHEN 0 THEN NULL WHEN 1 THEN 'infinity' ELSE timestamptz '2024-02-29 23:59:59.123456+00' + (n % 4) * interval '1 microsecond' END,
      CASE n % 6 WHEN 0 THEN 'NaN' WHEN 1 THEN NULL ELSE 9007199254740993.000000000001 * (n % 4 - 1) END, nullif(n % 3, 2) = 1
    FROM generate_series(1, 150) AS n`)
}, 60_000)
afterAll(async () => {
  await closePool()
  await sample?.close()
})

async function readAll(of: Stream, request: PageRequest<Row>, reading: 'forward' | 'backward'): Promise<Row[]> {
  const rows: Row[] = []
  let place: Place | undefined
  for (let page = 0; page < 200; page++) {
    const found = await read((reader) => listRows(reader, of, { ...request, place, reading }))
    if (reading === 'forward') rows.push(...found.rows)
    else rows.unshift(...found.rows)
    place = reading === 'forward' ? found.next : found.previous
    if (!place) return rows
  }
  throw new Error('the pages have no end')
}

const cases = [odd, pairs].flatMap((of) =>
  of.columns.flatMap(({ name }) =>
    (['ascending', 'descending'] as const).map((direction) => ({ of, name, direction })),
  ),
)

test.skipIf(!testDatabaseUrl).each(cases)('$of.title by $name, $direction', async ({ of, name, direction }) => {
  const order = toOrder(of, name, direction as Direction)
  const sql = `SELECT ${id(rowId)} AS id FROM ${sample.schema}.${id(of.table)} ORDER BY
    (${order.columns.map((column) => `${id(column)} IS NULL`).join(' OR ')}),
    ${order.columns.map((column) => `CASE WHEN NOT (${order.columns.map((other) => `${id(other)} IS NULL`).join(' OR ')}) THEN ${id(column)} END ${direction === 'ascending' ? '' : 'DESC'}`).join(', ')},
    ${id(rowId)}`
  const expected = (await sample.admin(sql)).rows.map(({ id: of }: { id: string }) => of)
  expect(expected.length).toBeGreaterThan(100)
  const size = 7
  const forward = await readAll(of, { order, size }, 'forward')
  expect(forward.map((row) => row[rowId])).toEqual(expected)
  const backward = await readAll(of, { order, size }, 'backward')
  expect(backward.map((row) => row[rowId])).toEqual(expected)
})

test.skipIf(!testDatabaseUrl)('previous leads back to the page one came from', async () => {
  const order = toDefaultOrder(pairs)
  const page = (request: Partial<PageRequest<Row>>) =>
    read((reader) => listRows(reader, pairs, { order, size: 10, ...request }))
  const first = await page({})
  const second = await page({ place: first.next })
  const third = await page({ place: second.next })
  const back = await page({ place: third.previous, reading: 'backward' })
  expect(back.rows).toEqual(second.rows)
  expect([first.previous, back.next]).toEqual([undefined, second.next])
})

test.skipIf(!testDatabaseUrl)('a column called __proto__ is a column like any other', async () => {
  const page = await read((reader) => listRows(reader, odd, { order: toDefaultOrder(odd), size: 120 }))
  expect(page.rows.filter((row) => typeof row['__proto__'] === 'string').length).toBeGreaterThan(50)
})
