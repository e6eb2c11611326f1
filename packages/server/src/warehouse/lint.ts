// Looks whether tenants are kept apart as they should be: in the tests, in `opsai tenants show` and in `opsai doctor`.
import type { Db } from '../store/database.js'
import { lintRules } from './lint-sql.js'

/** One thing that is not as it should be. */
export interface IsolationFault {
  /** Which rule: `row_security`, `policy`, `member` … */
  rule: string
  /** The tenant's schema; none where it is the database's own. */
  slug?: string
  /** A sentence without its full stop. No row and no customer's name is in it. */
  what: string
}

/**
 * Everything in this database that would let a tenant reach more than its own, or be reached.
 *
 * @param slug only what is this tenant's
 */
export async function lintIsolation(db: Db, slug?: string): Promise<IsolationFault[]> {
  const faults: IsolationFault[] = []
  for (const { rule, sql, says } of lintRules) {
    const rows = await db.rows<{ slug: string | null; object: string }>(
      `SELECT * FROM (${sql}) AS found WHERE $1::text IS NULL OR slug = $1 LIMIT 50`,
      [slug ?? null],
    )
    faults.push(...rows.map((row) => ({ rule, ...(row.slug && { slug: row.slug }), what: `${row.object} ${says}` })))
  }
  return faults
}
