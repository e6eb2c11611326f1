// A table that is too big to be looked at whole: what is bounded, and that it is said.
import { afterAll, beforeAll, expect, test } from 'vitest'
import { postgresOrders } from '../generated/streams/postgres-orders'
import { parseListAddress, type Query } from '../lib/address'
import { toSearchBudget } from '../lib/budget'
import { toSearchedColumns } from '../lib/search'
import { encodePlace } from '../lib/cursor'
import { countRows } from '../lib/count-rows'
import { closePool, read } from '../lib/database'
import { loadCharts } from '../lib/load-charts'
import type { Chart, Stream } from '../lib/stream'
import { type Rows, viewStream } from '../lib/view-stream'
import { openSampleDatabase, type SampleDatabase, testDatabaseUrl } from './sample-database'

const ROWS = 60_000

let sample: SampleDatabase
beforeAll(async () => {
  if (!testDatabaseUrl) return
  sample = await openSampleDatabase()
  await sample.admin(`INSERT INTO ${sample.schema}.postgres_orders (_airbyte_raw_id, _airbyte_extracted_at, _airbyte_meta,
      _airbyte_generation_id, id, status, currency, total, note, created_at, updated_at)
    SELECT gen_random_uuid(), now() + n * interval '1 ms', '{}', 1, n, CASE WHEN n % 4 = 0 THEN 'paid' ELSE 'placed' END, 'JPY', 10,
      CASE WHEN n % 25000 = 0 THEN 'needle' END, now() - n * interval '1 minute', now() FROM generate_series(1201, ${ROWS}) AS n`)
}, 60_000)
afterAll(async () => {
  await closePool()
  await sample?.close()
})

const test_ = test.skipIf(!testDatabaseUrl)

async function rowsOf(query: Query): Promise<Rows> {
  const view = await viewStream(postgresOrders, parseListAddress(postgresOrders, query))
  if (view.state !== 'rows') throw new Error(view.state)
  return view
}

test_('its size is estimated, and about right', async () => {
  const { facts, sorting, sortable } = await rowsOf({})
  expect(facts.count.exactness).toBe('about')
  expect(facts.count.rows / ROWS).toBeCloseTo(1, 1)
  expect([sorting, [...sortable].sort()]).toEqual(['onlyIndexed', ['id', 'updated_at']])
})

test_('what a sync has emptied counts for nothing', async () => {
  const { admin, schema } = sample
  await admin(`CREATE TABLE ${schema}.emptied AS SELECT n FROM generate_series(1, 200000) AS n`)
  await admin(`DELETE FROM ${schema}.emptied WHERE n <= 150000`)
  await admin(`VACUUM ${schema}.emptied`)
  const [size] = (await admin(`SELECT pg_relation_size('${schema}.emptied') / 8192 AS blocks`)).rows as {
    blocks: string
  }[]
  const table = { table: `${schema}.emptied`, blocks: Number(size?.blocks) }
  const [about] = await read((reader) => countRows(reader, [table], 10_000))
  expect(about?.exactness).toBe('about')
  expect(about!.rows / 50_000).toBeCloseTo(1, 1)
  const [exact] = await read((reader) => countRows(reader, [table], 50_000))
  expect(exact).toEqual({ exactness: 'exact', rows: 50_000 })
})

test_('sorting by a column without an index is not done', async () => {
  expect((await rowsOf({ sort: 'total', order: 'desc' })).order).toMatchObject({ column: 'id', direction: 'ascending' })
  expect((await rowsOf({ sort: 'id', order: 'desc' })).rows[0]?.id).toBe(String(ROWS))
})

test_('a search looks at so many rows, says so, and goes on from there until it has seen all', async () => {
  const budget = toSearchBudget(toSearchedColumns(postgresOrders as Stream).length)
  const found: unknown[] = []
  let [query, pages]: [Query, number] = [{ q: 'NEEDLE' }, 0]
  for (; ; pages++) {
    const page = await rowsOf(query)
    found.push(...page.rows.map((row) => row.id))
    if (!page.next) break
    expect(page.stoppedAfter).toBe(budget)
    query = { q: 'NEEDLE', after: encodePlace(page.next) }
  }
  expect([found, pages]).toEqual([['25000', '50000'], ROWS / budget])
})

test_('rows of one value are found at once, though no index helps', async () => {
  const { rows, stoppedAfter, next } = await rowsOf({ where: 'note', is: 'needle' })
  expect([rows.map((row) => row.id), stoppedAfter, next]).toEqual([['25000', '50000'], undefined, undefined])
})

test_('a search that finds a page full stops there, and the next page follows', async () => {
  const first = await rowsOf({ q: 'paid' })
  const second = await rowsOf({ q: 'paid', after: encodePlace(first.next!) })
  const back = await rowsOf({ q: 'paid', before: encodePlace(second.previous!) })
  expect([first.rows.length, first.stoppedAfter, second.rows.length]).toEqual([50, undefined, 50])
  expect(Number(second.rows[0]?.id)).toBeGreaterThan(Number(first.rows.at(-1)?.id))
  expect(back.rows).toEqual(first.rows)
})

test_('a key is found wherever its row is', async () => {
  const { exact, rows } = await rowsOf({ q: '59999' })
  expect([exact.map((row) => row.id), rows.map((row) => row.id)]).toEqual([['59999'], []])
  expect((await rowsOf({ q: 'no number' })).exact).toEqual([])
})

test_('charts are made from a sample, come out about right, and say so', async () => {
  const charts = [
    { stream: '', kind: 'series' as const, title: '', column: 'created_at' },
    { stream: '', kind: 'sum' as const, title: '', column: 'total', by: 'currency' },
    { stream: '', kind: 'top' as const, title: '', column: 'status' },
  ]
  const { count } = (await rowsOf({})).facts
  const { figures, sampled } = await read((reader) => loadCharts(reader, postgresOrders, charts, count))
  expect(sampled).toBeGreaterThan(2_500)
  expect(sampled).toBeLessThan(10_000)
  const [series, total, top] = figures
  const rows =
    series?.kind === 'series'
      ? series.series.buckets.reduce((sum, bucket) => sum + bucket.rows, series.series.outside)
      : 0
  expect(rows / ROWS).toBeCloseTo(1, 1)
  const euros = total?.kind === 'total' ? total.groups.find(({ by }) => by === 'JPY') : undefined
  expect(Number(euros?.value) / (10 * (ROWS - 1200))).toBeCloseTo(1, 1)
  expect(top?.kind === 'top' && top.values[0]).toMatchObject({
    value: 'placed',
    share: expect.closeTo(0.74, 1) as number,
  })
})

test_('what is no number or has no end is in no sum, and days without end are in no chart', async () => {
  const { admin, schema } = sample
  await admin(`CREATE TABLE ${schema}.endless AS SELECT * FROM (VALUES
    (1.5, 'EUR', true, timestamptz 'infinity'), ('NaN', 'EUR', true, '2026-02-28 23:30:00+00'), ('Infinity', 'EUR', false, '2026-02-28 01:00:00+00'),
    (2.5, NULL, NULL, NULL), (4.5, 'EUR', true, '0044-03-15 BC')) AS t (amount, currency, paid, at)`)
  const stream: Stream = {
    ...(postgresOrders as Stream),
    slug: 'endless',
    table: 'endless',
    columns: [
      { name: 'amount', type: 'decimal', label: 'Amount' },
      { name: 'paid', type: 'boolean', label: 'Paid' },
      { name: 'at', type: 'timestamptz', label: 'At' },
    ],
  }
  const charts: Chart[] = [
    { stream: 'endless', kind: 'sum', title: '', column: 'amount', by: 'currency' },
    { stream: 'endless', kind: 'average', title: '', column: 'amount' },
    { stream: 'endless', kind: 'top', title: '', column: 'paid' },
    { stream: 'endless', kind: 'series', title: '', column: 'at' },
  ]
  const { figures } = await read((reader) => loadCharts(reader, stream, charts, { exactness: 'exact', rows: 5 }))
  expect(figures).toMatchObject([
    {
      groups: [
        { by: 'EUR', value: '6.0' },
        { by: null, value: '2.5' },
      ],
    },
    { groups: [{ by: null, value: expect.stringMatching(/^2\.83/) as string }] },
    {
      values: [
        { value: 'true', share: 0.75 },
        { value: 'false', share: 0.25 },
      ],
    },
    { series: { buckets: [{ start: '2026-02-28', rows: 2 }], outside: 1 } },
  ])
})
