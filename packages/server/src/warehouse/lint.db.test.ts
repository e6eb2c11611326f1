// Each rule of the linter is broken on purpose, in a transaction that is undone, and must say so.
import type pg from 'pg'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { asDb, connect, newSlug, openPlace, passwords, silent } from '../test/warehouse-place.js'
import { lintIsolation } from './lint.js'
import { lintRules } from './lint-sql.js'
import { openWarehouse, type Warehouse } from './warehouse.js'

const a = newSlug()
const b = newSlug()

/** Each rule of the linter, broken on purpose. */
const sabotage: Readonly<Record<string, string>> = {
  row_security: `ALTER EVENT TRIGGER opsai_guard_tables DISABLE; ALTER TABLE ${a}.deals NO FORCE ROW LEVEL SECURITY`,
  policy: `CREATE POLICY another ON ${a}.deals USING (true)`,
  owner: `ALTER TABLE ${a}.deals OWNER TO ${b}_sync`,
  schema_owner: `ALTER SCHEMA ${a} OWNER TO ${a}_sync`,
  role: `ALTER ROLE ${a}_app BYPASSRLS`,
  member: `GRANT ${a}_app TO ${b}_app`,
  schema_grant: `GRANT USAGE ON SCHEMA ${a} TO PUBLIC`,
  table_grant: `GRANT SELECT (secret) ON ${a}.deals TO ${b}_app`,
  default_grant: `ALTER DEFAULT PRIVILEGES FOR ROLE ${a}_sync IN SCHEMA ${a} GRANT SELECT ON TABLES TO ${b}_app`,
  view: `ALTER EVENT TRIGGER opsai_guard_tables DISABLE; ALTER VIEW ${a}.deals_view RESET (security_invoker)`,
  definer: `CREATE FUNCTION public.leak() RETURNS int LANGUAGE sql SECURITY DEFINER AS 'SELECT 1'`,
  public_database: `GRANT TEMPORARY ON DATABASE {database} TO PUBLIC`,
  public_schema: `GRANT CREATE ON SCHEMA public TO PUBLIC`,
  public_function: `GRANT EXECUTE ON FUNCTION lo_create(oid) TO PUBLIC`,
}

describe('the linter', () => {
  const place = openPlace('superuser')
  let warehouse: Warehouse
  let admin: pg.Client

  beforeAll(async () => {
    await place.server(`CREATE DATABASE ${place.database}`)
    warehouse = await openWarehouse({
      url: place.toUrl(),
      log: silent,
      loadsUnderForcedRowSecurity: () => Promise.resolve(true),
    })
    for (const slug of [a, b]) await warehouse.provision(slug, passwords)
    admin = await connect(place.toUrl())
    await admin.query(
      `SET ROLE ${a}_sync; CREATE TABLE ${a}.deals (id int, secret text); CREATE VIEW ${a}.deals_view AS SELECT 1 AS one; RESET ROLE`,
    )
  })
  afterAll(async () => {
    for (const slug of [a, b]) await warehouse.deprovision(slug)
    await warehouse.close()
    await admin.end()
    await place.server(`DROP DATABASE ${place.database} WITH (FORCE)`)
  })

  const lint = async () => {
    const found = await lintIsolation(asDb(admin))
    return found.filter(({ slug }) => !slug || slug === a || slug === b)
  }

  test('knows every rule broken, and nothing broken has none', async () => {
    expect(Object.keys(sabotage).sort()).toEqual(lintRules.map(({ rule }) => rule).sort())
    expect(await lint()).toEqual([])
  })

  test.each(Object.entries(sabotage))('%s', async (rule, sql) => {
    await admin.query('BEGIN')
    await admin.query(sql.replaceAll('{database}', place.database))
    const found = await lint()
    await admin.query('ROLLBACK')
    expect([...new Set(found.map((fault) => fault.rule))]).toContain(rule)
    expect(await lint(), 'and it is whole again').toEqual([])
  })
})
