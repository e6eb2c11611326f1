// Who can do what to a tenant's things, tried by real logins on a real PostgreSQL and printed. Every refusal has beside it
// somebody who may: a statement that fails for all shows nothing.
import type pg from 'pg'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { asOwner, type Cell, identities, type Identity, toAttempts } from '../test/isolation-attempts.js'
import { asDb, connect, newSlug, openPlace, password, passwords, randomName, silent } from '../test/warehouse-place.js'
import { toTenantNames } from '../tenants/names.js'
import { lintIsolation } from './lint.js'
import { openWarehouse, type Warehouse } from './warehouse.js'

const a = newSlug()
const b = newSlug()
const outsider = `outsider_${randomName()}`
const attempts = toAttempts(a, b)

describe.each(['superuser', 'owner'] as const)('the proxy logs in as a %s', (kind) => {
  const place = openPlace(kind)
  const clients = new Map<Identity, pg.Client>()
  let warehouse: Warehouse
  let admin: pg.Client
  let busy: pg.Client

  const roleOf = (identity: Identity) =>
    ({ outsider, b_app: `${b}_app`, b_sync: `${b}_sync`, a_app: `${a}_app`, a_sync: `${a}_sync`, proxy: undefined })[
      identity
    ]

  beforeAll(async () => {
    if (kind === 'owner') await place.server(`CREATE ROLE ${place.owner} LOGIN CREATEROLE PASSWORD '${password}'`)
    await place.server(`CREATE DATABASE ${place.database} ${kind === 'owner' ? `OWNER ${place.owner}` : ''}`)
    warehouse = await openWarehouse({
      url: place.proxyUrl(),
      log: silent,
      loadsUnderForcedRowSecurity: () => Promise.resolve(true),
    })
    admin = await connect(place.toUrl())
    await admin.query(`CREATE ROLE ${outsider} LOGIN PASSWORD '${password}'`)
    await admin.query(`GRANT CONNECT ON DATABASE ${place.database} TO ${outsider}`)
    for (const slug of [a, b]) await warehouse.provision(slug, passwords)
    const sync = await connect(place.toUrl(toTenantNames(a).syncRole))
    await sync.query(`CREATE TABLE deals (id int PRIMARY KEY, secret text); INSERT INTO deals SELECT i, 'canary' FROM generate_series(1, 100) i;
      CREATE TABLE ${a}_raw.records (id int); INSERT INTO ${a}_raw.records VALUES (1); ANALYZE deals;
      CREATE VIEW deals_view AS SELECT * FROM deals;
      CREATE FUNCTION count_deals() RETURNS bigint LANGUAGE sql AS 'SELECT count(*) FROM ${a}.deals'`)
    await sync.end()
    const other = await connect(place.toUrl(toTenantNames(b).syncRole))
    await other.query(`SET check_function_bodies = off;
      CREATE FUNCTION peek() RETURNS text LANGUAGE sql SECURITY DEFINER SET search_path = pg_catalog AS 'SELECT secret FROM ${a}.deals LIMIT 1'`)
    await other.end()
    await warehouse.guard([a, b])
    for (const identity of identities) {
      const role = roleOf(identity)
      clients.set(identity, await connect(role ? place.toUrl(role) : place.proxyUrl()))
    }
    // Somebody of the tenant's who is at something all the while.
    busy = await connect(place.toUrl(`${a}_sync`))
    await busy.query(`SELECT 'canary'`)
  })
  afterAll(async () => {
    for (const client of [...clients.values(), busy]) await client.end()
    for (const slug of [a, b]) await warehouse.deprovision(slug)
    await warehouse.close()
    await admin.end()
    await place.server(`DROP DATABASE ${place.database} WITH (FORCE)`)
    await place.server(`DROP ROLE ${outsider}`)
    if (kind === 'owner') await place.server(`DROP OWNED BY ${place.owner} CASCADE; DROP ROLE ${place.owner}`)
  })

  /** What becomes of it; nothing of it stays. */
  async function attempt(identity: Identity, sql: string): Promise<Exclude<Cell, '~'>> {
    const client = clients.get(identity)
    if (!client) throw new Error(`${identity} is not connected`)
    const own = identity.startsWith('b') ? b : a
    try {
      await client.query('BEGIN')
      const result = await client.query(sql.replaceAll('{own}', own))
      const last = (Array.isArray(result) ? result.at(-1) : result) as pg.QueryResult
      const asksForRows = /^(SELECT|UPDATE|DELETE)/.test(last.command)
      return asksForRows && last.rowCount === 0 ? '.' : '+'
    } catch {
      return '-'
    } finally {
      await client.query('ROLLBACK').catch(() => {})
    }
  }

  test('only what is meant', async () => {
    const lines: string[] = []
    const wrong: string[] = []
    for (const [what, sql, expected] of attempts) {
      const wanted = ((kind === 'owner' && asOwner[what]) || expected).split(' ')
      const found: string[] = []
      for (const [n, identity] of identities.entries()) {
        const cell = await attempt(identity, sql)
        found.push(wanted[n] === '~' && cell === '+' ? '~' : cell)
      }
      lines.push(`${what.padEnd(38)}${found.map((cell) => cell.padEnd(10)).join('')}`)
      if (found.join(' ') !== wanted.join(' ')) wrong.push(`${what}: ${found.join(' ')}, meant ${wanted.join(' ')}`)
    }
    const head = `${''.padEnd(38)}${identities.map((each) => each.padEnd(10)).join('')}`
    console.log(`${kind}: ${attempts.length} attempts × ${identities.length} identities\n${head}\n${lines.join('\n')}`)
    expect(wrong).toEqual([])
  })

  test('for every refusal there is somebody who may', () => {
    if (kind === 'owner') return
    const without = attempts
      .filter(([, , expected]) => /-/.test(expected) && !/[+.]/.test(expected))
      .map(([what]) => what)
    expect(without, 'what nobody may at all: it would be b reading a').toEqual(['a definer function of b over it'])
  })

  test('the linter finds nothing, but what only a superuser could mend', async () => {
    const faults = await lintIsolation(asDb(admin))
    const mine = faults.filter(({ slug }) => !slug || slug === a || slug === b)
    expect(mine.map(({ rule }) => rule)).toEqual(kind === 'superuser' ? [] : ['public_function', 'public_function'])
  })
})
