// A tenant's schemas and roles, as statements that may run any number of times.
import pg from 'pg'
import type { toTenantNames } from '../tenants/names.js'
import { LOADER } from './guard-sql.js'

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

/** A role that logs in nowhere. */
export const makeGroup = (role: string) =>
  `DO $$ BEGIN CREATE ROLE ${id(role)} NOLOGIN NOCREATEDB NOCREATEROLE;
   EXCEPTION WHEN duplicate_object OR unique_violation THEN NULL; END $$`

/** Lets a role in by a new password, as its verifier. */
export const setPassword = (role: string, verifier: string) => `ALTER ROLE ${id(role)} PASSWORD ${text(verifier)}`

/** Ends what a role is doing right now. */
export const endSessions = (role: string) =>
  `SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE usename = ${text(role)}`

/**
 * Only who has a role's rights may end its sessions and set what it makes. Since PostgreSQL 16 who makes a role may give it
 * away, and has none of its rights by that.
 */
export const joinRole = (role: string) =>
  `DO $$ BEGIN
     IF pg_has_role(current_user, ${text(role)}, 'USAGE') THEN RETURN; END IF;
     EXECUTE format('GRANT %I TO %I', ${text(role)}, current_user) ||
       CASE WHEN current_setting('server_version_num')::int >= 160000 THEN ' WITH INHERIT TRUE, SET TRUE' ELSE '' END;
   END $$`

/** Makes a role a loader, where loaders alone may take advisory locks; its own attribute says that it inherits. */
export const makeLoader = (role: string) =>
  `DO $$ BEGIN
     IF has_function_privilege('public', 'pg_catalog.pg_advisory_lock(bigint)', 'EXECUTE') THEN RETURN; END IF;
     IF NOT pg_has_role(${text(role)}, ${text(LOADER)}, 'MEMBER') THEN
       EXECUTE format('GRANT %I TO %I', ${text(LOADER)}, ${text(role)}); END IF; END $$`

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
    `ALTER ROLE ${syncRole} INHERIT`,
    makeLoader(names.syncRole),
    joinRole(names.syncRole),
    joinRole(names.appRole),
    `CREATE SCHEMA IF NOT EXISTS ${schema}`,
    `CREATE SCHEMA IF NOT EXISTS ${raw}`,
    `GRANT CONNECT ON DATABASE ${id(database)} TO ${syncRole}, ${appRole}`,
    `GRANT USAGE, CREATE ON SCHEMA ${schema}, ${raw} TO ${syncRole}`,
    `GRANT USAGE ON SCHEMA ${schema} TO ${appRole}`,
    `ALTER DEFAULT PRIVILEGES FOR ROLE ${syncRole} IN SCHEMA ${schema} GRANT SELECT ON TABLES TO ${appRole}`,
    `ALTER DEFAULT PRIVILEGES FOR ROLE ${syncRole} REVOKE EXECUTE ON FUNCTIONS FROM PUBLIC`,
  ]
}

/** Lets a role in no more. Committed before its sessions are ended, or somebody slips in between. */
export const shutOut = (role: string) =>
  `DO $$ BEGIN IF EXISTS (SELECT FROM pg_roles WHERE rolname = ${text(role)}) THEN
     EXECUTE format('ALTER ROLE %I NOLOGIN', ${text(role)}); END IF; END $$`

export const dropRole = (role: string, database: string) =>
  `DO $$ BEGIN IF EXISTS (SELECT FROM pg_roles WHERE rolname = ${text(role)}) THEN
     EXECUTE format('REVOKE ALL ON DATABASE %I FROM %I', ${text(database)}, ${text(role)});
     EXECUTE format('DROP OWNED BY %I CASCADE', ${text(role)});
     EXECUTE format('DROP ROLE %I', ${text(role)});
   END IF; END $$`

/** What is left of a tenant whose logins are shut out goes: rows, schemas, roles. */
export function toDeprovisioning(names: Names, database: string): string[] {
  return [
    `DROP SCHEMA IF EXISTS ${id(names.rawSchema)} CASCADE`,
    `DROP SCHEMA IF EXISTS ${id(names.schema)} CASCADE`,
    ...[names.syncRole, names.appRole].map((role) => dropRole(role, database)),
  ]
}
