// The tables of a tenant's schema, read by the tenant's own role: what there is, not what was promised.
import pg from 'pg'
import { toColumnType } from '../columns/column-type.js'
import { ownColumns } from '../columns/landing-names.js'
import type { TableFacts } from '../match-streams.js'

const tables = `
SELECT c.relname AS "table",
  (SELECT json_agg(json_build_object('name', a.attname, 'type', format_type(a.atttypid, a.atttypmod)) ORDER BY a.attnum)
     FROM pg_attribute a WHERE a.attrelid = c.oid AND a.attnum > 0 AND NOT a.attisdropped) AS columns,
  coalesce((SELECT json_object_agg(left(i.relname, 7), (
      SELECT json_agg(a.attname ORDER BY k.place) FROM unnest(x.indkey::int2[]) WITH ORDINALITY AS k (attnum, place)
        JOIN pg_attribute a ON a.attrelid = x.indrelid AND a.attnum = k.attnum))
    FROM pg_index x JOIN pg_class i ON i.oid = x.indexrelid
   WHERE x.indrelid = c.oid AND x.indisvalid AND left(i.relname, 7) IN ('idx_pk_', 'idx_cur')), '{}') AS indexes
  FROM pg_class c JOIN pg_namespace n ON n.oid = c.relnamespace
 WHERE n.nspname = $1 AND c.relkind IN ('r', 'p') AND has_table_privilege(c.oid, 'SELECT')
 ORDER BY c.relname COLLATE "C"`

interface TableRow {
  table: string
  columns: { name: string; type: string }[]
  /** By what their names begin with, as destination-postgres calls them. */
  indexes: { idx_pk_?: string[]; idx_cur?: string[] }
}

/** Runs one statement as the tenant's own read role. */
export type ReadAsTenant = (sql: string, values: readonly unknown[]) => Promise<readonly object[]>

/**
 * Every table a sync has made that the login of a tenant's `.env` may read.
 *
 * @param databaseUrl the tenant's `DATABASE_URL`
 * @param schema its `DATABASE_SCHEMA`
 */
export async function readTables(databaseUrl: string, schema: string): Promise<TableFacts[]> {
  const client = new pg.Client({
    connectionString: databaseUrl,
    connectionTimeoutMillis: 10_000,
    query_timeout: 30_000,
  })
  client.on('error', () => {})
  await client.connect()
  try {
    await client.query('SET default_transaction_read_only = on')
    return await readTablesBy(async (sql, values) => (await client.query<TableRow>(sql, [...values])).rows, schema)
  } finally {
    await client.end()
  }
}

/** The same for whoever has a way of their own to read as the tenant. */
export const readTablesBy = async (read: ReadAsTenant, schema: string): Promise<TableFacts[]> =>
  ((await read(tables, [schema])) as readonly TableRow[]).filter(isSynced).map(toFacts)

const isSynced = ({ columns }: TableRow) => {
  const names = new Set((columns ?? []).map(({ name }) => name))
  return ownColumns.every((name) => names.has(name))
}

function toFacts({ table, columns, indexes }: TableRow): TableFacts {
  const [cursor] = indexes.idx_cur ?? []
  return {
    table,
    columns: columns
      .filter(({ name }) => !ownColumns.includes(name))
      .map(({ name, type }) => ({ name, type: toColumnType(type) })),
    primaryKey: indexes.idx_pk_ ?? [],
    ...(cursor !== undefined && { cursor }),
  }
}
