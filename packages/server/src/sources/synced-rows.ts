// Rows a stream has already brought, from the tenant's own schema.
import pg from 'pg'
import type { ReadyTenant, Services } from '../services.js'
import { listConnectionsOf } from '../store/connections.js'
import type { SourceRow } from '../store/sources.js'
import { findTenant } from '../store/tenants.js'

/** A table's name as the loader makes it, but for names too long for Postgres. */
export const toTableName = (prefix: string, stream: string) => `${prefix}${stream}`.replace(/[^A-Za-z0-9_]/g, '_')

/** The newest rows of a stream, without the loader's own columns; none where it was never synced. */
export async function readSyncedRows(
  { db, warehouse, tenants }: Services,
  tenant: ReadyTenant,
  source: SourceRow,
  stream: string,
  limit: number,
): Promise<Record<string, unknown>[]> {
  const connections = await listConnectionsOf(db, source.source_id)
  const row = connections.length > 0 ? await findTenant(db, tenant.tenantId) : undefined
  if (!row) return []
  const read = (sql: string, values: readonly unknown[]) =>
    warehouse.readAs(tenant.slug, tenants.appPasswordOf(row), sql, values)
  const names = connections.map(({ table_prefix }) => toTableName(table_prefix, stream))
  const [found] = await read('SELECT tablename FROM pg_tables WHERE schemaname = $1 AND tablename = ANY($2) LIMIT 1', [
    tenant.slug,
    names,
  ])
  if (typeof found?.tablename !== 'string') return []
  const table = `${pg.escapeIdentifier(tenant.slug)}.${pg.escapeIdentifier(found.tablename)}`
  const rows = await read(`SELECT to_jsonb(t) AS record FROM ${table} t ORDER BY _airbyte_extracted_at DESC LIMIT $1`, [
    limit,
  ])
  return rows.map(({ record }) => withoutOwnColumns(record as Record<string, unknown>))
}

/** A row without what the loader adds to each. */
export const withoutOwnColumns = (record: Record<string, unknown>) =>
  Object.fromEntries(Object.entries(record).filter(([name]) => !name.startsWith('_airbyte_')))
