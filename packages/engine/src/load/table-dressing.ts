// What people and the database said about a table, as statements that say it again about the one in its place.
import type { Client } from 'pg'
import type { TableName } from './layout.js'
import { quoteTable } from './layout.js'

/** Grants of the old table, and none that the finished one got from the schema it was made in. */
const grants = `
  WITH held AS (
    SELECT c.oid, CASE acl.grantee WHEN 0 THEN 'PUBLIC' ELSE acl.grantee::regrole::text END AS grantee,
      acl.privilege_type AS privilege, CASE WHEN acl.is_grantable THEN ' WITH GRANT OPTION' ELSE '' END AS option
    FROM pg_class c, aclexplode(c.relacl) acl WHERE acl.grantee <> c.relowner)
  SELECT 1 AS step, format('REVOKE ALL ON %s FROM %s', $1::text, grantee) AS sql FROM held WHERE oid = $2::regclass
  UNION
  SELECT 2, format('GRANT %s ON %s TO %s%s', privilege, $1::text, grantee, option) FROM held WHERE oid = $1::regclass
  ORDER BY step`

const comments = `
  SELECT format('COMMENT ON TABLE %s IS %L', $1::text, description) AS sql
  FROM pg_description WHERE classoid = 'pg_class'::regclass AND objoid = $1::regclass AND objsubid = 0
  UNION ALL
  SELECT format('COMMENT ON COLUMN %s.%I IS %L', $1::text, kept.attname, d.description)
  FROM pg_description d
  JOIN pg_attribute said ON said.attrelid = d.objoid AND said.attnum = d.objsubid AND d.objsubid > 0
  JOIN pg_attribute kept ON kept.attrelid = $2::regclass AND kept.attname = said.attname AND NOT kept.attisdropped
  WHERE d.classoid = 'pg_class'::regclass AND d.objoid = $1::regclass`

/** An event trigger of the database may have put a policy of the same name on the table already. */
const policies = `
  SELECT format('DROP POLICY IF EXISTS %1$I ON %2$s; CREATE POLICY %1$I ON %2$s AS %3$s FOR %4$s TO %5$s', polname, $1::text,
      CASE WHEN polpermissive THEN 'PERMISSIVE' ELSE 'RESTRICTIVE' END,
      CASE polcmd WHEN 'r' THEN 'SELECT' WHEN 'a' THEN 'INSERT' WHEN 'w' THEN 'UPDATE' WHEN 'd' THEN 'DELETE' ELSE 'ALL' END,
      (SELECT string_agg(CASE role WHEN 0 THEN 'PUBLIC' ELSE role::regrole::text END, ', ') FROM unnest(polroles) role))
    || coalesce(' USING (' || pg_get_expr(polqual, polrelid) || ')', '')
    || coalesce(' WITH CHECK (' || pg_get_expr(polwithcheck, polrelid) || ')', '') AS sql
  FROM pg_policy WHERE polrelid = $1::regclass AND $2::text IS NOT NULL`

const rowSecurity = `
  SELECT format('ALTER TABLE %s %s ROW LEVEL SECURITY', $1::text, word) AS sql
  FROM pg_class, unnest(ARRAY[CASE WHEN relrowsecurity THEN 'ENABLE' END, CASE WHEN relforcerowsecurity THEN 'FORCE' END]) word
  WHERE oid = $1::regclass AND word IS NOT NULL AND $2::text IS NOT NULL`

/** The statements that give a table's grants, comments and row security to the finished one, once that has its name. */
export async function describeDressing(client: Client, table: TableName, finished: TableName): Promise<string[]> {
  const statements: string[] = []
  for (const query of [grants, comments, policies, rowSecurity]) {
    const { rows } = await client.query<{ sql: string }>(query, [quoteTable(table), quoteTable(finished)])
    statements.push(...rows.map(({ sql }) => sql))
  }
  return statements
}
