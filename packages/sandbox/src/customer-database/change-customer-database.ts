import { inTransaction, withClient } from './database.js'

/** How many orders to touch, each way. */
export interface CustomerDatabaseChanges {
  /** New orders, each with one item. */
  inserts?: number
  /** Orders that change status; the ones untouched for longest. */
  updates?: number
  /** Orders that go, with their items; the lowest ids that were not updated just now. */
  deletes?: number
}

/** Ids of the orders that changed; bigint, so as text. */
export interface CustomerDatabaseChanged {
  inserted: string[]
  updated: string[]
  deleted: string[]
}

/**
 * Lets life go on in the shop: orders come, change and go. What comes or changes gets `updated_at` of this
 * moment, later than every other.
 *
 * @example
 * const { inserted } = await changeCustomerDatabase(url, { inserts: 10, updates: 5, deletes: 1 })
 */
export async function changeCustomerDatabase(
  url: string,
  { inserts = 0, updates = 0, deletes = 0 }: CustomerDatabaseChanges,
): Promise<CustomerDatabaseChanged> {
  return withClient(url, (client) =>
    inTransaction(client, async () => {
      const ids = async (sql: string, values: unknown[]) =>
        (await client.query<{ id: string }>(sql, values)).rows.map(({ id }) => id)
      const updated = await ids(updateOrders, [updates])
      const deleted = await ids(deleteOrders, [deletes, updated])
      return { inserted: await ids(insertOrders, [inserts]), updated, deleted }
    }),
  )
}

const updateOrders = `
UPDATE orders
SET status = CASE status WHEN 'placed' THEN 'paid' WHEN 'paid' THEN 'shipped' ELSE 'delivered' END::order_status,
  updated_at = clock_timestamp()
WHERE id IN (SELECT id FROM orders ORDER BY updated_at, id LIMIT $1) RETURNING id`

const deleteOrders = `
DELETE FROM orders
WHERE id IN (SELECT id FROM orders WHERE id <> ALL ($2::bigint[]) ORDER BY id LIMIT $1)
RETURNING id`

const insertOrders = `
WITH buyer AS (
  SELECT id AS customer_id, row_number() OVER (ORDER BY id) - 1 AS place, count(*) OVER () AS buyers
  FROM customers
), ordered AS (
  INSERT INTO orders
    (external_ref, customer_id, status, placed_on, currency, total, exchange_rate, created_at, updated_at)
  SELECT (SELECT max(external_ref) FROM orders) + n, customer_id, 'placed', current_date, 'EUR', 10 + n % 90, 1,
    clock_timestamp(), clock_timestamp()
  FROM generate_series(1, $1::int) AS n JOIN buyer ON place = n % buyers
  RETURNING id
), item AS (
  INSERT INTO order_items (order_id, line, product_id, quantity, unit_price, gift_wrap, updated_at)
  SELECT id, 1, (SELECT min(id) FROM products), 1, 10, false, clock_timestamp() FROM ordered
)
SELECT id FROM ordered ORDER BY id`
