// The main job by HTTP alone: what a script, or another language's client, would do.
import { readFile } from 'node:fs/promises'
import { parse } from 'dotenv'
import { Client } from 'pg'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { changeCustomerDatabase } from '@opsai/sandbox'
import { compareTables } from './compare-tables.js'
import { openSession, waitForJob } from './proxy-api.js'
import { chooseAll, shopConfiguration, shopUrl } from './shop.js'
import { type Stack, startStack } from './stack.js'

let stack: Stack
let customerUrl: string
let postgres: Record<string, unknown>
let session: Awaited<ReturnType<typeof openSession>>
let connectionId: string
let tablePrefix: string

beforeAll(async () => {
  stack = await startStack({ port: 4510 })
  const keys = await stack.keys()
  customerUrl = shopUrl(stack, keys.customerPassword)
  postgres = shopConfiguration(stack, keys.customerPassword)
  session = await openSession(stack.url, keys.hostKey, 'northwind')
  // Somebody else's schema, to be out of reach.
  await session.host('putTenant', { params: { tenantId: 'globex' } })
})
afterAll(() => stack?.stop())

describe('a tenant connects its PostgreSQL', () => {
  test('the connectors on offer name Postgres as ready', async () => {
    const { sources } = await session.api('listConnectors', { query: { search: 'postgres' } })
    expect(sources[0]).toMatchObject({ sourceType: 'postgres', availability: 'available' })
  })

  test('recommendations fit the business and say why', async () => {
    const businessProfile = { industry: 'retail', size: '11-50', type: 'b2c' }
    const { recommendations } = await session.api('getRecommendations', { body: { businessProfile } })
    expect(recommendations.length).toBeGreaterThan(2)
    expect(recommendations[0]!.reasons[0]).toMatch(/\w+/)
  })

  test('a wrong password fails, with the field named', async () => {
    const configuration = { ...postgres, password: 'not-the-password' }
    const check = await session.api('testSource', { body: { sourceType: 'postgres', configuration } })
    expect(check.status).toBe('failed')
    expect(check.fieldErrors?.map((error) => error.path)).toContainEqual(['password'])
    expect(JSON.stringify(check)).not.toContain('not-the-password')
  })

  test('the right one succeeds, sample rows are real, and every row arrives', async () => {
    const { api } = session
    const check = await api('testSource', { body: { sourceType: 'postgres', configuration: postgres } })
    expect(check).toMatchObject({ status: 'succeeded' })

    const source = await api('createSource', {
      body: { tenantId: 'northwind', sourceType: 'postgres', name: 'Shop', configuration: postgres },
    })
    if (!('sourceId' in source)) throw new Error('a password needs no sign-in')
    const sample = await api('sampleSource', { body: { sourceId: source.sourceId, limit: 20 } })
    const events = sample.streams.find((stream) => stream.name === 'events')
    expect(events?.records.length).toBe(20)
    expect(events?.origin).toBe('source')

    const connection = await api('createConnection', {
      body: {
        sourceId: source.sourceId,
        streams: chooseAll(sample.streams, 'deduped'),
      },
    })
    ;({ connectionId, tablePrefix } = connection)
    const job = await waitForJob(api, (await api('syncConnection', { params: { connectionId } })).jobId)
    expect(job).toMatchObject({ status: 'succeeded' })
    expect(job.rowsSynced).toBeGreaterThanOrEqual(100_000)
  })

  test('row counts and values equal the source, for every type', async () => {
    const tables = await compareTables(customerUrl, await readEnv(), tablePrefix)
    console.table(tables)
    expect(tables.length).toBeGreaterThanOrEqual(5)
    expect(tables.filter((table) => table.rows !== table.synced || table.different > 0)).toEqual([])
  })

  test('after 1,000 inserts and updates the second sync moves only the delta', async () => {
    await changeCustomerDatabase(await readAdminUrl(), { inserts: 500, updates: 500 })
    const { jobId } = await session.api('syncConnection', { params: { connectionId } })
    const job = await waitForJob(session.api, jobId)
    expect(job).toMatchObject({ status: 'succeeded' })
    const moved = Object.fromEntries(job.streams.map((stream) => [stream.name, stream.rowsCommitted]))
    console.log('rows moved by the second sync', moved)
    // Each new order brings one item; the table without a key is read whole; nothing else changed.
    expect(moved).toMatchObject({ orders: 1000, order_items: 500, events: 0, customers: 0, products: 0 })
    const tables = await compareTables(customerUrl, await readEnv(), tablePrefix)
    expect(tables.filter((table) => table.rows !== table.synced || table.different > 0)).toEqual([])
  })

  test('a cursor cannot see deletes; a full refresh drops what is gone', async () => {
    const { deleted } = await changeCustomerDatabase(await readAdminUrl(), { deletes: 10 })
    await syncOnce()
    expect(await countOrders(deleted)).toBe(10)

    const { streams } = await session.api('getConnection', { params: { connectionId } })
    const refreshed = streams.map((stream) =>
      stream.name === 'orders' ? { ...stream, syncMode: 'full_refresh_overwrite' as const } : stream,
    )
    await session.api('updateConnection', { params: { connectionId }, body: { streams: refreshed } })
    await syncOnce()
    expect(await countOrders(deleted)).toBe(0)
  })

  test("the .env opens this tenant's tables and nothing else", async () => {
    const env = await readEnv()
    expect(env).toMatchObject({ TENANT_ID: 'northwind', POSTGRES_ENABLED: 'true' })
    const client = new Client({ connectionString: env.DATABASE_URL })
    await client.connect()
    try {
      const { rows } = await client.query(`SELECT count(*)::int AS rows FROM "${tablePrefix}events"`)
      expect(rows[0].rows).toBeGreaterThan(1000)
      await expect(client.query(`INSERT INTO "${tablePrefix}events" DEFAULT VALUES`)).rejects.toThrow(
        /permission denied/,
      )
      await expect(client.query('CREATE TABLE public.mine (id int)')).rejects.toThrow(/permission denied/)
      const { rows: readable } = await client.query(
        `SELECT DISTINCT n.nspname AS schema FROM pg_class c JOIN pg_namespace n ON n.oid = c.relnamespace
         WHERE c.relkind IN ('r', 'p', 'v', 'm') AND n.nspname NOT IN ('pg_catalog', 'information_schema')
           AND has_schema_privilege(n.oid, 'USAGE') AND has_table_privilege(c.oid, 'SELECT')`,
      )
      expect(readable).toEqual([{ schema: env.DATABASE_SCHEMA }])
    } finally {
      await client.end()
    }
    for (const database of ['opsai', 'airbyte_engine', 'postgres', 'template1']) {
      const elsewhere = new URL(env.DATABASE_URL)
      elsewhere.pathname = `/${database}`
      await expect(new Client({ connectionString: elsewhere.href }).connect()).rejects.toThrow(/permission denied/)
    }
  })
})

const readEnv = async () => {
  const text = await session.host('getTenantEnv', { params: { tenantId: 'northwind' } })
  return parse(text) as { DATABASE_URL: string; DATABASE_SCHEMA: string; TENANT_ID: string }
}

async function syncOnce() {
  const { jobId } = await session.api('syncConnection', { params: { connectionId } })
  expect(await waitForJob(session.api, jobId)).toMatchObject({ status: 'succeeded' })
}

async function countOrders(ids: string[]): Promise<number> {
  const client = new Client({ connectionString: (await readEnv()).DATABASE_URL })
  await client.connect()
  const { rowCount } = await client.query(`SELECT 1 FROM "${tablePrefix}orders" WHERE id = ANY($1)`, [ids])
  await client.end()
  return rowCount ?? 0
}

async function readAdminUrl() {
  const password = (await readFile(`${stack.dataDir}/customer-postgres/password`, 'utf8')).trim()
  return `postgresql://postgres:${password}@127.0.0.1:${stack.port + 3}/shop`
}
