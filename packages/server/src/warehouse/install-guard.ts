// What keeps tenants' tables apart, put into the database and onto the tables that are there.
import type { Log } from '../log.js'
import type { Database } from '../store/database.js'
import {
  closeDatabase,
  guardFunctions,
  guardTrigger,
  LOADER,
  makeTurn,
  revokeAdvisoryLocks,
  revokeLargeObjects,
} from './guard-sql.js'
import { inOrder } from './in-order.js'
import { makeGroup } from './tenant-sql.js'

/** What needs a superuser is tried and, where refused, said: the rest of the isolation holds without it. */
export async function installGuard(admin: Database, log: Log): Promise<void> {
  await admin.rows(makeTurn)
  await inOrder(admin, [...guardFunctions, makeGroup(LOADER)])
  const attempt = (what: string, statements: readonly string[]) =>
    inOrder(admin, statements).catch((error: unknown) => log.warn(`the warehouse role may not ${what}`, { error }))
  await attempt('take large objects from everybody', [revokeLargeObjects])
  await attempt('take advisory locks from everybody', [revokeAdvisoryLocks])
  await attempt('close the database to roles that are not named', [closeDatabase])
  await attempt('create event triggers, so tables are guarded after each sync', guardTrigger)
}

/** Waits for no sync: it holds its table until it ends. */
export async function protect(admin: Database, schema: string): Promise<void> {
  await admin.transaction(async (db) => {
    await db.rows(`SET LOCAL lock_timeout = '5s'`)
    await db.rows('SELECT opsai_guard.protect_schema($1)', [schema])
  })
}
