import type { Db } from './database.js'

export interface ConnectionRow {
  connection_id: string
  tenant_id: string
  source_id: string
  source_type: string
  op_id: string
  name: string
  table_prefix: string
  created_at: Date
}

const select = `SELECT c.*, s.source_type FROM opsai.connections c JOIN opsai.sources s USING (source_id)`

export async function addConnection(
  db: Db,
  connection: Omit<ConnectionRow, 'created_at' | 'source_type'>,
): Promise<void> {
  await db.rows(
    `INSERT INTO opsai.connections (connection_id, tenant_id, source_id, op_id, name, table_prefix)
     VALUES ($1, $2, $3, $4, $5, $6) ON CONFLICT DO NOTHING`,
    [
      connection.connection_id,
      connection.tenant_id,
      connection.source_id,
      connection.op_id,
      connection.name,
      connection.table_prefix,
    ],
  )
}

export async function findConnection(
  db: Db,
  tenantId: string,
  connectionId: string,
): Promise<ConnectionRow | undefined> {
  const [row] = await db.rows<ConnectionRow>(`${select} WHERE c.tenant_id = $1 AND c.connection_id = $2`, [
    tenantId,
    connectionId,
  ])
  return row
}

export const listConnections = (db: Db, tenantId: string): Promise<ConnectionRow[]> =>
  db.rows<ConnectionRow>(`${select} WHERE c.tenant_id = $1 ORDER BY c.created_at, c.connection_id`, [tenantId])

export const listConnectionsOf = (db: Db, sourceId: string): Promise<ConnectionRow[]> =>
  db.rows<ConnectionRow>(`${select} WHERE c.source_id = $1 ORDER BY c.created_at, c.connection_id`, [sourceId])

export async function renameConnection(db: Db, connectionId: string, name: string): Promise<void> {
  await db.rows('UPDATE opsai.connections SET name = $2 WHERE connection_id = $1', [connectionId, name])
}

/** Gives the prefix back too: the next connection of this kind may go on with the same tables. */
export async function removeConnection(db: Db, connectionId: string): Promise<void> {
  await db.rows(
    `WITH gone AS (DELETE FROM opsai.connections WHERE connection_id = $1 RETURNING op_id)
     DELETE FROM opsai.table_prefixes WHERE op_id IN (SELECT op_id FROM gone)`,
    [connectionId],
  )
}

/** `stripe_`, or `stripe_2_` where the tenant has one using it: no two connections ever write the same table. */
export async function reserveTablePrefix(db: Db, tenantId: string, stem: string, opId: string): Promise<string> {
  for (let number = 1; ; number += 1) {
    const prefix = number === 1 ? `${stem}_` : `${stem}_${number}_`
    await db.rows(
      `INSERT INTO opsai.table_prefixes (tenant_id, table_prefix, op_id) VALUES ($1, $2, $3) ON CONFLICT DO NOTHING`,
      [tenantId, prefix, opId],
    )
    const [mine] = await db.rows<{ table_prefix: string }>(
      'SELECT table_prefix FROM opsai.table_prefixes WHERE op_id = $1',
      [opId],
    )
    if (mine) return mine.table_prefix
  }
}

export async function releaseTablePrefix(db: Db, opId: string): Promise<void> {
  await db.rows('DELETE FROM opsai.table_prefixes WHERE op_id = $1', [opId])
}

/** Whose connection this is, where nobody has said yet. */
export async function findTenantOfConnection(db: Db, connectionId: string): Promise<string | undefined> {
  const [row] = await db.rows<{ tenant_id: string }>(
    'SELECT tenant_id FROM opsai.connections WHERE connection_id = $1',
    [connectionId],
  )
  return row?.tenant_id
}
