// What somebody might try on a tenant's things, and what is meant to become of it: who reads this reads the isolation.

/** The other tenant's logins, one of no tenant that may connect, the tenant's own, and the proxy's. */
export const identities = ['outsider', 'b_app', 'b_sync', 'a_app', 'a_sync', 'proxy'] as const
export type Identity = (typeof identities)[number]

/** `+` it works · `.` works and finds nothing · `-` refused · `~` shared by all, as the README says */
export type Cell = '+' | '.' | '-' | '~'

export type Attempt = readonly [what: string, sql: string, expected: string]

/** What is tried on tenant `a`'s things, `{own}` being whoever tries' own schema, and what becomes of it for each identity, in their order. */
export const toAttempts = (a: string, b: string): readonly Attempt[] => [
  ['select', `SELECT * FROM ${a}.deals`, '- - - + + +'],
  ['select from the raw schema', `SELECT * FROM ${a}_raw.records`, '- - - - + +'],
  ['insert', `INSERT INTO ${a}.deals VALUES (1000, 'x')`, '- - - - + +'],
  ['update', `UPDATE ${a}.deals SET secret = 'x' RETURNING id`, '- - - - + +'],
  ['delete', `DELETE FROM ${a}.deals RETURNING id`, '- - - - + +'],
  ['truncate', `TRUNCATE ${a}.deals`, '- - - - + +'],
  ['copy out', `COPY ${a}.deals TO STDOUT`, '- - - + + +'],
  ['copy a query out', `COPY (SELECT * FROM ${a}.deals) TO STDOUT`, '- - - + + +'],
  ['copy to a file', `COPY ${a}.deals TO '/dev/null'`, '- - - - - +'],
  ['copy to a program', `COPY ${a}.deals TO PROGRAM 'cat >/dev/null'`, '- - - - - +'],
  ['set role to its app', `SET ROLE ${a}_app`, '- - - + - +'],
  ['set role to its sync', `SET ROLE ${a}_sync`, '- - - - + +'],
  ['set session authorization', `SET SESSION AUTHORIZATION ${a}_app`, '- - - + - +'],
  ['set_config and read', `SELECT set_config('app.tenant', '${a}', true); SELECT * FROM ${a}.deals`, '- - - + + +'],
  ['search_path and read', `SET LOCAL search_path = ${a}; SELECT * FROM deals`, '- - - + + +'],
  ['row_security off and read', `SET LOCAL row_security = off; SELECT * FROM ${a}.deals`, '- - - - - +'],
  ['session_replication_role', `SET LOCAL session_replication_role = replica`, '- - - - - +'],
  ['a view of its', `SELECT * FROM ${a}.deals_view`, '- - - + + +'],
  ['a view over its table', `CREATE VIEW {own}.stolen AS SELECT * FROM ${a}.deals`, '- - - - + +'],
  ['a function of its', `SELECT ${a}.count_deals()`, '- - - - + +'],
  [
    'a function that reads it',
    `DO $$ DECLARE r record; BEGIN SELECT * INTO STRICT r FROM ${a}.deals WHERE id = 1; END $$`,
    '- - - + + +',
  ],
  ['a definer function of b over it', `SELECT ${b}.peek()`, '- - - - - -'],
  ['query_to_xml', `SELECT query_to_xml('SELECT * FROM ${a}.deals', true, true, '')`, '- - - + + +'],
  ['a policy for itself', `CREATE POLICY mine ON ${a}.deals USING (true)`, '- - - - + +'],
  ['row security away', `ALTER TABLE ${a}.deals DISABLE ROW LEVEL SECURITY; SELECT * FROM ${a}.deals`, '- - - - + +'],
  [
    'a grant to all',
    `GRANT SELECT ON ${a}.deals TO PUBLIC; SELECT 1 WHERE has_table_privilege('public', '${a}.deals', 'SELECT')`,
    '- - - . + +',
  ],
  ['a table in its schema', `CREATE TABLE ${a}.planted (id int)`, '- - - - + +'],
  [
    'a trigger on its table',
    `CREATE TRIGGER t BEFORE INSERT ON ${a}.deals EXECUTE FUNCTION suppress_redundant_updates_trigger()`,
    '- - - - + +',
  ],
  ['a foreign key as a probe', `CREATE TABLE {own}.probe (id int REFERENCES ${a}.deals (id))`, '- - - - + +'],
  [
    'its statistics',
    `SELECT * FROM pg_stats WHERE schemaname = '${a}' AND most_common_vals IS NOT NULL`,
    '. . . . . +',
  ],
  [
    'what it runs',
    `SELECT 1 FROM pg_stat_activity WHERE usename LIKE '${a}%' AND query LIKE '%can' || 'ary%'`,
    '. . . . + +',
  ],
  [
    "customers' names in the catalogues",
    `SELECT nspname FROM pg_namespace WHERE nspname ~ 'acme' UNION SELECT rolname FROM pg_roles WHERE rolname ~ 'acme'`,
    '. . . . . .',
  ],
  ['names of its tables', `SELECT relname FROM pg_class WHERE relnamespace = '${a}'::regnamespace`, '~ ~ ~ + + +'],
  ['the passwords', `SELECT rolpassword FROM pg_authid`, '- - - - - +'],
  ['a file of the server', `SELECT pg_read_file('PG_VERSION')`, '- - - - - +'],
  ['a temporary table', `CREATE TEMP TABLE mine (id int)`, '- - - - - +'],
  ['a table in public', `CREATE TABLE public.planted (id int)`, '- - - - - +'],
  ['a schema', `CREATE SCHEMA planted`, '- - - - - +'],
  ['a role', `CREATE ROLE planted`, '- - - - - +'],
  ['an extension', `CREATE EXTENSION IF NOT EXISTS pgcrypto`, '- - - - - +'],
  ['a large object', `SELECT lo_from_bytea(0, 'x')`, '- - - - - +'],
  ['a large object by SQL', `SELECT lo_import('/etc/hostname')`, '- - - - - +'],
  ['an advisory lock', `SELECT pg_advisory_xact_lock(1)`, '- - + - + +'],
  ["the proxy's own turn", `LOCK TABLE opsai_guard.turn IN ACCESS SHARE MODE`, '- - - - - +'],
  ['the guard away', `DROP EVENT TRIGGER opsai_guard_tables`, '- - - - - +'],
  [
    'the end of its sessions',
    `SELECT pg_cancel_backend(pid) FROM pg_stat_activity WHERE usename = '${a}_sync' AND pid <> pg_backend_pid()`,
    '- - - - + +',
  ],
  ['notify', `NOTIFY anything, 'x'`, '~ ~ ~ + + +'],
]

/** Needs a superuser, which this proxy is not: refused to it, and where it must take something from PUBLIC, shared. */
export const asOwner: Readonly<Record<string, string>> = {
  insert: '- - - - + -',
  update: '- - - - + .',
  delete: '- - - - + .',
  'its statistics': '. . . . . .',
  select: '- - - + + .',
  'copy to a file': '- - - - - -',
  'copy to a program': '- - - - - -',
  'set session authorization': '- - - + - -',
  session_replication_role: '- - - - - -',
  'the passwords': '- - - - - -',
  'a file of the server': '- - - - - -',
  'a large object': '~ ~ ~ ~ ~ +',
  'a large object by SQL': '- - - - - -',
  'an advisory lock': '~ ~ + ~ + +',
  'the guard away': '- - - - - -',
  'set_config and read': '- - - + + .',
  'search_path and read': '- - - + + .',
  'row_security off and read': '- - - - - -',
  'a view of its': '- - - + + .',
  'a function that reads it': '- - - + + -',
}
