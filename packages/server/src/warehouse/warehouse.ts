// The Postgres where tenants' schemas live: made, guarded, read and dropped here and nowhere else.
import type { Log } from '../log.js'
import { createDatabase } from '../store/database.js'
import { toTenantNames } from '../tenants/names.js'
import type { Inspection } from '../tenants/provisioner.js'
import { toAddress, type WarehouseAddress } from './address.js'
import { listUnguarded, setForcing } from './guard-sql.js'
import { inOrder } from './in-order.js'
import { inspectTenant } from './inspect.js'
import { installGuard, protect } from './install-guard.js'
import { readAs } from './read-as.js'
import { endEarlierSessions, type Limits, reapSessions, usualLimits } from './reap-sql.js'
import { toScramVerifier } from './scram.js'
import { toScratch, toScratchRemoval } from './scratch-sql.js'
import { endSessions, setPassword, shutOut, toDeprovisioning, toProvisioning } from './tenant-sql.js'

export interface Warehouse {
  /** Which database it is. */
  place: string
  /** As Airbyte and the tenants' apps reach it. */
  address: WarehouseAddress
  /** Makes sure of a tenant's schemas and roles, and of the guard on tables there are already. */
  provision(slug: string, passwords: { sync: string; app: string }): Promise<void>
  /** What there is of a tenant, and whether its app's password opens it. */
  inspect(slug: string, appPassword: string): Promise<Inspection>
  /** Changes both passwords and ends every session that came in by the old ones. */
  rotate(slug: string, passwords: { sync: string; app: string }): Promise<void>
  deprovision(slug: string): Promise<void>
  /**
   * Ends tenants' sessions that take longer than their role is meant to, and answers those roles.
   *
   * @param rotated tenants whose passwords changed a moment ago: what came in by the old ones ends, too
   */
  reap(rotated: readonly { slug: string; at: Date }[]): Promise<string[]>
  /**
   * Puts the guard on tables that are not as it wants them: made meanwhile where the database can't do so by itself, or
   * made before row security was forced. A table that is busy is left for the next time.
   */
  guard(slugs: readonly string[]): Promise<void>
  /** Runs one read as the tenant's own app role, which sees no other tenant's rows whatever is asked. */
  readAs(slug: string, appPassword: string, sql: string, values: readonly unknown[]): Promise<Record<string, unknown>[]>
  /** Makes a schema for the rows of one preview, with a role of the same name that may reach it and nothing else. */
  openScratch(name: string, password: string): Promise<void>
  /** Reads as that role. */
  readScratch(
    name: string,
    password: string,
    sql: string,
    values: readonly unknown[],
  ): Promise<Record<string, unknown>[]>
  /** Takes the schema, its rows and its role away, whatever is still writing there. */
  dropScratch(name: string): Promise<void>
  close(): Promise<void>
}

export interface WarehouseOptions {
  url: string
  publicUrl?: string
  /**
   * Whether the Airbyte that loads gets on with row security that is FORCEd on the tables: the embedded engine does. A
   * real Airbyte's destination COPYs straight into them, which Postgres refuses its owner then; there row security is
   * enabled and binds everybody else. Asked until it has answered once, then remembered.
   */
  loadsUnderForcedRowSecurity(): Promise<boolean>
  log: Log
  /** How long tenants' sessions may take. Default: the app's 30 s a statement, the sync's an hour. */
  limits?: Limits
}

/** Connects, installs the guard and closes the door to everybody who is not named. */
export async function openWarehouse(options: WarehouseOptions): Promise<Warehouse> {
  const { url, publicUrl, log, limits = usualLimits } = options
  const admin = createDatabase(url, (error) => log.warn('warehouse connection lost', { error }), 4)
  const [current] = await admin.rows<{ name: string }>('SELECT current_database() AS name')
  const database = current?.name ?? 'postgres'
  await installGuard(admin, log)
  const settleForcing = once(async () => {
    await inOrder(admin, [setForcing(await options.loadsUnderForcedRowSecurity())])
  })
  const endAll = async (roles: readonly string[]) => {
    for (const role of roles) await admin.rows(endSessions(role))
  }
  const shutOutAll = async (roles: readonly string[]) => {
    await inOrder(admin, roles.map(shutOut))
    await endAll(roles)
  }
  const read: Warehouse['readScratch'] = (user, password, sql, values) =>
    readAs({ url, database, user, password, sql, values, seconds: limits.app.statement })
  return {
    place: `${new URL(url).host}/${database}`,
    address: toAddress(url, publicUrl),
    provision: async (slug, { sync, app }) => {
      await settleForcing()
      const statements = toProvisioning(
        toTenantNames(slug),
        database,
        { verifier: toScramVerifier(sync), connectionLimit: 16, statementTimeout: `${limits.sync.statement}s` },
        { verifier: toScramVerifier(app), connectionLimit: 8, statementTimeout: `${limits.app.statement}s` },
      )
      await inOrder(admin, statements)
      await protect(admin, slug)
    },
    inspect: (slug, appPassword) =>
      inspectTenant(admin, slug, () => read(toTenantNames(slug).appRole, appPassword, 'SELECT 1', [])),
    rotate: async (slug, { sync, app }) => {
      const { syncRole, appRole } = toTenantNames(slug)
      await inOrder(admin, [setPassword(syncRole, toScramVerifier(sync)), setPassword(appRole, toScramVerifier(app))])
      // Only now, for until it is committed the old ones let in.
      await endAll([syncRole, appRole])
    },
    reap: async (rotated) => {
      const roles = rotated.flatMap(({ slug, at }) => {
        const { syncRole, appRole } = toTenantNames(slug)
        return [syncRole, appRole].map((role) => ({ role, at }))
      })
      if (roles.length > 0)
        await admin.rows(endEarlierSessions, [roles.map(({ role }) => role), roles.map(({ at }) => at)])
      const reaped = await admin.rows<{ role: string; ended: boolean }>(reapSessions(limits))
      return reaped.filter(({ ended }) => ended).map(({ role }) => role)
    },
    deprovision: async (slug) => {
      const names = toTenantNames(slug)
      await shutOutAll([names.syncRole, names.appRole])
      await inOrder(admin, toDeprovisioning(names, database))
    },
    guard: async (slugs) => {
      await settleForcing().catch((error: unknown) =>
        log.warn('Airbyte did not say how it loads; row security stays as it is', { error }),
      )
      for (const { name } of await admin.rows<{ name: string }>(listUnguarded, [slugs])) {
        await protect(admin, name).catch((error: unknown) =>
          log.warn('a schema is still to be guarded', { schema: name, error }),
        )
      }
    },
    readAs: (slug, password, sql, values) => read(toTenantNames(slug).appRole, password, sql, values),
    openScratch: (name, password) => {
      const role = { verifier: toScramVerifier(password), connectionLimit: 8, statementTimeout: '10min' }
      return inOrder(admin, toScratch(name, database, role))
    },
    readScratch: read,
    dropScratch: async (name) => {
      await shutOutAll([name])
      await inOrder(admin, toScratchRemoval(name, database))
    },
    close: () => admin.close(),
  }
}

/** Runs until it has succeeded once; whoever asks meanwhile waits for the same run. */
function once(work: () => Promise<void>): () => Promise<void> {
  let running: Promise<void> | undefined
  return () => {
    running ??= work().catch((error: unknown) => {
      running = undefined
      throw error
    })
    return running
  }
}
