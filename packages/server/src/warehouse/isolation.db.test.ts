// Tenants hold real logins to one database: how tables come to be guarded, and stay so. Who can do what: matrix.db.test.ts.
import { randomUUID } from 'node:crypto'
import pg from 'pg'
import { pino } from 'pino'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { postgresUrl } from '../../../../.ci/test-postgres.js'
import { createLog } from '../log.js'
import { toTenantNames } from '../tenants/names.js'
import { openWarehouse, type Warehouse } from './warehouse.js'

const database = `warehouse_test_${randomUUID().slice(0, 8)}`
// Roles belong to the whole server, so each run has its own.
const random = () =>
  [...randomUUID().replaceAll('-', '').slice(0, 16)].map((hex) => 'abcdefghijklmnop'[parseInt(hex, 16)]).join('')
const a = `t_${random()}`
const b = `t_${random()}`
const passwords = { sync: 'sync-password', app: 'app-password' }
const log = createLog(pino({ level: 'silent' }), [])

let url: string
let admin: pg.Client
let warehouse: Warehouse
let asked = 0

async function connect(role: string, password: string): Promise<pg.Client> {
  const target = new URL(url)
  target.username = role
  target.password = password
  const client = new pg.Client({ connectionString: target.href })
  client.on('error', () => {})
  await client.connect()
  return client
}

/** The rows, or Postgres' own word for the refusal. */
async function attempt(role: string, password: string, sql: string): Promise<unknown[] | string> {
  const client = await connect(role, password)
  try {
    const result = await client.query(sql)
    return (Array.isArray(result) ? result.at(-1) : result).rows as unknown[]
  } catch (error) {
    return (error as Error).message
  } finally {
    await client.end()
  }
}
const asApp = (slug: string, sql: string) => attempt(toTenantNames(slug).appRole, passwords.app, sql)
const asSync = (slug: string, sql: string) => attempt(toTenantNames(slug).syncRole, passwords.sync, sql)

beforeAll(async () => {
  const server = new pg.Client({ connectionString: postgresUrl() })
  await server.connect()
  await server.query(`CREATE DATABASE ${database}`)
  await server.end()
  const target = new URL(postgresUrl())
  target.pathname = `/${database}`
  url = target.href
  admin = new pg.Client({ connectionString: url })
  await admin.connect()
  warehouse = await openWarehouse({
    url,
    log,
    loadsUnderForcedRowSecurity: () => {
      asked += 1
      return asked === 1 ? Promise.reject(new Error('not there yet')) : Promise.resolve(true)
    },
  })
  await expect(warehouse.provision(a, passwords), 'no tenant before it is known').rejects.toThrow('not there yet')
  for (const slug of [a, b]) {
    await warehouse.provision(slug, passwords)
    await warehouse.provision(slug, passwords)
    const made = await asSync(
      slug,
      `CREATE TABLE deals (id int, secret text); INSERT INTO deals VALUES (1, 'of ${slug}'); SELECT * FROM deals`,
    )
    expect(made).toEqual([{ id: 1, secret: `of ${slug}` }])
  }
})
afterAll(async () => {
  for (const slug of [a, b]) await warehouse.deprovision(slug)
  await warehouse.close()
  await admin.end()
  const server = new pg.Client({ connectionString: postgresUrl() })
  await server.connect()
  await server.query(`DROP DATABASE ${database} WITH (FORCE)`)
  await server.end()
})

test('an app reads its own rows by its search path, and new tables without anybody granting them', async () => {
  expect(await asApp(a, 'SELECT secret FROM deals')).toEqual([{ secret: `of ${a}` }])
})

test('every table of a tenant has forced row security and a policy, whoever made it and however', async () => {
  await asSync(a, 'CREATE TABLE copied AS SELECT * FROM deals')
  await asSync(a, 'CREATE UNLOGGED TABLE staged (LIKE deals)')
  await asSync(a, 'ALTER TABLE staged RENAME TO swapped')
  await asSync(a, 'ALTER TABLE swapped DISABLE ROW LEVEL SECURITY')
  await asSync(a, 'ALTER TABLE swapped NO FORCE ROW LEVEL SECURITY')
  await asSync(a, `CREATE TABLE ${a}_raw.built (id int); ALTER TABLE ${a}_raw.built SET SCHEMA ${a}`)
  const { rows } = await admin.query(
    `SELECT c.relname, c.relrowsecurity AND c.relforcerowsecurity AS forced, (SELECT count(*)::int FROM pg_policy p WHERE p.polrelid = c.oid) AS policies
     FROM pg_class c WHERE c.relnamespace = $1::regnamespace AND c.relkind = 'r' ORDER BY 1`,
    [a],
  )
  expect(rows).toEqual(
    ['built', 'copied', 'deals', 'swapped'].map((relname) => ({ relname, forced: true, policies: 1 })),
  )
})

test('the policy binds the owner: where it names another tenant, the owner sees nothing', async () => {
  await asSync(a, 'CREATE TABLE bound (id int); INSERT INTO bound VALUES (1)')
  expect(await asSync(a, 'SELECT * FROM bound')).toEqual([{ id: 1 }])
  await admin.query(
    `DROP POLICY tenant_only ON ${a}.bound; CREATE POLICY tenant_only ON ${a}.bound USING (session_user = '${b}_sync')`,
  )
  expect(await asSync(a, 'SELECT * FROM bound')).toEqual([])
  expect(await asSync(a, 'INSERT INTO bound VALUES (2)')).toMatch('violates row-level security policy')
  await asSync(a, 'DROP TABLE bound')
})

test('rows are copied into the raw schema and inserted from there, for Postgres refuses COPY into a forced table', async () => {
  await asSync(a, `CREATE TABLE loaded (id int); CREATE UNLOGGED TABLE ${a}_raw.staged (id int)`)
  const client = await connect(toTenantNames(a).syncRole, passwords.sync)
  await expect(copyText(client, 'COPY loaded FROM STDIN', '1\n')).rejects.toThrow(
    'COPY FROM not supported with row-level security',
  )
  await copyText(client, `COPY ${a}_raw.staged FROM STDIN`, '1\n2\n')
  await client.query(`INSERT INTO loaded SELECT * FROM ${a}_raw.staged`)
  await client.end()
  expect(await asApp(a, 'SELECT * FROM loaded')).toHaveLength(2)
  expect(await asApp(a, `SELECT * FROM ${a}_raw.staged`)).toMatch('permission denied')
})

test('Airbyte is asked until it has said how it loads, and no more', () => {
  expect(asked).toBe(2)
})

test('behind an Airbyte that COPYs straight into its tables, row security binds all but the owner', async () => {
  const plain = await openWarehouse({ url, log, loadsUnderForcedRowSecurity: () => Promise.resolve(false) })
  const away = await openWarehouse({ url, log, loadsUnderForcedRowSecurity: () => Promise.reject(new Error('away')) })
  try {
    await plain.guard([a])
    expect(await forcedTables()).toEqual({ forced: 0, guarded: expect.any(Number) as number })
    const client = await connect(toTenantNames(a).syncRole, passwords.sync)
    await client.query('CREATE TABLE straight (id int)')
    await copyText(client, 'COPY straight FROM STDIN', '1\n')
    await client.end()
    await away.guard([a])
    expect(await forcedTables(), 'unknown: as it was').toMatchObject({ forced: 0 })
  } finally {
    await plain.close()
    await away.close()
  }
  const again = await openWarehouse({ url, log, loadsUnderForcedRowSecurity: () => Promise.resolve(true) })
  await again.guard([a])
  await again.close()
  const { forced, guarded } = await forcedTables()
  expect(forced, 'tables of before are forced').toBe(guarded)
})

test('what the catalogues tell of others is names nobody can read anything from', async () => {
  const seen = await asApp(
    b,
    `SELECT relname, pg_relation_filenode(oid) AS file FROM pg_class WHERE relnamespace = '${a}'::regnamespace AND relkind = 'r'`,
  )
  expect(seen).toContainEqual({ relname: 'deals', file: expect.any(Number) as number })
  const sizes = await asApp(b, `SELECT most_common_vals FROM pg_stats WHERE schemaname = '${a}'`)
  expect(sizes).toEqual([])
  const running = await asApp(
    b,
    `SELECT query FROM pg_stat_activity WHERE usename LIKE '${a}%' AND query NOT LIKE '<insufficient%'`,
  )
  expect(running).toEqual([])
  await asSync(a, 'CREATE VIEW own_view AS SELECT secret FROM deals')
  expect(JSON.stringify(await asApp(b, `SELECT pg_get_viewdef('${a}.own_view'::regclass)`))).not.toContain(`of ${a}`)
})

test('row security holds even where somebody grants too much', async () => {
  await admin.query(`GRANT USAGE ON SCHEMA ${a} TO PUBLIC; GRANT SELECT ON ${a}.deals TO PUBLIC`)
  expect(await asApp(b, `SELECT * FROM ${a}.deals`)).toEqual([])
  expect(await asSync(b, `SELECT * FROM ${a}.deals`)).toEqual([])
  expect(await asApp(a, `SELECT * FROM ${a}.deals`)).toHaveLength(1)
  await admin.query(`ALTER TABLE ${a}.deals DISABLE ROW LEVEL SECURITY`)
  await warehouse.guard([a])
  expect(await asApp(b, `SELECT * FROM ${a}.deals`), 'the guard switches it on again').toEqual([])
  await admin.query(`REVOKE ALL ON SCHEMA ${a} FROM PUBLIC; REVOKE ALL ON ${a}.deals FROM PUBLIC`)
})

test('an app may only read, and cannot read for ever', async () => {
  expect(await asApp(a, 'DELETE FROM deals')).toMatch('permission denied')
  expect(await asApp(a, 'CREATE TABLE mine (id int)')).toMatch('permission denied')
  expect(await asApp(a, 'SHOW statement_timeout')).toEqual([{ statement_timeout: '30s' }])
  const { rows } = await admin.query(
    `SELECT rolconnlimit AS limit, rolsuper OR rolcreatedb OR rolcreaterole OR rolbypassrls OR rolreplication AS more
     FROM pg_roles WHERE rolname LIKE $1 ORDER BY 1`,
    [`${a}%`],
  )
  expect(rows).toEqual([
    { limit: 8, more: false },
    { limit: 16, more: false },
  ])
})

test('without event triggers the guard runs after a sync', async () => {
  await admin.query('DROP EVENT TRIGGER opsai_guard_tables')
  await asSync(a, 'CREATE TABLE unguarded (id int)')
  const guarded = async () =>
    (
      await admin.query<{ on: boolean }>(
        `SELECT relrowsecurity AND relforcerowsecurity AS on FROM pg_class WHERE oid = '${a}.unguarded'::regclass`,
      )
    ).rows[0]?.on
  expect(await guarded()).toBe(false)
  await warehouse.guard([a])
  expect(await guarded()).toBe(true)
})

test('a tenant that is gone has left nothing, and its logins are refused', async () => {
  const c = `t_${random()}`
  await warehouse.provision(c, passwords)
  await asSync(c, 'CREATE TABLE deals (id int)')
  await warehouse.deprovision(c)
  await warehouse.deprovision(c)
  await expect(connect(toTenantNames(c).appRole, passwords.app)).rejects.toThrow(/authentication failed|does not exist/)
  const { rows } = await admin.query(
    `SELECT nspname FROM pg_namespace WHERE nspname LIKE $1 UNION SELECT rolname FROM pg_roles WHERE rolname LIKE $1`,
    [`${c}%`],
  )
  expect(rows).toEqual([])
})

async function forcedTables(): Promise<{ forced: number; guarded: number }> {
  const { rows } = await admin.query<{ forced: number; guarded: number }>(
    `SELECT count(*) FILTER (WHERE relforcerowsecurity)::int AS forced, count(*) FILTER (WHERE relrowsecurity)::int AS guarded
     FROM pg_class WHERE relnamespace = '${a}'::regnamespace AND relkind = 'r'`,
  )
  return rows[0] ?? { forced: -1, guarded: -2 }
}

/** COPY … FROM STDIN over pg's own connection. */
async function copyText(client: pg.Client, sql: string, text: string): Promise<void> {
  const { connection } = client as unknown as {
    connection: { sendCopyFromChunk(chunk: Buffer): void; endCopyFrom(): void }
  }
  const copy = new pg.Query(sql) as pg.Query & { handleCopyInResponse(): void }
  await new Promise<void>((resolve, reject) => {
    copy.handleCopyInResponse = () => {
      connection.sendCopyFromChunk(Buffer.from(text))
      connection.endCopyFrom()
    }
    copy.on('error', reject)
    copy.on('end', () => resolve())
    client.query(copy)
  })
}
