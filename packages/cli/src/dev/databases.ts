// The two PostgreSQLs of a development machine: the kit's own, and one that stands in for a customer's.
import { join } from 'node:path'
import { startPostgres } from '@opsai/local-postgres'
import { fillCustomerDatabase } from '@opsai/sandbox'
import pg from 'pg'
import { databaseNames, withDatabase } from './database-url.js'
import type { KeptKeys } from './kept-keys.js'
import type { DevSettings } from './settings.js'

export interface RunningDatabase {
  /** The proxy's own truth. */
  databaseUrl: string
  /** The engine's own state. */
  engineUrl: string
  /** Where the tenants' schemas live. */
  warehouseUrl: string
  stop(): Promise<void>
}

/** The kit's own PostgreSQL, or the one `DATABASE_URL` names, where schemas keep the three apart. */
export async function startKitDatabase(settings: DevSettings): Promise<RunningDatabase> {
  const given = settings.databaseUrl
  if (given) {
    const warehouseUrl = settings.warehouseUrl ?? given
    return { databaseUrl: given, engineUrl: given, warehouseUrl, stop: async () => {} }
  }
  const postgres = await startPostgres({
    dataDir: join(settings.dataDir, 'postgres'),
    port: settings.ports.database,
  })
  for (const name of Object.values(databaseNames)) await ensureDatabase(postgres.url, name)
  await closeToTenants(postgres.url)
  return {
    databaseUrl: withDatabase(postgres.url, databaseNames.proxy),
    engineUrl: withDatabase(postgres.url, databaseNames.engine),
    warehouseUrl: settings.warehouseUrl ?? withDatabase(postgres.url, databaseNames.warehouse),
    stop: () => postgres.stop(),
  }
}

export interface CustomerDatabase {
  host: string
  port: number
  database: string
  username: string
  password: string
}

/** A shop's database with more than 100,000 rows, in a PostgreSQL of its own. */
export async function startCustomerDatabase(
  settings: DevSettings,
  keys: KeptKeys,
): Promise<CustomerDatabase & { stop(): Promise<void> }> {
  const postgres = await startPostgres({
    dataDir: join(settings.dataDir, 'customer-postgres'),
    port: settings.ports.customerDatabase,
  })
  await ensureDatabase(postgres.url, 'shop')
  await fillCustomerDatabase(withDatabase(postgres.url, 'shop'), { readerPassword: keys.customerPassword })
  return {
    host: '127.0.0.1',
    port: settings.ports.customerDatabase,
    database: 'shop',
    username: 'reader',
    password: keys.customerPassword,
    stop: () => postgres.stop(),
  }
}

/** A tenant's login opens the warehouse, where the proxy lets it in by name, and no other database of the server. */
async function closeToTenants(url: string): Promise<void> {
  const client = new pg.Client({ connectionString: url })
  await client.connect()
  try {
    for (const name of ['postgres', 'template1', databaseNames.proxy, databaseNames.engine]) {
      await client.query(`REVOKE CONNECT, TEMPORARY ON DATABASE ${client.escapeIdentifier(name)} FROM PUBLIC`)
    }
  } finally {
    await client.end()
  }
}

async function ensureDatabase(url: string, name: string): Promise<void> {
  const client = new pg.Client({ connectionString: url })
  await client.connect()
  try {
    const { rowCount } = await client.query('SELECT 1 FROM pg_database WHERE datname = $1', [name])
    if (!rowCount) await client.query(`CREATE DATABASE ${client.escapeIdentifier(name)}`)
  } finally {
    await client.end()
  }
}
