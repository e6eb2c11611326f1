// A tenant's schemas and roles, as statements that may run any number of times.
import pg from 'pg'
import type { toTenantNames } from '../tenants/names.js'

const { escapeIdentifier: id, escapeLiteral: text } = pg

type Names = ReturnType<typeof toTenantNames>

export interface RoleSettings {
  /** SCRAM verifier, never the password. */
  verifier: string
  connectionLimit: number
  /** Such as `30s`. A role can change it for its own session; the connection limit it can't. */
  statementTimeout: string
}

export const makeRole = (role: string) =>
  `DO $$ BEGIN CREATE ROLE ${id(role)} LOGIN NOINHERIT NOCREATEDB NOCREATEROLE;
   EXCEPTION WHEN duplicate_object THEN NULL; END $$`

export const settle = (role: string, schema: string, { verifier, connectionLimit, statementTimeout }: RoleSettings) => [
  `ALTER ROLE ${id(role)} CONNECTION LIMIT ${connectionLimit} PASSWORD ${text(verifier)}`,
  `ALTER ROLE ${id(role)} SET search_path = ${id(schema)}`,
  `ALTER ROLE ${id(role)} SET statement_timeout = ${text(statementTimeout)}`,
  `ALTER ROLE ${id(role)} SET idle_in_transaction_session_timeout = ${text(statementTimeout)}`,
]

/**
 * The sync role may make tables in the tenant's two schemas; the app role may read what the sync role made in one.
 * Neither owns a schema, so that neither can drop or open one.
 */
export function toProvisioning(names: Names, database: string, sync: RoleSettings, app: RoleSettings): string[] {
  const [schema, raw, syncRole, appRole] = [names.schema, names.rawSchema, names.syncRole, names.appRole].map((name) =>
    id(name),
  )
  return [
    makeRole(names.syncRole),
    makeRole(names.appRole),
    ...settle(names.syncRole, names.schema, sync),
    ...settle(names.appRole, names.schema, app),
    `DO $$ BEGIN IF NOT pg_has_role(current_user, ${text(names.syncRole)}, 'MEMBER') THEN
       EXECUTE format('GRANT %I TO %I', ${text(names.syncRole)}, current_user); END IF; END $$`,
    `CREATE SCHEMA IF NOT EXISTS ${schema}`,
    `CREATE SCHEMA IF NOT EXISTS ${raw}`,
    `GRANT CONNECT ON DATABASE ${id(database)} TO ${syncRole}, ${appRole}`,
    `GRANT USAGE, CREATE ON SCHEMA ${schema}, ${raw} TO ${syncRole}`,
    `GRANT USAGE ON SCHEMA ${schema} TO ${appRole}`,
    `ALTER DEFAULT PRIVILEGES FOR ROLE ${syncRole} IN SCHEMA ${schema} GRANT SELECT ON TABLES TO ${appRole}`,
  ]
}

/** Ends what a role is doing and lets it do nothing more. */
export const shutOut = (role: string) =>
  `DO $$ BEGIN IF EXISTS (SELECT FROM pg_roles WHERE rolname = ${text(role)}) THEN
     EXECUTE format('ALTER ROLE %I NOLOGIN', ${text(role)});
     PERFORM pg_terminate_backend(pid) FROM pg_stat_activity WHERE usename = ${text(role)}; END IF; END $$`

export const dropRole = (role: string, database: string) =>
  `DO $$ BEGIN IF EXISTS (SELECT FROM pg_roles WHERE rolname = ${text(role)}) THEN
     EXECUTE format('REVOKE ALL ON DATABASE %I FROM %I', ${text(database)}, ${text(role)});
     EXECUTE format('DROP OWNED BY %I CASCADE', ${text(role)});
     EXECUTE format('DROP ROLE %I', ${text(role)});
   END IF; END $$`

/** Everything of the tenant's goes: connections, rows, schemas, roles. */
export function toDeprovisioning(names: Names, database: string): string[] {
  const roles = [names.syncRole, names.appRole]
  return [
    ...roles.map(shutOut),
    `DROP SCHEMA IF EXISTS ${id(names.rawSchema)} CASCADE`,
    `DROP SCHEMA IF EXISTS ${id(names.schema)} CASCADE`,
    ...roles.map((role) => dropRole(role, database)),
  ]
}
