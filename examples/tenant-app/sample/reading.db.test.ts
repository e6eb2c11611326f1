// What the app reads is what is there; it reads nothing else and writes nothing.
import { afterAll, beforeAll, expect, test, vi } from 'vitest'
import { charts } from '../generated/charts'
import { acmeCrmContacts } from '../generated/streams/acme-crm-contacts'
import { acmeCrmDeals } from '../generated/streams/acme-crm-deals'
import { postgresAuditLog } from '../generated/streams/postgres-audit-log'
import { postgresLegacyInvoices } from '../generated/streams/postgres-legacy-invoices'
import { postgresOrderItems } from '../generated/streams/postgres-order-items'
import { postgresOrders } from '../generated/streams/postgres-orders'
import { parseListAddress, type Query } from '../lib/address'
import { closePool, read } from '../lib/database'
import { toFailure } from '../lib/failure'
import { findRow } from '../lib/find-row'
import { listRows } from '../lib/list-rows'
import { loadCharts } from '../lib/load-charts'
import { rowId, toDefaultOrder } from '../lib/order'
import type { Stream } from '../lib/stream'
import { viewDashboard } from '../lib/view-dashboard'
import { viewRow } from '../lib/view-row'
import { toRowHref, viewStream } from '../lib/view-stream'
import { openSampleDatabase, type SampleDatabase, testDatabaseUrl } from './sample-database'

let sample: SampleDatabase
beforeAll(async () => {
  if (testDatabaseUrl) sample = await openSampleDatabase()
}, 60_000)
afterAll(async () => {
  await closePool()
  await sample?.close()
})

const test_ = test.skipIf(!testDatabaseUrl)
const view = (stream: Stream, query: Query = {}) => viewStream(stream, parseListAddress(stream, query))

test_('a row is exactly as it is stored', async () => {
  const order = await read((reader) => findRow(reader, postgresOrders, { by: 'key', values: ['7'] }))
  expect(order).toMatchObject({
    id: '7',
    external_ref: '9007199254740999',
    exchange_rate: '1.0834567890123456789',
    shipping: { method: 'parcel', id: '12345678901234567890' },
    note: null,
  })
  const invoice = await read((reader) => findRow(reader, postgresLegacyInvoices, { by: 'key', values: ['INV-0001'] }))
  expect(invoice).toMatchObject({ Amount_Due: '1234567.80', Paid_: null, UpdatedAt: '2003-04-01 12:30:00.123456' })
})

test_('many rows, one, none, and none yet are four states', async () => {
  expect(await view(acmeCrmContacts)).toMatchObject({
    state: 'rows',
    facts: { count: { exactness: 'exact', rows: 240 } },
  })
  const one = await view(postgresLegacyInvoices)
  expect(one).toMatchObject({ state: 'rows', rows: [{ InvoiceNo: 'INV-0001' }] })
  expect(Object.keys(one)).not.toEqual(expect.arrayContaining(['next']))
  expect(await view(acmeCrmDeals)).toMatchObject({ state: 'empty' })
  expect(await view(postgresAuditLog)).toEqual({ state: 'syncing' })
})

test_('a search finds words anywhere, and takes signs for what they are', async () => {
  const find = async (q: string) => {
    const found = await view(acmeCrmContacts, { q })
    return found.state === 'rows' ? found.rows.length : found.state
  }
  expect(await find('CONTACT24@')).toBe(1)
  expect(await find('lovelace')).toBe(48)
  expect(await find('%')).toBe(0)
  expect(await find('_____')).toBe(0)
  expect(await find('\\')).toBe(0)
  expect(await find("'; DROP TABLE x; --")).toBe(0)
})

test_('only the rows of one key, in the order of the stream', async () => {
  const found = await view(postgresOrderItems, { where: 'order_id', is: '100' })
  expect(found.state === 'rows' && found.rows.map((row) => [row.order_id, row.line])).toEqual([
    ['100', '1'],
    ['100', '2'],
    ['100', '3'],
  ])
})

test_('every row leads to its own page', async () => {
  for (const stream of [acmeCrmContacts, postgresOrderItems, { ...postgresOrders, key: [] }] as Stream[]) {
    const found = await view(stream)
    if (found.state !== 'rows') throw new Error(found.state)
    for (const row of found.rows.slice(0, 5)) {
      const address = toRowHref(stream, row, found.facts).split('/').at(-1) ?? ''
      expect(await viewRow(stream, address)).toMatchObject({ state: 'row', row: { [rowId]: row[rowId] } })
    }
  }
})

test_('an address that is nobody’s, or nonsense, is no error', async () => {
  const address = (...values: unknown[]) => Buffer.from(JSON.stringify(values)).toString('base64url')
  for (const nonsense of [
    '',
    '%',
    'x',
    address(0, 'nine'),
    address(0, '999999'),
    address(0, '1', '2'),
    address(1, 'x', 'y'),
  ]) {
    expect(await viewRow(postgresOrders, nonsense), nonsense).toEqual({ state: 'gone' })
  }
  const error = vi.spyOn(console, 'error').mockImplementation(() => {})
  expect(await view(postgresOrders, { after: address(0, 'nine', 'ten') })).toEqual({
    state: 'failed',
    failure: 'address',
  })
  error.mockRestore()
  expect(await view(postgresOrders, { after: 'nonsense', sort: 'no column', q: '\0' })).toMatchObject({ state: 'rows' })
})

test_('charts come to what the rows come to', async () => {
  const own = charts.filter(({ stream }) => stream === postgresOrders.slug)
  const loaded = await read((reader) => loadCharts(reader, postgresOrders, own, { exactness: 'exact', rows: 1200 }))
  const { rows } = await sample.admin(
    `SELECT currency, sum(total)::text AS total FROM ${sample.schema}.postgres_orders GROUP BY 1 ORDER BY 1`,
  )
  const [series, total, top] = loaded.figures
  expect(
    series?.kind === 'series' &&
      series.series.buckets.reduce((sum, bucket) => sum + bucket.rows, series.series.outside),
  ).toBe(1200)
  expect(total?.kind === 'total' && [...total.groups].sort((a, b) => ((a.by ?? '') < (b.by ?? '') ? -1 : 1))).toEqual(
    rows.map(({ currency, total: value }: { currency: string; total: string }) => ({ by: currency, value })),
  )
  const { rows: statuses } = await sample.admin(
    `SELECT status, count(*)::int AS rows FROM ${sample.schema}.postgres_orders GROUP BY 1 ORDER BY 2 DESC, 1`,
  )
  expect(top?.kind === 'top' && top.values.map(({ value, share }) => [value, Math.round(share * 1200)])).toEqual(
    statuses.map(({ status, rows: count }: { status: string; rows: number }) => [status, count]),
  )
})

test_('the dashboard knows every stream, and one whose charts fail takes none of the others with it', async () => {
  await sample.admin(`ALTER TABLE ${sample.schema}.acme_crm_contacts RENAME COLUMN score TO points`)
  const error = vi.spyOn(console, 'error').mockImplementation(() => {})
  const dashboard = await viewDashboard()
  await sample.admin(`ALTER TABLE ${sample.schema}.acme_crm_contacts RENAME COLUMN points TO score`)
  expect(error.mock.calls).toEqual([['charts of acme-crm-contacts: outdated (42703)']])
  error.mockRestore()
  if (dashboard.state !== 'ready') throw new Error(dashboard.state)
  expect(dashboard.charted.map(({ stream }) => stream.slug)).toEqual([
    'acme-crm-companies',
    'postgres-legacy-invoices',
    'postgres-order-items',
    'postgres-orders',
  ])
  expect(dashboard.streams.get('postgres-orders')).toMatchObject({ state: 'landed', count: { rows: 1200 } })
  expect(dashboard.streams.get('postgres-audit-log')).toEqual({ state: 'syncing' })
  vi.stubEnv('ACME_CRM_ENABLED', 'false')
  const without = await viewDashboard()
  vi.unstubAllEnvs()
  expect(without.state === 'ready' && without.connected.map(({ connector }) => connector.id)).toEqual(['postgres'])
})

test_('nothing is written, and nothing runs for long', async () => {
  const run = (text: string) => read(({ query }) => query({ text, values: [] })).catch(toFailure)
  const before = (await sample.admin(`SELECT count(*) FROM ${sample.schema}.postgres_orders`)).rows
  await sample.admin(`GRANT ALL ON ALL TABLES IN SCHEMA ${sample.schema} TO ${sample.schema}_app`)
  await expect(
    read(({ schema, query }) => query({ text: `DELETE FROM ${schema}.postgres_orders`, values: [] })),
  ).rejects.toMatchObject({
    code: '25006',
  })
  await sample.admin(`REVOKE ALL ON ALL TABLES IN SCHEMA ${sample.schema} FROM ${sample.schema}_app;
    GRANT SELECT ON ALL TABLES IN SCHEMA ${sample.schema} TO ${sample.schema}_app`)
  expect((await sample.admin(`SELECT count(*) FROM ${sample.schema}.postgres_orders`)).rows).toEqual(before)
  const began = Date.now()
  expect(await run('SELECT pg_sleep(30)')).toBe('slow')
  expect(Date.now() - began).toBeLessThan(8_000)
  expect(await run('SELECT * FROM no_such_table')).toBe('outdated')
  expect(await run('SELECT 1')).toMatchObject([{}])
})

test_('no more than four connections, however many ask at once', async () => {
  const count = async () =>
    Number(
      (await sample.admin(`SELECT count(*) FROM pg_stat_activity WHERE usename = '${sample.schema}_app'`)).rows[0]
        .count,
    )
  const counts = await Promise.all([
    ...Array.from({ length: 20 }, () => read(({ query }) => query({ text: 'SELECT pg_sleep(0.2)', values: [] }))),
    new Promise((resolve) => setTimeout(resolve, 300)).then(count),
  ])
  expect(counts.at(-1)).toBe(4)
})

test_('a login that was taken away is said so', async () => {
  await closePool()
  await sample.admin(`ALTER ROLE ${sample.schema}_app PASSWORD 'another'`)
  const error = vi.spyOn(console, 'error').mockImplementation(() => {})
  expect(await view(acmeCrmContacts)).toEqual({ state: 'failed', failure: 'refused' })
  expect(error.mock.calls.flat().join()).not.toContain('app:')
  error.mockRestore()
  await sample.admin(`ALTER ROLE ${sample.schema}_app PASSWORD 'app'`)
  expect(await view(acmeCrmContacts)).toMatchObject({ state: 'rows' })
})

test_('a page has its rows’ types', async () => {
  const page = await read((reader) =>
    listRows(reader, acmeCrmContacts, { order: toDefaultOrder(acmeCrmContacts), size: 1 }),
  )
  const email: string | null | undefined = page.rows[0]?.email
  // @ts-expect-error there is no such column
  void page.rows[0]?.emial
  expect(email).toBe('contact1@example.com')
})
