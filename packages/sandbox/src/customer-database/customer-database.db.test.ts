import { randomUUID } from 'node:crypto'
import type { QueryResultRow } from 'pg'
import { beforeAll, describe, expect, it } from 'vitest'
import { postgresUrl } from '../../../../.ci/test-postgres.js'
import { changeCustomerDatabase } from './change-customer-database.js'
import { connectMaking, withClient } from './database.js'
import { fillCustomerDatabase, type CustomerDatabase } from './fill-customer-database.js'

const inDatabase = (name: string) => {
  const url = new URL(postgresUrl())
  url.pathname = `/${name}`
  return url.href
}
const freshUrl = () => inDatabase(`shop_${randomUUID().slice(0, 8)}`)
const readerRole = `reader_${randomUUID().slice(0, 8)}`
const query = <Row extends QueryResultRow>(url: string, sql: string) =>
  withClient(url, async (client) => (await client.query<Row>(sql)).rows)

describe('the customer database', () => {
  const url = freshUrl()
  let shop: CustomerDatabase
  let seconds: number
  beforeAll(async () => {
    const began = performance.now()
    shop = await fillCustomerDatabase(url, { readerRole })
    seconds = (performance.now() - began) / 1000
    console.info(
      `filled ${Object.values(shop.rows).reduce((sum, count) => sum + count)} rows in ${seconds.toFixed(1)} s`,
    )
  })

  it('is big, and quick to make', () => {
    const counts = Object.values(shop.rows)
    expect(counts).toHaveLength(7)
    expect(counts.reduce((sum, count) => sum + count)).toBe(120_000)
    expect(shop.rows.events).toBeGreaterThan(40_000)
    expect(seconds).toBeLessThan(30)
  })

  it('holds every common type', async () => {
    const types = await query<{ type: string }>(
      url,
      `SELECT DISTINCT format_type(atttypid, atttypmod) AS type FROM pg_attribute JOIN pg_class ON pg_class.oid = attrelid
       WHERE relnamespace = 'public'::regnamespace AND relkind = 'r' AND attnum > 0`,
    )
    expect(types.map(({ type }) => type).sort()).toEqual([
      'bigint',
      'boolean',
      'bytea',
      'character varying(254)',
      'character varying(40)',
      'character(2)',
      'character(3)',
      'customer_segment',
      'date',
      'double precision',
      'inet',
      'integer',
      'integer[]',
      'interval',
      'json',
      'jsonb',
      'numeric',
      'numeric(12,2)',
      'order_status',
      'real',
      'smallint',
      'text',
      'text[]',
      'time without time zone',
      'timestamp with time zone',
      'timestamp without time zone',
      'uuid',
    ])
  })

  it('holds what trips a sync up', async () => {
    const [row] = await query(
      url,
      `SELECT (SELECT max(length(description)) FROM products) > 100000 AS long_text,
        (SELECT min(external_ref) FROM orders) > 9007199254740992 AS past_js_integers,
        (SELECT bool_or(name ~ '[А-я]') FROM customers) AS unicode,
        (SELECT count(*) = 0 FROM pg_constraint WHERE conrelid = 'audit_log'::regclass AND contype = 'p') AS keyless,
        (SELECT bool_or(position(E'\\n"please" \\\\ 🙏' IN note) > 0) FROM orders) AS awkward_text,
        (SELECT bool_or(colours[3] IS NULL) AND bool_or(colours IS NULL) FROM products) AS nulls_in_arrays`,
    )
    expect(row).toEqual({
      long_text: true,
      past_js_integers: true,
      unicode: true,
      keyless: true,
      awkward_text: true,
      nulls_in_arrays: true,
    })
  })

  it('is left alone by a second fill', async () => {
    const sum = `SELECT md5(string_agg(id::text || updated_at, ',' ORDER BY id)) AS sum FROM orders`
    const before = await query(url, sum)
    expect(await fillCustomerDatabase(url, { readerRole })).toEqual({ ...shop, filled: false })
    expect(await query(url, sum)).toEqual(before)
  })

  it('can be read by its reader, and changed by nobody with that login', async () => {
    expect(await query(shop.readerUrl, 'SELECT count(*)::int FROM "LegacyInvoices"')).toEqual([{ count: 3600 }])
    for (const sql of [
      `UPDATE orders SET note = ''`,
      'DELETE FROM audit_log',
      'CREATE TABLE mine ()',
      'DROP TABLE events',
    ]) {
      await expect(query(shop.readerUrl, sql)).rejects.toMatchObject({ code: '42501' })
    }
  })
})

describe('a small customer database', () => {
  it('is the same every time', async () => {
    const sums = await Promise.all(
      [freshUrl(), freshUrl()].map(async (url) => {
        await fillCustomerDatabase(url, { rows: 2_000, readerRole })
        return query(
          url,
          `SELECT md5(string_agg(t::text, ',' ORDER BY t.id)) AS customers,
          (SELECT md5(string_agg(o::text, ',' ORDER BY o.id)) FROM orders o) AS orders,
          (SELECT md5(string_agg(p::text, ',' ORDER BY p.id)) FROM products p) AS products FROM customers t`,
        )
      }),
    )
    expect(sums[0]).toEqual(sums[1])
  })

  it('changes: what is new or touched comes after everything else, what is gone is gone', async () => {
    const url = freshUrl()
    const { rows } = await fillCustomerDatabase(url, { rows: 2_000, readerRole })
    const [before] = await query<{ last: string }>(url, 'SELECT max(updated_at)::text AS last FROM orders')

    const changed = await changeCustomerDatabase(url, { inserts: 400, updates: 5, deletes: 3 })

    const since = await query<{ id: string }>(url, `SELECT id FROM orders WHERE updated_at > '${before?.last}'`)
    expect(since.map(({ id }) => id).sort()).toEqual([...changed.inserted, ...changed.updated].sort())
    expect(changed.inserted).toHaveLength(400)
    expect(await query(url, 'SELECT count(*)::int AS n FROM orders')).toEqual([{ n: rows.orders + 400 - 3 }])
    expect(await query(url, `SELECT id FROM orders WHERE id IN (${changed.deleted.join()})`)).toEqual([])
    expect((await changeCustomerDatabase(url, { inserts: 2 })).inserted).toHaveLength(2)
  })

  it('does not touch a database that is somebody else’s', async () => {
    const url = freshUrl()
    await connectMaking(url).then(async (client) => {
      await client.query('CREATE TABLE customers (id int)')
      await client.end()
    })
    await expect(fillCustomerDatabase(url, { readerRole })).rejects.toThrow('Name an empty database')
  })

  it('wants a number of rows that it can share out', async () => {
    await expect(fillCustomerDatabase(freshUrl(), { rows: 3 })).rejects.toThrow(RangeError)
  })
})
