// What a deployment's two databases say about themselves, for `opsai doctor`. Reads only, and works without a proxy.
import pg from 'pg'
import { countOldSeals } from '../secrets/rotate-keys.js'
import { createSealer } from '../secrets/seal.js'
import type { Db } from '../store/database.js'
import { steps } from '../store/migrations.js'
import { toTenantNames } from '../tenants/names.js'
import { listUnguarded } from '../warehouse/guard-sql.js'
import { listSlugs } from '../warehouse/inspect.js'
import { type IsolationFault, lintIsolation } from '../warehouse/lint.js'

/** Of any PostgreSQL. */
export interface PostgresFacts {
  /** `16` of 16.4. */
  majorVersion: number
  /** The database's clock, in milliseconds since the epoch, and ours in the middle of asking. */
  clock: { theirs: number; ours: number }
  user: string
  mayCreateSchemas: boolean
}

export interface DatabaseFacts extends PostgresFacts {
  /** How many of the kit's migrations have run, and how many there are. None have where there is no schema `opsai`. */
  migrations: { done: number; all: number }
  /** When the first of them ran. */
  since?: Date
  /** Tenants that are ready, the newest first; at most 50. */
  tenants: { tenantId: string; destinationId: string; schema: string; rawSchema: string }[]
  /** The schemas of all tenants, in whatever state. */
  slugs: string[]
  /** Origins of pages that have a session right now; at most 50. */
  origins: string[]
  /** How many stored values are not sealed under the newest key. */
  oldSeals: number
}

export interface WarehouseFacts extends PostgresFacts {
  mayCreateRoles: boolean
  /** Whether the role is one a tenant's rows are loaded or read with. */
  isTenantsOwn: boolean
  /** Whether tables are guarded the moment they are made, or only after each sync. */
  guardsAtOnce: boolean
  /** Whether any role may connect, named or not. */
  isOpen: boolean
  /** Tenants' schemas with a table that has no row security, or not all of it. */
  unguarded: string[]
  /** What else would let a tenant reach more than its own. */
  faults: IsolationFault[]
  /** The schemas that are there for tenants, known or not. */
  slugs: string[]
}

/**
 * @param keys to see what is still sealed under an older key
 * @throws the driver's error where it can't be reached or does not let us in
 */
export function readDatabaseFacts(
  url: string,
  keys?: { encryptionKey: string; oldEncryptionKeys?: readonly string[] | undefined },
): Promise<DatabaseFacts> {
  return withClient(url, async (db) => {
    const common = await readCommon(db)
    const nothing = { migrations: { done: 0, all: steps.length }, tenants: [], slugs: [], origins: [], oldSeals: 0 }
    const [found] = await db.rows<{ is: boolean }>(`SELECT to_regclass('opsai.migrations') IS NOT NULL AS is`)
    if (!found?.is) return { ...common, ...nothing }
    const [run] = await db.rows<{ done: number; since: Date | null }>(
      'SELECT count(*)::int AS done, min(at) AS since FROM opsai.migrations',
    )
    const migrations = { done: run?.done ?? 0, all: steps.length }
    const since = run?.since ? { since: run.since } : {}
    if (migrations.done < migrations.all) return { ...common, ...nothing, ...since, migrations }
    const tenants = await db.rows<{ tenant_id: string; destination_id: string; slug: string }>(
      `SELECT tenant_id, destination_id, slug FROM opsai.tenants WHERE status = 'ready' ORDER BY created_at DESC LIMIT 50`,
    )
    const slugs = await db.rows<{ slug: string }>('SELECT slug FROM opsai.tenants')
    const origins = await db.rows<{ origin: string }>(
      'SELECT DISTINCT unnest(origins) AS origin FROM opsai.sessions WHERE expires_at > now() LIMIT 50',
    )
    const sealer = keys && createSealer(keys.encryptionKey, { oldKeys: keys.oldEncryptionKeys ?? [] })
    const counted = sealer ? Object.values(await countOldSeals(db, sealer)) : []
    return {
      ...common,
      ...since,
      migrations,
      tenants: tenants.map(({ tenant_id, destination_id, slug }) => {
        const { schema, rawSchema } = toTenantNames(slug)
        return { tenantId: tenant_id, destinationId: destination_id, schema, rawSchema }
      }),
      slugs: slugs.map(({ slug }) => slug),
      origins: origins.map(({ origin }) => origin),
      oldSeals: counted.reduce((sum, count) => sum + count, 0),
    }
  })
}

/** @throws the driver's error where it can't be reached or does not let us in */
export function readWarehouseFacts(url: string): Promise<WarehouseFacts> {
  return withClient(url, async (db) => {
    const common = await readCommon(db)
    const [row] = await db.rows<
      Omit<WarehouseFacts, keyof PostgresFacts | 'unguarded' | 'faults' | 'slugs'> & { guarded: boolean }
    >(
      `SELECT r.rolsuper OR r.rolcreaterole AS "mayCreateRoles",
         current_user ~ '^t_[a-z2-7]{16}_' AS "isTenantsOwn",
         EXISTS (SELECT FROM pg_event_trigger WHERE evtname = 'opsai_guard_tables' AND evtenabled <> 'D') AS "guardsAtOnce",
         has_database_privilege('public', current_database(), 'CONNECT') AS "isOpen",
         to_regprocedure('opsai_guard.forces()') IS NOT NULL AS guarded
       FROM pg_roles r WHERE r.rolname = current_user`,
    )
    if (!row) throw new Error('The role that connects is not among the roles of the database.')
    const { guarded, ...facts } = row
    const slugs = await listSlugs(db)
    const unguarded = guarded ? await db.rows<{ name: string }>(listUnguarded, [slugs]) : []
    const faults = guarded ? await lintIsolation(db) : []
    return { ...common, ...facts, unguarded: unguarded.map(({ name }) => name), faults, slugs }
  })
}

async function readCommon(db: Db): Promise<PostgresFacts> {
  const before = Date.now()
  const [row] = await db.rows<{ version: number; at: string; user: string; may: boolean }>(
    `SELECT current_setting('server_version_num')::int / 10000 AS version,
       extract(epoch FROM clock_timestamp()) * 1000 AS at, current_user AS user,
       has_database_privilege(current_database(), 'CREATE') AS may`,
  )
  if (!row) throw new Error('The database answered nothing.')
  const clock = { theirs: Number(row.at), ours: (before + Date.now()) / 2 }
  return { majorVersion: row.version, clock, user: row.user, mayCreateSchemas: row.may }
}

async function withClient<T>(url: string, work: (db: Db) => Promise<T>): Promise<T> {
  const client = new pg.Client({ connectionString: url, connectionTimeoutMillis: 5_000, query_timeout: 15_000 })
  client.on('error', () => {})
  await client.connect()
  try {
    const db: Db = {
      rows: async <R extends object>(sql: string, values: readonly unknown[] = []) =>
        (await client.query(sql, [...values])).rows as R[],
      transaction: (inside) => inside(db),
    }
    return await work(db)
  } finally {
    await client.end()
  }
}
