// A schema for the rows of one preview, and the one role that may reach it: it may reach nothing else.
import pg from 'pg'
import { dropRole, makeRole, type RoleSettings, settle } from './tenant-sql.js'

const { escapeIdentifier: id, escapeLiteral: text } = pg

/** @param name of the schema and of its role */
export const toScratch = (name: string, database: string, role: RoleSettings): string[] => [
  makeRole(name),
  ...settle(name, name, role),
  `DO $$ BEGIN IF NOT pg_has_role(current_user, ${text(name)}, 'MEMBER') THEN
     EXECUTE format('GRANT %I TO %I', ${text(name)}, current_user); END IF; END $$`,
  `CREATE SCHEMA IF NOT EXISTS ${id(name)}`,
  `GRANT CONNECT ON DATABASE ${id(database)} TO ${id(name)}`,
  `GRANT USAGE, CREATE ON SCHEMA ${id(name)} TO ${id(name)}`,
]

/** Rows, schema, role: after its login was shut out, so that nothing is made again behind it. */
export const toScratchRemoval = (name: string, database: string): string[] => [
  `DROP SCHEMA IF EXISTS ${id(name)} CASCADE`,
  dropRole(name, database),
]
