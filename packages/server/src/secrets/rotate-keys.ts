// A new encryption key takes over without a stop: row by row, by any number of processes, and begun again where it was
// interrupted, for what is left to do is seen from the values themselves.
import pg from 'pg'
import type { Log } from '../log.js'
import type { Db } from '../store/database.js'
import type { Sealer } from './seal.js'
import { type SealedColumn, sealedColumns } from './sealed-columns.js'

const BATCH = 200

/** How many values are not under the newest key yet, by column. */
export async function countOldSeals(db: Db, sealer: Pick<Sealer, 'newest'>): Promise<Record<string, number>> {
  const counted: Record<string, number> = {}
  for (const each of sealedColumns) {
    const [row] = await db.rows<{ left: string }>(`SELECT count(*) AS left ${toOldRows(each)}`, [sealer.newest])
    if (Number(row?.left) > 0) counted[`${each.table}.${each.column}`] = Number(row?.left)
  }
  return counted
}

/**
 * Seals everything anew under the newest key. A value somebody changes meanwhile is left to them: it is under the newest
 * key by that, or met the next time.
 *
 * @returns how many values changed their key
 */
export async function rotateKeys({ db, sealer, log }: { db: Db; sealer: Sealer; log: Log }): Promise<number> {
  let rotated = 0
  for (const column of sealedColumns) rotated += await rotateColumn(db, sealer, column, log)
  if (rotated > 0) log.info('sealed anew under the newest key', { rotated })
  return rotated
}

async function rotateColumn(db: Db, sealer: Sealer, column: SealedColumn, log: Log): Promise<number> {
  const name = pg.escapeIdentifier(column.column)
  const columns = [...column.key, ...(column.reads ?? [])].map(pg.escapeIdentifier).join(', ')
  const order = column.key.map(pg.escapeIdentifier).join(', ')
  let rotated = 0
  let failed = 0
  for (;;) {
    const rows = await db.rows<Record<string, unknown> & { sealed: Buffer }>(
      `SELECT ${columns}, ${name} AS sealed ${toOldRows(column)} ORDER BY ${order} LIMIT ${BATCH} OFFSET ${failed}`,
      [sealer.newest],
    )
    for (const row of rows) {
      const done = await rotateRow(db, sealer, column, row).catch((error: unknown) => {
        log.error('a sealed value can not be opened', { column: `${column.table}.${column.column}`, error })
        return undefined
      })
      if (done === undefined) failed += 1
      else rotated += done
    }
    if (rows.length < BATCH) return rotated
  }
}

async function rotateRow(
  db: Db,
  sealer: Sealer,
  { table, column, key, place }: SealedColumn,
  row: Record<string, unknown> & { sealed: Buffer },
): Promise<number> {
  const anew = sealer.rewrap(row.sealed, place(row))
  if (!anew) return 0
  const name = pg.escapeIdentifier(column)
  const where = key.map((each, index) => `${pg.escapeIdentifier(each)} = $${index + 3}`).join(' AND ')
  const changed = await db.rows(
    `UPDATE opsai.${pg.escapeIdentifier(table)} SET ${name} = $1 WHERE ${name} = $2 AND ${where} RETURNING 1`,
    [anew, row.sealed, ...key.map((each) => row[each])],
  )
  return changed.length
}

const toOldRows = ({ table, column }: SealedColumn) => {
  const name = pg.escapeIdentifier(column)
  return `FROM opsai.${pg.escapeIdentifier(table)} WHERE ${name} IS NOT NULL AND substring(${name} FROM 1 FOR 9) <> $1`
}
