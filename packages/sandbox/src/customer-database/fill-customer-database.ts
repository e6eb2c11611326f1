import type { Client } from 'pg'
import { connectMaking, inTransaction } from './database.js'
import { grantReader } from './reader-role.js'
import { createHelpers, insertStatements, shareOut, type RowCounts } from './rows.js'
import { createIndexesAndReferences, createTables, customerTables } from './tables.js'

/** What {@link fillCustomerDatabase} is told. */
export interface FillCustomerDatabaseOptions {
  /** Rows over all tables (default 120,000; at least 100). */
  rows?: number
  /** Name of the role that may only read (default `reader`). Roles belong to the whole server. */
  readerRole?: string
  /** That role's password (default `reader-password`). */
  readerPassword?: string
}

/** A filled customer database. */
export interface CustomerDatabase {
  /** False when the rows were there already. */
  filled: boolean
  /** Rows of each table now. */
  rows: RowCounts
  /** Connection string of the role that may only read: what a customer would type into the connector. */
  readerUrl: string
}

// Says on the table itself that we made it, where it is not mistaken for one of the customer's rows.
const mark = 'Customers of the sandbox shop'

/**
 * Makes a shop's database: seven tables with every common type, the same rows every time, in one
 * transaction. A second call finds them and leaves them alone. The database is made if the server does not
 * have it.
 *
 * @param url Connection string of a role that may create tables and roles.
 * @throws Error when the database has a table `customers` of somebody else.
 * @example
 * const shop = await fillCustomerDatabase('postgresql://postgres:secret@127.0.0.1:4403/shop')
 * shop.rows.events // 49900
 * await connectorCheck(shop.readerUrl)
 */
export async function fillCustomerDatabase(
  url: string,
  { rows = 120_000, readerRole = 'reader', readerPassword = 'reader-password' }: FillCustomerDatabaseOptions = {},
): Promise<CustomerDatabase> {
  if (!Number.isInteger(rows) || rows < 100) throw new RangeError(`rows must be a whole number from 100, not ${rows}.`)
  const client = await connectMaking(url)
  try {
    const filled = !(await isFilled(client))
    if (filled) await fill(client, rows)
    await grantReader(client, readerRole, readerPassword)
    return { filled, rows: await countRows(client), readerUrl: withLogin(url, readerRole, readerPassword) }
  } finally {
    await client.end()
  }
}

async function isFilled(client: Client): Promise<boolean> {
  const { rows } = await client.query<{ found: boolean; comment: string | null }>(
    `SELECT to_regclass('public.customers') IS NOT NULL AS found,
      obj_description(to_regclass('public.customers'), 'pg_class') AS comment`,
  )
  if (!rows[0]?.found) return false
  if (rows[0].comment === mark) return true
  throw new Error('This database has a table customers that is not the sandbox shop’s. Name an empty database.')
}

async function fill(client: Client, total: number): Promise<void> {
  await inTransaction(client, async () => {
    await client.query("SET LOCAL TimeZone = 'UTC'")
    await client.query(createTables)
    await client.query(createHelpers)
    for (const statement of insertStatements(shareOut(total))) await client.query(statement)
    await client.query(createIndexesAndReferences)
    await client.query(`COMMENT ON TABLE customers IS '${mark}'`)
  })
  await client.query('ANALYZE')
}

async function countRows(client: Client): Promise<RowCounts> {
  const counts = customerTables.map((table) => `(SELECT count(*)::int FROM "${table}") AS "${table}"`)
  const { rows } = await client.query<RowCounts>(`SELECT ${counts.join(', ')}`)
  return rows[0] as RowCounts
}

function withLogin(url: string, role: string, password: string): string {
  const login = new URL(url)
  login.username = encodeURIComponent(role)
  login.password = encodeURIComponent(password)
  return login.href
}
