import type { Db } from './database.js'

/** A preview's own schema, role, destination and connection, as far as they are known to exist. */
export interface ScratchRow {
  op_id: string
  tenant_id: string
  slug: string
  workspace_id: string
  /** Also the name of the role that may write there. */
  schema_name: string
  destination_id: string | null
  connection_id: string | null
  created_at: Date
}

/** Writes the intent down before anything is made; nobody else touches it for `leaseMs`. */
export async function addScratch(
  db: Db,
  row: Omit<ScratchRow, 'destination_id' | 'connection_id' | 'created_at'>,
  leaseMs: number,
): Promise<void> {
  await db.rows(
    `INSERT INTO opsai.scratch (op_id, tenant_id, slug, workspace_id, schema_name, leased_until)
     VALUES ($1, $2, $3, $4, $5, now() + make_interval(secs => $6))`,
    [row.op_id, row.tenant_id, row.slug, row.workspace_id, row.schema_name, leaseMs / 1000],
  )
}

export async function setScratch(
  db: Db,
  opId: string,
  made: { destinationId?: string; connectionId?: string },
): Promise<void> {
  await db.rows(
    `UPDATE opsai.scratch SET destination_id = coalesce($2, destination_id), connection_id = coalesce($3, connection_id)
     WHERE op_id = $1`,
    [opId, made.destinationId, made.connectionId],
  )
}

export async function findScratch(db: Db, opId: string): Promise<ScratchRow | undefined> {
  const [row] = await db.rows<ScratchRow>('SELECT * FROM opsai.scratch WHERE op_id = $1', [opId])
  return row
}

/** Makes one that its maker has left ours for two minutes; no two processes ever get the same. */
export async function claimLeftScratch(db: Db): Promise<ScratchRow | undefined> {
  const [row] = await db.rows<ScratchRow>(
    `UPDATE opsai.scratch SET leased_until = now() + interval '2 minutes'
     WHERE op_id = (SELECT op_id FROM opsai.scratch WHERE leased_until <= now() ORDER BY leased_until
                    FOR UPDATE SKIP LOCKED LIMIT 1)
     RETURNING *`,
  )
  return row
}

/** Lets go of one that is still to be cleared: it is looked at again in a minute. */
export async function postponeScratch(db: Db, opId: string): Promise<void> {
  await db.rows(`UPDATE opsai.scratch SET leased_until = now() + interval '1 minute' WHERE op_id = $1`, [opId])
}

export async function removeScratch(db: Db, opId: string): Promise<void> {
  await db.rows('DELETE FROM opsai.scratch WHERE op_id = $1', [opId])
}
