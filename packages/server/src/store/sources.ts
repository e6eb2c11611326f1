import type { Source } from '@opsai/contract'
import type { Db } from './database.js'

export interface SourceRow {
  source_id: string
  tenant_id: string
  op_id: string
  source_type: string
  definition_id: string
  name: string
  check_status: Source['checkStatus']
  authorized_by: Source['authorization']
  created_at: Date
  updated_at: Date
}

export type NewSourceRow = Pick<
  SourceRow,
  'source_id' | 'tenant_id' | 'op_id' | 'source_type' | 'definition_id' | 'name' | 'authorized_by'
>

export async function addSource(db: Db, source: NewSourceRow): Promise<void> {
  await db.rows(
    `INSERT INTO opsai.sources (source_id, tenant_id, op_id, source_type, definition_id, name, authorized_by)
     VALUES ($1, $2, $3, $4, $5, $6, $7) ON CONFLICT DO NOTHING`,
    [
      source.source_id,
      source.tenant_id,
      source.op_id,
      source.source_type,
      source.definition_id,
      source.name,
      source.authorized_by,
    ],
  )
}

export async function findSource(db: Db, tenantId: string, sourceId: string): Promise<SourceRow | undefined> {
  const [row] = await db.rows<SourceRow>('SELECT * FROM opsai.sources WHERE tenant_id = $1 AND source_id = $2', [
    tenantId,
    sourceId,
  ])
  return row
}

export const listSources = (db: Db, tenantId: string): Promise<SourceRow[]> =>
  db.rows<SourceRow>('SELECT * FROM opsai.sources WHERE tenant_id = $1 ORDER BY created_at, source_id', [tenantId])

export async function setSource(
  db: Db,
  sourceId: string,
  change: {
    name?: string
    checkStatus?: SourceRow['check_status']
    authorizedBy?: SourceRow['authorized_by']
  },
): Promise<void> {
  await db.rows(
    `UPDATE opsai.sources SET name = coalesce($2, name), check_status = coalesce($3, check_status),
       authorized_by = coalesce($4, authorized_by), updated_at = now()
     WHERE source_id = $1`,
    [sourceId, change.name, change.checkStatus, change.authorizedBy],
  )
}

export async function removeSource(db: Db, sourceId: string): Promise<void> {
  await db.rows('DELETE FROM opsai.sources WHERE source_id = $1', [sourceId])
}
