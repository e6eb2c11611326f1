// What a role can read, from Postgres' own tables.
import type { Client } from 'pg'
import type { TableColumn } from './column-kind.js'

export interface Table {
  schema: string
  name: string
  columns: TableColumn[]
  /** In the key's order; empty for views and tables without one. */
  primaryKey: string[]
}

interface TableRow {
  schema: string
  name: string
  primary_key: string[] | null
  columns: {
    name: string
    type_name: string
    type_kind: string
    element_type: string | null
    element_kind: string | null
    sql_type: string
    nullable: boolean
  }[]
}

/** Tables, views, materialised views, partitioned and foreign tables; partitions come with their table. */
const tablesSql = `
SELECT n.nspname AS schema, c.relname AS name,
  (SELECT json_agg(a.attname ORDER BY array_position(i.indkey::int2[], a.attnum))
   FROM pg_index i JOIN pg_attribute a ON a.attrelid = c.oid AND a.attnum = ANY (i.indkey)
   WHERE i.indrelid = c.oid AND i.indisprimary) AS primary_key,
  json_agg(json_build_object(
    'name', a.attname,
    'type_name', b.typname,
    'type_kind', b.typtype,
    'element_type', CASE WHEN b.typcategory = 'A' THEN e.typname END,
    'element_kind', CASE WHEN b.typcategory = 'A' THEN e.typtype END,
    'sql_type', format_type(b.oid, -1),
    'nullable', NOT a.attnotnull) ORDER BY a.attnum) AS columns
FROM pg_class c
JOIN pg_namespace n ON n.oid = c.relnamespace
JOIN pg_attribute a ON a.attrelid = c.oid AND a.attnum > 0 AND NOT a.attisdropped
CROSS JOIN LATERAL (
  WITH RECURSIVE below AS (
    SELECT t.* FROM pg_type t WHERE t.oid = a.atttypid
    UNION ALL SELECT t.* FROM pg_type t JOIN below ON t.oid = below.typbasetype AND below.typtype = 'd')
  SELECT * FROM below WHERE typtype <> 'd' LIMIT 1) b
LEFT JOIN pg_type e ON e.oid = b.typelem AND b.typelem <> 0
WHERE c.relkind IN ('r', 'v', 'm', 'p', 'f') AND NOT c.relispartition
  AND n.nspname = ANY ($1) AND ($2::text IS NULL OR c.relname = $2)
  AND has_schema_privilege(n.oid, 'USAGE') AND has_column_privilege(c.oid, a.attnum, 'SELECT')
GROUP BY n.nspname, c.relname, c.oid
ORDER BY n.nspname, c.relname`

/** Tables of these schemas that the role may read, or the one named. */
export async function readTables(client: Client, schemas: string[], name?: string): Promise<Table[]> {
  const { rows } = await client.query<TableRow>(tablesSql, [schemas, name ?? null])
  return rows.map(toTable)
}

function toTable(row: TableRow): Table {
  const columns = row.columns.map((column) => ({
    name: column.name,
    typeName: column.type_name,
    typeKind: column.type_kind,
    elementType: column.element_type,
    elementKind: column.element_kind,
    sqlType: column.sql_type,
    nullable: column.nullable,
  }))
  const readable = new Set(columns.map((column) => column.name))
  const primaryKey = row.primary_key ?? []
  return {
    schema: row.schema,
    name: row.name,
    columns,
    primaryKey: primaryKey.every((column) => readable.has(column)) ? primaryKey : [],
  }
}

/** Schemas that are not there or that the role may not use. */
export async function findUnusableSchemas(
  client: Client,
  schemas: string[],
): Promise<{ missing: string[]; denied: string[] }> {
  const { rows } = await client.query<{ name: string; usable: boolean }>(
    `SELECT nspname AS name, has_schema_privilege(oid, 'USAGE') AS usable FROM pg_namespace WHERE nspname = ANY ($1)`,
    [schemas],
  )
  const found = new Map(rows.map((row) => [row.name, row.usable]))
  return {
    missing: schemas.filter((schema) => !found.has(schema)),
    denied: schemas.filter((schema) => found.get(schema) === false),
  }
}
