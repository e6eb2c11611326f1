// The one way to the database: as the role of the .env, which may only read, in transactions that may only read, with a
// limit on connections and on time.
import 'server-only'
import pg from 'pg'
import { parseSettings } from './env'
import { parseExactJson } from './exact-json'
import type { Sql } from './sql'
import type { Json, Row } from './stream'

/** The role may have 8: two of this app fit, as while one is replaced by the next. */
const CONNECTIONS = 4

const begin = `BEGIN TRANSACTION ISOLATION LEVEL REPEATABLE READ READ ONLY;
SET LOCAL statement_timeout = '3s'; SET LOCAL lock_timeout = '2s'; SET LOCAL idle_in_transaction_session_timeout = '10s';
SET LOCAL TimeZone = 'UTC'; SET LOCAL DateStyle = 'ISO'; SET LOCAL IntervalStyle = 'iso_8601'`

export interface Reader {
  /** Where the tenant's tables are. */
  schema: string
  query(sql: Sql): Promise<Row[]>
}

/** Everything as Postgres writes it, but for yes or no and documents: a number or date would lose digits. */
const types = {
  getTypeParser: (oid: number) => {
    if (oid === pg.types.builtins.BOOL) return (text: string): Json => text === 't'
    if (oid === pg.types.builtins.JSON || oid === pg.types.builtins.JSONB) return parseExactJson
    return (text: string): Json => text
  },
} as pg.CustomTypesConfig

/** A row without a prototype: a column may be called `__proto__`. */
function toRow(names: readonly string[], values: readonly Json[]): Row {
  const row = Object.create(null) as Record<string, Json>
  names.forEach((name, index) => (row[name] = values[index] ?? null))
  return row
}

const kept = globalThis as { tenantPool?: pg.Pool }

function openPool(): pg.Pool {
  if (kept.tenantPool) return kept.tenantPool
  const pool = new pg.Pool({
    connectionString: parseSettings(process.env).databaseUrl,
    max: CONNECTIONS,
    connectionTimeoutMillis: 5_000,
    idleTimeoutMillis: 10_000,
    query_timeout: 8_000,
    application_name: 'tenant-app',
    allowExitOnIdle: true,
  })
  // A connection that ends while nobody uses it is the pool's affair; the next one is opened when it is needed.
  pool.on('error', () => {})
  return (kept.tenantPool = pool)
}

/**
 * Reads in one transaction, so that all of it is of one moment.
 *
 * @example
 * const rows = await read(({ schema, query }) => query({ text: `SELECT * FROM ${quoteTable(schema, 'deals')}`, values: [] }))
 */
export async function read<T>(work: (reader: Reader) => Promise<T>): Promise<T> {
  const { schema } = parseSettings(process.env)
  const client = await openPool().connect()
  let failed: Error | undefined
  try {
    await client.query(begin)
    const result = await work({ schema, query: (sql) => run(client, sql) })
    await client.query('COMMIT')
    return result
  } catch (error) {
    failed = error instanceof Error ? error : new Error('A read failed.')
    throw error
  } finally {
    // Whatever went wrong may have left the connection anywhere: it is closed.
    client.release(failed)
  }
}

async function run(client: pg.PoolClient, { text, values }: Sql): Promise<Row[]> {
  const { fields, rows } = await client.query<Json[]>({ text, values: [...values], rowMode: 'array', types })
  const names = fields.map(({ name }) => name)
  return rows.map((row) => toRow(names, row))
}

/** Closes what is open; the next read opens it again. */
export async function closePool(): Promise<void> {
  const pool = kept.tenantPool
  kept.tenantPool = undefined
  await pool?.end()
}
