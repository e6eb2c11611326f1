import pg from 'pg'

/** What the store's SQL runs on: the pool, or the one connection of a transaction. */
export interface Db {
  /** Rows of one statement. */
  rows<T extends object>(sql: string, values?: readonly unknown[]): Promise<T[]>
  /** Runs `work` in one transaction; it is undone where `work` throws. */
  transaction<T>(work: (db: Db) => Promise<T>): Promise<T>
}

export interface Database extends Db {
  close(): Promise<void>
}

const toDb = (
  query: (sql: string, values: unknown[]) => Promise<{ rows: unknown[] }>,
  transaction: Db['transaction'],
): Db => ({
  rows: async <T extends object>(sql: string, values: readonly unknown[] = []) =>
    (await query(sql, [...values])).rows as T[],
  transaction,
})

/** A pool that survives connections ended under it: the next statement opens another. */
export function createDatabase(url: string, onIdleError: (error: Error) => void, max = 10): Database {
  const pool = new pg.Pool({ connectionString: url, max, connectionTimeoutMillis: 10_000, application_name: 'opsai' })
  pool.on('error', onIdleError)
  const transaction: Db['transaction'] = async (work) => {
    const client = await pool.connect()
    const inside: Db = toDb(
      (sql, values) => client.query(sql, values),
      (nested) => nested(inside),
    )
    let broken: Error | undefined
    try {
      await client.query('BEGIN')
      const result = await work(inside)
      await client.query('COMMIT')
      return result
    } catch (error) {
      await client.query('ROLLBACK').catch((failure: Error) => (broken = failure))
      throw error
    } finally {
      client.release(broken)
    }
  }
  const db = toDb((sql, values) => pool.query(sql, values), transaction)
  return { ...db, close: () => pool.end() }
}
