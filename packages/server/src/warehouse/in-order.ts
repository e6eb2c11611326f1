import type { Database } from '../store/database.js'
import { takeTurn } from './guard-sql.js'

/**
 * One role or schema at a time over all processes: Postgres answers concurrent changes of its catalogues with errors. In this
 * process they wait in memory, so that a hundred tenants at once hold one connection and not all of them.
 */
export async function inOrder(admin: Database, statements: readonly string[]): Promise<void> {
  const before = queues.get(admin) ?? Promise.resolve()
  const turn = before.then(() =>
    admin.transaction(async (db) => {
      await db.rows(takeTurn)
      await db.rows(statements.join(';\n'))
    }),
  )
  queues.set(
    admin,
    turn.catch(() => {}),
  )
  await turn
}

const queues = new WeakMap<Database, Promise<void>>()
