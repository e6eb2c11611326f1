// The engine's own Postgres: a pool, transactions, and numbers as numbers.
import { Pool, types, type PoolClient, type QueryResultRow } from 'pg'

export type Database = Pool
/** A pool or one of its clients inside a transaction. */
export type Queryable = Pick<PoolClient, 'query'>

const int8 = 20

/** Opens a pool. bigint comes back as number: the engine's counters stay below 2^53. */
export function openDatabase(databaseUrl: string, onError: (error: Error) => void): Database {
  const pool = new Pool({
    connectionString: databaseUrl,
    max: 10,
    application_name: 'airbyte-engine',
    keepAlive: true,
    types: {
      getTypeParser: (oid: number, format?: 'text' | 'binary') =>
        oid === int8 ? Number : types.getTypeParser(oid, format ?? 'text'),
    },
  })
  pool.on('error', onError)
  return pool
}

/** Runs `work` in a transaction; whatever it throws rolls back. */
export async function inTransaction<T>(database: Database, work: (tx: Queryable) => Promise<T>): Promise<T> {
  const client = await database.connect()
  try {
    await client.query('BEGIN')
    const result = await work(client)
    await client.query('COMMIT')
    return result
  } catch (error) {
    await client.query('ROLLBACK').catch(() => undefined)
    throw error
  } finally {
    client.release()
  }
}

/** The first row, if there is one. */
export async function queryOne<R extends QueryResultRow>(
  db: Queryable,
  sql: string,
  values: unknown[] = [],
): Promise<R | undefined> {
  const { rows } = await db.query<R>(sql, values)
  return rows[0]
}
