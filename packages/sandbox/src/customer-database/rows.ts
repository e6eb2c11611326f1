// The shop's rows, made inside PostgreSQL: the nth row of a table is the same everywhere and every time.
import type { CustomerTable } from './tables.js'

/** How many rows each table gets. */
export type RowCounts = Record<CustomerTable, number>

/** Shares out a total: events is the big one, and every table gets at least one row. */
export function shareOut(total: number): RowCounts {
  const share = (part: number) => Math.max(1, Math.floor(total * part))
  const small = {
    customers: share(0.05),
    products: Math.min(500, share(0.02)),
    orders: share(0.15),
    order_items: share(0.3),
    LegacyInvoices: share(0.03),
    audit_log: share(0.05),
  }
  const rest = total - Object.values(small).reduce((sum, count) => sum + count, 0)
  return { ...small, events: Math.max(1, rest) }
}

/**
 * `roll(seed, n)` is a fraction in [0, 1), `pick` an element by it, and `moment` a time in the two years to
 * 2026.
 */
export const createHelpers = `
CREATE FUNCTION pg_temp.roll(seed text, n bigint) RETURNS double precision IMMUTABLE PARALLEL SAFE LANGUAGE sql AS
  $$ SELECT (('x0' || substr(md5(seed || n::text), 1, 7))::bit(32)::int) / 268435456.0::double precision $$;
CREATE FUNCTION pg_temp.pick(choices text[], seed text, n bigint) RETURNS text IMMUTABLE PARALLEL SAFE LANGUAGE sql AS
  $$ SELECT choices[1 + floor(pg_temp.roll(seed, n) * cardinality(choices))::int] $$;
CREATE FUNCTION pg_temp.moment(seed text, n bigint) RETURNS timestamptz STABLE PARALLEL SAFE LANGUAGE sql AS
  $$ SELECT timestamptz '2024-01-01T00:00:00Z' + pg_temp.roll(seed, n) * 730 * interval '24 hours' $$;
CREATE FUNCTION pg_temp.customer_id(n bigint) RETURNS uuid IMMUTABLE PARALLEL SAFE LANGUAGE sql AS
  $$ SELECT md5('customer' || n::text)::uuid $$;
`

const firstNames = `ARRAY['Zoë','José','Aïcha','Łukasz','李娜','Ngọc','Søren','Анна','Ada','Grace','Олена','さくら']`
const lastNames = `ARRAY['Okafor','García','Müller','Nguyễn','O''Brien','Иванова','田中','Smith','Çelik','de la Cruz']`
const upTo = (count: number) => `generate_series(1::bigint, ${count}) AS n`

/** One INSERT a table, in the order of its references. */
export function insertStatements(counts: RowCounts): string[] {
  const customer = (seed: string) =>
    `pg_temp.customer_id(1 + floor(pg_temp.roll('${seed}', n) * ${counts.customers})::bigint)`
  const product = `1 + floor(pg_temp.roll('item product', n) * ${counts.products})::int`
  return [
    `INSERT INTO customers SELECT pg_temp.customer_id(n), 'customer' || n || '@shop.example',
      pg_temp.pick(${firstNames}, 'first', n) || ' ' || pg_temp.pick(${lastNames}, 'last', n),
      CASE WHEN n % 3 > 0 THEN '+44 20 7946 ' || lpad((n % 10000)::text, 4, '0') END,
      CASE WHEN n % 4 > 0 THEN date '1950-01-01' + floor(pg_temp.roll('born', n) * 20000)::int END,
      pg_temp.pick(ARRAY['GB','DE','FR','US','VN','BR','JP','NG'], 'country', n),
      pg_temp.pick(ARRAY['consumer','consumer','business','reseller'], 'segment', n)::customer_segment,
      n % 2 = 0, floor(pg_temp.roll('points', n) * 10000)::int,
      CASE WHEN n % 5 = 0 THEN 12345678901234567890.123456789 + n
        ELSE round((pg_temp.roll('credit', n) * 5000)::numeric, 4) END,
      CASE n % 3 WHEN 0 THEN '{}' WHEN 1 THEN ARRAY['vip']
        ELSE ARRAY['has "quotes"', 'comma, inside', 'naïve'] END,
      jsonb_build_object('newsletter', n % 2 = 0, 'theme', pg_temp.pick(ARRAY['dark','light'], 'theme', n),
        'sizes', jsonb_build_array(n % 7, NULL, 'L')),
      CASE WHEN n % 6 = 0 THEN inet '2001:db8::1' + n WHEN n % 6 < 4 THEN inet '10.0.0.0' + n END,
      CASE WHEN n % 10 = 0 THEN decode(md5('avatar' || n), 'hex') END,
      pg_temp.moment('customer made', n),
      pg_temp.moment('customer made', n) + pg_temp.roll('customer changed', n) * interval '100 hours'
      FROM ${upTo(counts.customers)}`,
    `INSERT INTO products SELECT n, 'SKU-' || lpad(n::text, 6, '0'),
      pg_temp.pick(ARRAY['Kettle','Teapot','Café press','Lamp','Chair','Désk'], 'title', n) || ' ' || n,
      CASE WHEN n = 1 THEN repeat('A very long description. ', 8000)
        WHEN n % 9 > 0 THEN repeat('Sturdy and quiet. ', (n % 40)::int) END,
      round((1 + pg_temp.roll('price', n) * 900)::numeric, 2), (pg_temp.roll('weight', n) * 30)::real,
      CASE WHEN n % 8 > 0 THEN pg_temp.roll('rating', n) * 5 END,
      CASE WHEN n % 4 > 0 THEN ARRAY['red', 'midnight blue', NULL] END, ARRAY[n % 10, n % 100, 0]::int[],
      CASE WHEN n % 3 > 0 THEN json_build_object('warranty_years', n % 5, 'material', NULL) END,
      (n % 90) * interval '1 day' + (n % 24) * interval '1 hour',
      time '08:00' + (n % 600) * interval '1 minute',
      n % 20 = 0, pg_temp.moment('product made', n) AT TIME ZONE 'UTC',
      pg_temp.moment('product made', n) + interval '3 days'
      FROM ${upTo(counts.products)}`,
    `INSERT INTO orders SELECT n, 9007199254740993 + n, ${customer('order by')},
      pg_temp.pick(ARRAY['placed','paid','shipped','delivered','returned'], 'status', n)::order_status,
      (pg_temp.moment('order made', n) AT TIME ZONE 'UTC')::date,
      pg_temp.pick(ARRAY['EUR','USD','GBP','JPY'], 'currency', n),
      round((5 + pg_temp.roll('total', n) * 2000)::numeric, 2), 1 + round(pg_temp.roll('rate', n)::numeric, 12),
      CASE WHEN n % 4 = 0 THEN pg_temp.roll('discount', n) END,
      CASE WHEN n % 7 > 0 THEN jsonb_build_object('method', 'post', 'address',
        jsonb_build_object('city', 'Łódź', 'zip', n % 99999)) END,
      CASE WHEN n % 5 > 0 THEN (1 + n % 48) * interval '30 minutes' END,
      CASE WHEN n % 11 = 0 THEN E'Ring twice,\\n"please" \\\\ 🙏' END,
      pg_temp.moment('order made', n),
      pg_temp.moment('order made', n) + pg_temp.roll('order changed', n) * interval '200 hours'
      FROM ${upTo(counts.orders)}`,
    `INSERT INTO order_items SELECT 1 + (n - 1) % ${counts.orders}, 1 + (n - 1) / ${counts.orders}, ${product},
      1 + (n % 5)::int, round((1 + pg_temp.roll('item price', n) * 900)::numeric, 2), n % 13 = 0,
      pg_temp.moment('item', n)
      FROM ${upTo(counts.order_items)}`,
    `INSERT INTO events SELECT n, CASE WHEN n % 4 > 0 THEN ${customer('event by')} END,
      pg_temp.pick(ARRAY['page_viewed','page_viewed','product_viewed','cart_filled','order_placed'], 'kind', n),
      CASE WHEN n % 9 > 0 THEN '/products/' || (n % ${counts.products} + 1) END,
      CASE WHEN n % 3 > 0
        THEN jsonb_build_object('session', md5('session' || n / 7), 'depth', n % 12, 'referrer', NULL) END,
      CASE WHEN n % 2 = 0 THEN inet '192.0.2.0' + n % 256 END, (pg_temp.roll('duration', n) * 4000)::real,
      timestamptz '2024-01-01T00:00:00Z' + n * (interval '730 days' / ${counts.events})
      FROM ${upTo(counts.events)}`,
    `INSERT INTO "LegacyInvoices" SELECT 'INV/' || lpad(n::text, 7, '0'),
      CASE WHEN n % 3 > 0 THEN 'customer' || n || '@shop.example' END,
      round((pg_temp.roll('due', n) * 5000)::numeric, 2),
      CASE n % 3 WHEN 0 THEN true WHEN 1 THEN false END, date '2015-01-01' + (n % 3000)::int,
      timestamp '2015-01-01 00:00:00' + n * interval '73 minutes'
      FROM ${upTo(counts.LegacyInvoices)}`,
    `INSERT INTO audit_log SELECT CASE WHEN n % 5 > 0 THEN 'staff' || n % 17 END,
      pg_temp.pick(ARRAY['insert','update','delete'], 'action', n),
      pg_temp.pick(ARRAY['orders','products'], 'table', n),
      CASE WHEN n % 2 = 0 THEN json_build_object('row', n, 'before', NULL) END,
      (pg_temp.moment('audit', n) AT TIME ZONE 'UTC')::time, pg_temp.moment('audit', n)
      FROM ${upTo(counts.audit_log)}`,
    `SELECT setval(pg_get_serial_sequence('orders', 'id'), ${counts.orders}),
      setval(pg_get_serial_sequence('events', 'id'), ${counts.events})`,
  ]
}
