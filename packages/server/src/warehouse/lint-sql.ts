// What keeps tenants apart, as questions to Postgres' own catalogues. Each answers what is not as it should be: nothing.
import { slugPattern } from '../tenants/names.js'

const anySchema = slugPattern.replace('$', '(_raw)?$')
const anyRole = slugPattern.replace('$', '_(sync|app)$')
/** The schema a name belongs to: `t_…_raw` and `t_…_app` → `t_…`. */
const slugOf = (name: string) => `left(${name}, 18)`
/** Who may have made what is shared: the proxy's own role, and superusers. */
const isOurs = (role: string) =>
  `(${role} IN (SELECT nspowner FROM pg_namespace WHERE nspname = 'opsai_guard') OR EXISTS (SELECT FROM pg_roles s WHERE s.oid = ${role} AND s.rolsuper))`
const nameOf = (role: string) => `CASE ${role} WHEN 0 THEN 'PUBLIC' ELSE pg_get_userbyid(${role})::text END`

export interface LintRule {
  rule: string
  /** Rows of `slug` (null: the whole database's) and `object`. */
  sql: string
  /** What it means that there is one; the object stands before it. */
  says: string
}

const tables = `pg_class c JOIN pg_namespace n ON n.oid = c.relnamespace AND n.nspname ~ '${slugPattern}' AND c.relkind IN ('r', 'p')`
const table = `format('%I.%I', n.nspname, c.relname)`

const expected = (field: 'qual' | 'withcheck') =>
  field === 'qual'
    ? `format('(SESSION_USER = ANY (ARRAY[%L::name, %L::name]))', n.nspname || '_sync', n.nspname || '_app')`
    : `format('(SESSION_USER = %L::name)', n.nspname || '_sync')`

export const lintRules: readonly LintRule[] = [
  {
    rule: 'row_security',
    sql: `SELECT n.nspname AS slug, ${table} AS object FROM ${tables}
           WHERE NOT c.relrowsecurity OR (opsai_guard.forces() AND NOT c.relforcerowsecurity)`,
    says: 'has no row security, or none that binds its owner',
  },
  {
    rule: 'policy',
    sql: `SELECT n.nspname AS slug, ${table} AS object FROM ${tables}
           WHERE NOT EXISTS (SELECT FROM pg_policy p WHERE p.polrelid = c.oid AND p.polname = 'tenant_only' AND p.polcmd = '*'
                 AND p.polpermissive AND pg_get_expr(p.polqual, c.oid) = ${expected('qual')}
                 AND pg_get_expr(p.polwithcheck, c.oid) = ${expected('withcheck')})
              OR EXISTS (SELECT FROM pg_policy p WHERE p.polrelid = c.oid AND p.polname <> 'tenant_only' AND p.polpermissive)`,
    says: 'has not the one policy by session_user, with its check, or another one beside it',
  },
  {
    rule: 'owner',
    sql: `SELECT ${slugOf('n.nspname')} AS slug, ${table} AS object FROM pg_class c JOIN pg_namespace n ON n.oid = c.relnamespace
           WHERE n.nspname ~ '${anySchema}' AND c.relkind IN ('r', 'p', 'v', 'm', 'S', 'f')
             AND pg_get_userbyid(c.relowner) <> ${slugOf('n.nspname')} || '_sync'`,
    says: "does not belong to the tenant's sync role",
  },
  {
    rule: 'schema_owner',
    sql: `SELECT ${slugOf('nspname')} AS slug, nspname AS object FROM pg_namespace
           WHERE nspname ~ '${anySchema}' AND NOT ${isOurs('nspowner')}`,
    says: "belongs to another role than the proxy's",
  },
  {
    rule: 'role',
    sql: `SELECT ${slugOf('rolname')} AS slug, rolname AS object FROM pg_roles WHERE rolname ~ '${anyRole}'
           AND (rolsuper OR rolbypassrls OR rolcreatedb OR rolcreaterole OR rolreplication OR rolconnlimit NOT BETWEEN 0 AND 64
             OR NOT coalesce(EXISTS (SELECT FROM unnest(rolconfig) AS each WHERE each LIKE 'statement_timeout=%'), false))
           AND EXISTS (SELECT FROM pg_namespace WHERE nspname = ${slugOf('rolname')})`,
    says: 'has an attribute too many, or no limit on connections or on the time a statement takes',
  },
  {
    rule: 'member',
    sql: `SELECT ${slugOf('CASE WHEN r.rolname ~ ' + `'${anyRole}'` + ' THEN r.rolname ELSE m.rolname END')} AS slug,
             format('%s, a member of %s,', m.rolname, r.rolname) AS object
           FROM pg_auth_members a JOIN pg_roles r ON r.oid = a.roleid JOIN pg_roles m ON m.oid = a.member
           WHERE (r.rolname ~ '${anyRole}' AND NOT ${isOurs('m.oid')})
              OR (m.rolname ~ '${anyRole}' AND NOT (r.rolname = 'opsai_loader' AND m.rolname ~ '_sync$'))`,
    says: 'may be or do more than its own',
  },
  {
    rule: 'schema_grant',
    sql: `SELECT ${slugOf('n.nspname')} AS slug, format('%s of %s to %s', a.privilege_type, n.nspname, ${nameOf('a.grantee')}) AS object
           FROM pg_namespace n, aclexplode(n.nspacl) a WHERE n.nspname ~ '${anySchema}' AND a.grantee <> n.nspowner
             AND NOT (a.grantee <> 0 AND pg_get_userbyid(a.grantee) = ${slugOf('n.nspname')} || '_sync' AND NOT a.is_grantable)
             AND NOT (a.grantee <> 0 AND pg_get_userbyid(a.grantee) = n.nspname || '_app' AND a.privilege_type = 'USAGE' AND NOT a.is_grantable)`,
    says: 'is granted',
  },
  {
    rule: 'table_grant',
    sql: `SELECT ${slugOf('n.nspname')} AS slug, format('%s on %s to %s', a.privilege_type, ${table}, ${nameOf('a.grantee')}) AS object
           FROM pg_class c JOIN pg_namespace n ON n.oid = c.relnamespace,
             LATERAL (SELECT * FROM aclexplode(c.relacl)
                UNION ALL SELECT e.* FROM pg_attribute t, aclexplode(t.attacl) e WHERE t.attrelid = c.oid) a
           WHERE n.nspname ~ '${anySchema}' AND a.grantee <> c.relowner
             AND NOT (a.grantee <> 0 AND pg_get_userbyid(a.grantee) = n.nspname || '_app' AND a.privilege_type = 'SELECT' AND NOT a.is_grantable)`,
    says: 'is granted',
  },
  {
    rule: 'default_grant',
    sql: `SELECT r.slug, format('%s in future', r.slug || '_sync') AS object
           FROM (SELECT nspname AS slug, oid FROM pg_namespace WHERE nspname ~ '${slugPattern}') r
           WHERE NOT EXISTS (SELECT FROM pg_default_acl d, aclexplode(d.defaclacl) a WHERE d.defaclnamespace = r.oid
                   AND d.defaclobjtype = 'r' AND pg_get_userbyid(d.defaclrole) = r.slug || '_sync'
                   AND pg_get_userbyid(a.grantee) = r.slug || '_app' AND a.privilege_type = 'SELECT')
              OR EXISTS (SELECT FROM pg_default_acl d, aclexplode(d.defaclacl) a
                 WHERE pg_get_userbyid(d.defaclrole) = r.slug || '_sync' AND a.grantee <> d.defaclrole
                   AND NOT (a.grantee <> 0 AND d.defaclobjtype = 'r' AND a.privilege_type = 'SELECT'
                     AND pg_get_userbyid(a.grantee) = r.slug || '_app'))
              OR NOT EXISTS (SELECT FROM pg_default_acl d WHERE d.defaclnamespace = 0 AND d.defaclobjtype = 'f'
                   AND pg_get_userbyid(d.defaclrole) = r.slug || '_sync')`,
    says: "opens new tables to the tenant's app not at all, or to others, or new functions to everybody",
  },
  {
    rule: 'view',
    sql: `SELECT n.nspname AS slug, ${table} AS object FROM pg_class c JOIN pg_namespace n ON n.oid = c.relnamespace
           WHERE n.nspname ~ '${slugPattern}' AND c.relkind = 'v' AND current_setting('server_version_num')::int >= 150000
             AND NOT coalesce(c.reloptions && ARRAY['security_invoker=true', 'security_invoker=on'], false)`,
    says: 'is a view that reads with the rights of who made it',
  },
  {
    rule: 'definer',
    sql: `SELECT NULL AS slug, p.oid::regprocedure::text AS object FROM pg_proc p JOIN pg_namespace n ON n.oid = p.pronamespace
           WHERE p.prosecdef AND n.nspname !~ '^pg_|^information_schema$' AND has_function_privilege('public', p.oid, 'EXECUTE')
             AND has_schema_privilege('public', n.oid, 'USAGE')
             AND NOT coalesce(EXISTS (SELECT FROM unnest(p.proconfig) AS each WHERE each LIKE 'search_path=%'), false)`,
    says: "runs with its owner's rights for everybody, with a search path of theirs",
  },
  {
    rule: 'public_database',
    sql: `SELECT NULL AS slug, privilege AS object FROM unnest(ARRAY['CONNECT', 'TEMPORARY', 'CREATE']) AS privilege
           WHERE has_database_privilege('public', current_database(), privilege)`,
    says: "on the database is everybody's",
  },
  {
    rule: 'public_schema',
    sql: `SELECT NULL AS slug, format('CREATE on %I', nspname) AS object FROM pg_namespace
           WHERE nspname !~ '^pg_' AND has_schema_privilege('public', oid, 'CREATE')`,
    says: "is everybody's",
  },
  {
    rule: 'public_function',
    sql: `SELECT NULL AS slug, min(proname) || ' and ' || count(*) - 1 || ' more' AS object FROM pg_proc
           WHERE pronamespace = 'pg_catalog'::regnamespace AND has_function_privilege('public', oid, 'EXECUTE')
             AND proname ~ '^lo_|^lo(read|write)$|^be_lo_|^pg_(try_)?advisory_'
           GROUP BY proname ~ '^pg_' `,
    says: 'can be run by everybody: large objects and advisory locks are shared',
  },
]
