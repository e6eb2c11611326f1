// A schema for the rows of one preview, and the one role that may reach it: it may reach nothing else.
import pg from 'pg'
import { dropRole, joinRole, makeLoader, makeRole, type RoleSettings, settle } from './tenant-sql.js'

const { escapeIdentifier: id } = pg

/** @param name of the schema and of its role */
export const toScratch = (name: string, database: string, role: RoleSettings): string[] => [
  makeRole(name),
  ...settle(name, name, role),
  joinRole(name),
  // A preview is a sync: what loads it takes the same locks.
  `ALTER ROLE ${id(name)} INHERIT`,
  makeLoader(name),
  `CREATE SCHEMA IF NOT EXISTS ${id(name)}`,
  `GRANT CONNECT ON DATABASE ${id(database)} TO ${id(name)}`,
  `GRANT USAGE, CREATE ON SCHEMA ${id(name)} TO ${id(name)}`,
]

/** Rows, schema, role: after its login was shut out, so that nothing is made again behind it. */
export const toScratchRemoval = (name: string, database: string): string[] => [
  `DROP SCHEMA IF EXISTS ${id(name)} CASCADE`,
  dropRole(name, database),
]
