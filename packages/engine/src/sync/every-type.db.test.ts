import { changeCustomerDatabase, customerTables, fillCustomerDatabase } from '@opsai/sandbox'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { postgresUrl } from '../../../../.ci/test-postgres.js'
import type { TestDatabase } from './test/world.js'
import { createTestDatabase, syncOnce } from './test/world.js'

let source: TestDatabase
let destination: TestDatabase

beforeAll(async () => {
  source = await createTestDatabase(postgresUrl(), 'types_source')
  destination = await createTestDatabase(postgresUrl(), 'types_destination')
  await fillCustomerDatabase(source.url, { rows: 3_000, readerRole: 'types_reader' })
  await source.client.query(everyType)
})
afterAll(async () => {
  await source?.drop()
  await destination?.drop()
})

const everyType = `
  CREATE TYPE mood AS ENUM ('glad', 'so so', 'a "quoted" one');
  CREATE TYPE place AS (street text, number int);
  CREATE DOMAIN percent AS numeric(5,2) CHECK (VALUE BETWEEN 0 AND 100);
  CREATE TABLE "Every Type" (
    id bigint PRIMARY KEY, small smallint, whole int, big bigint, exact numeric, price numeric(12,2), share percent,
    single real, double double precision, cash money, yes boolean, words text, short varchar(20), fixed char(6),
    day date, at_time time, at_timetz time with time zone, at timestamp, atz timestamptz, span interval,
    doc json, docb jsonb, ids int[], names text[], grid int[][], amounts numeric[], stamps timestamptz[], docs jsonb[],
    bytes bytea, feeling mood, feelings mood[], home place, key uuid, net inet, block cidr, mac macaddr, bits bit(4),
    span_of int4range, spot point, path xml, search tsvector, "select" text, "Größe €" text, "2nd" int);
  INSERT INTO "Every Type" VALUES
    (1, -32768, 2147483647, 9223372036854775807, 12345678901234567890.123456789012345678901234567890, 9999999999.99,
     99.5, 3.4028235e38, 1.7976931348623157e308, 1234.56, true, E'tab\\there\\nline\\r\\\\N \\\\. "quotes" ''single'' 😀 ünï',
     'short', 'ab', '2024-02-29', '23:59:59.999999', '12:00:00.5+05:30', '2024-02-29 23:59:59.123456',
     '2024-02-29 23:59:59.123456+02', '1 year 2 mons 3 days 04:05:06.789', '{"b": 1, "a": [1.10, null]}',
     '{"big": 12345678901234567890.5, "text": "tab\\tquote\\" \\\\ 😀"}', '{1,NULL,3}', ARRAY['a,b', '"q"', NULL, E'\\\\'],
     '{{1,2},{3,4}}', '{1.10,99999999999999999999.1}', '{"2024-01-01 00:00:00+00"}', ARRAY['{"a":1}', '[2]']::jsonb[],
     '\\xdeadbeef00ff', 'a "quoted" one', '{glad,"so so"}', ROW('Main, "St"', 5)::place,
     'a0eebc99-9c0b-4ef8-bb6d-6bb9bd380a11', '192.168.0.1/24', '10.0.0.0/8', '08:00:2b:01:02:03', B'1010', '[1,5)',
     '(1.5,-2)', '<a>b</a>', 'fat cat', 'reserved', 'wide', 2);
  INSERT INTO "Every Type" VALUES (2, 0, 0, -9223372036854775808, 'NaN', 0, 0, 'Infinity', '-Infinity', -0.01, false, '', '', '', '0001-01-01',
     '00:00', '24:00:00-14', 'infinity', '-infinity', '-3 days', 'null', '"just text"', '{}', '{}', '{}', '{NaN}', '{}',
     '{}', '', 'glad', '{}', ROW(NULL, NULL)::place, '00000000-0000-0000-0000-000000000000', '::1', '::/0',
     'ff:ff:ff:ff:ff:ff', B'0000', 'empty', '(0,0)', '<a/>', '', E'\\\\N', E'\\\\.', -1);
  INSERT INTO "Every Type" VALUES (3, NULL, NULL, NULL, 1e-40, NULL, NULL, 1e-40, 5e-324, NULL, NULL, repeat('long 😀 ', 40000), NULL, NULL,
     '0044-03-15 BC', NULL, NULL, '0044-03-15 12:00:00 BC', '9999-12-31 23:59:59.999999+00', NULL, '[]', '{}');`

interface ColumnRow {
  name: string
  type: string
  category: string
  kind: string
}

/** One column's value as text on either side, in the source's own type. */
function expressions({ name, type, category, kind }: ColumnRow, inDestination: string): [string, string] {
  const [from, to] = [`"${name}"`, `"${inDestination}"`]
  if (category === 'A' || kind === 'c' || type === 'json' || type === 'jsonb') {
    return [`to_jsonb(${from})::text`, `${to}::text`]
  }
  if (type === 'bytea') return [`encode(${from}, 'hex')`, `encode(decode(${to}, 'base64'), 'hex')`]
  if (type === 'money') return [`${from}::numeric::text`, `${to}::text`]
  if (type === 'xml') return [`${from}::text`, `${to}`]
  return [`${from}::text`, `${to}::${type}::text`]
}

async function compare(table: string, tableInDestination: string, rename: (column: string) => string = (name) => name) {
  const { rows: columns } = await source.client.query<ColumnRow>(
    `SELECT a.attname AS name, format_type(t.oid, -1) AS type, t.typcategory AS category, t.typtype AS kind
     FROM pg_attribute a JOIN pg_type t ON t.oid = a.atttypid
     WHERE a.attrelid = $1::regclass AND a.attnum > 0 AND NOT a.attisdropped`,
    [`"${table}"`],
  )
  const pairs = columns.map((column) => expressions(column, rename(column.name)))
  const values = async (database: TestDatabase, from: string, side: 0 | 1) => {
    await database.client.query(`SET TimeZone = 'UTC'; SET extra_float_digits = 3`)
    const list = pairs.map((pair) => `(${pair[side]})`).join(', ')
    const { rows } = await database.client.query<{ row: (string | null)[] }>(
      `SELECT json_build_array(${list}) AS row FROM ${from} ORDER BY json_build_array(${list})::text COLLATE "C"`,
    )
    return rows.map(({ row }) => row)
  }
  const before = await values(source, `"${table}"`, 0)
  const after = await values(destination, `synced."${tableInDestination}"`, 1)
  expect(after).toEqual(before)
  expect(after.length).toBeGreaterThan(0)
}

test('every type arrives as the value it was', async () => {
  await destination.client.query(`CREATE TYPE mood AS ENUM ('glad', 'so so', 'a "quoted" one');
    CREATE DOMAIN percent AS numeric(5,2)`)
  const result = await syncOnce({
    source,
    destination,
    mode: 'full_refresh_overwrite',
    jobId: 1,
    streams: ['Every Type'],
  })
  expect(result.status).toBe('succeeded')
  await compare('Every Type', 'Every_Type', (name) => ({ 'Größe €': 'Gr__e__', '2nd': '_2nd' })[name] ?? name)
  const { rows } = await destination.client.query(`SELECT _airbyte_meta FROM synced."Every_Type" WHERE id = 1`)
  expect(rows[0]).toEqual({ _airbyte_meta: { sync_id: 1, changes: [] } })
})

test('a customer’s whole database arrives, in tables of the documented layout', async () => {
  await destination.client.query(`
    CREATE TYPE customer_segment AS ENUM ('consumer', 'business', 'reseller');
    CREATE TYPE order_status AS ENUM ('placed', 'paid', 'shipped', 'delivered', 'returned')`)
  const streams = [...customerTables]
  const result = await syncOnce({ source, destination, mode: 'full_refresh_overwrite', jobId: 2, streams })
  expect(result.status).toBe('succeeded')
  for (const table of customerTables) {
    await compare(table, table, (name) => name.replaceAll(/[^A-Za-z0-9_]/g, '_'))
  }
  const { rows } = await destination.client.query(
    `SELECT column_name AS name, data_type AS type FROM information_schema.columns
     WHERE table_schema = 'synced' AND table_name = 'orders' ORDER BY ordinal_position`,
  )
  expect(rows.map(({ name, type }) => `${name} ${type}`)).toEqual([
    '_airbyte_raw_id character varying',
    '_airbyte_extracted_at timestamp with time zone',
    '_airbyte_meta jsonb',
    '_airbyte_generation_id bigint',
    'id bigint',
    'external_ref bigint',
    'customer_id character varying',
    'status character varying',
    'placed_on date',
    'currency character varying',
    'total numeric',
    'exchange_rate numeric',
    'discount numeric',
    'shipping jsonb',
    'delivery_window character varying',
    'note character varying',
    'created_at timestamp with time zone',
    'updated_at timestamp with time zone',
  ])
})

test('the second incremental sync moves what has changed and nothing else', async () => {
  const again = (jobId: number) =>
    syncOnce({
      source,
      destination,
      mode: 'incremental_deduped_history',
      jobId,
      streams: ['orders'],
      schema: 'deduped',
    })
  await again(3)
  const before = await destination.client.query('SELECT count(*)::int AS count FROM deduped.orders')
  const { inserted, updated } = await changeCustomerDatabase(source.url, { inserts: 7, updates: 5 })
  const second = await again(4)
  expect(second.stats[0]).toMatchObject({ recordsEmitted: 12, recordsCommitted: 12 })
  const { rows } = await destination.client.query(
    `SELECT id FROM deduped.orders WHERE _airbyte_generation_id = 4 ORDER BY id`,
  )
  expect(rows.map(({ id }) => id)).toEqual([...updated, ...inserted].sort((a, b) => Number(a) - Number(b)))
  const after = await destination.client.query('SELECT count(*)::int AS count FROM deduped.orders')
  expect(after.rows[0].count).toBe(before.rows[0].count + 7)
  expect((await again(5)).stats[0]).toMatchObject({ recordsEmitted: 0 })
})
