import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest'
import { postgresUrl } from '../../../../.ci/test-postgres.js'
import type { TestDatabase, TestSync } from './test/world.js'
import { createTestContext, createTestDatabase, syncOnce } from './test/world.js'

let source: TestDatabase
let destination: TestDatabase

beforeAll(async () => {
  source = await createTestDatabase(postgresUrl(), 'modes_source')
  destination = await createTestDatabase(postgresUrl(), 'modes_destination')
})
afterAll(async () => {
  await source?.drop()
  await destination?.drop()
})
beforeEach(async () => {
  await source.client.query(`
    DROP TABLE IF EXISTS people CASCADE;
    CREATE TABLE people (id int PRIMARY KEY, name text, updated_at timestamptz);
    INSERT INTO people VALUES (1, 'Ada', '2024-01-01'), (2, 'Grace', '2024-01-02'), (3, 'Mei', '2024-01-02')`)
  await destination.client.query('DROP SCHEMA IF EXISTS synced CASCADE')
})

const sync = (mode: TestSync['mode'], jobId: number, more: Partial<TestSync> = {}) =>
  syncOnce({ source, destination, mode, jobId, connectionId: 'people', ...more })

async function landed(columns = 'id, name'): Promise<unknown[]> {
  const { rows } = await destination.client.query({
    text: `SELECT ${columns} FROM synced.people ORDER BY id, updated_at, name`,
    rowMode: 'array',
  })
  return rows
}

async function tables(): Promise<string[]> {
  const { rows } = await destination.client.query(
    `SELECT tablename FROM pg_tables WHERE schemaname = 'synced' ORDER BY 1`,
  )
  return rows.map(({ tablename }) => tablename)
}

test('overwrite: the table is what the source is now', async () => {
  await sync('full_refresh_overwrite', 1)
  await source.client.query(`DELETE FROM people WHERE id = 1; UPDATE people SET name = 'Grace H.' WHERE id = 2`)
  expect(await sync('full_refresh_overwrite', 2)).toMatchObject({ status: 'succeeded' })
  expect(await landed('id, name, _airbyte_generation_id')).toEqual(
    [
      [2, 'Grace H.', '2'],
      [3, 'Mei', '2'],
    ].map(([id, ...rest]) => [String(id), ...rest]),
  )
  expect(await tables()).toEqual(['_airbyte_stream_state', 'people'])
})

test('overwrite keeps what hangs on the table: grants, views, policies', async () => {
  await sync('full_refresh_overwrite', 1)
  await destination.client.query(`
    CREATE VIEW synced.names AS SELECT name FROM synced.people;
    GRANT SELECT ON synced.people TO PUBLIC`)
  await source.client.query(`INSERT INTO people VALUES (4, 'Noor', '2024-01-03')`)
  expect(await sync('full_refresh_overwrite', 2)).toMatchObject({ status: 'succeeded' })
  const { rows } = await destination.client.query('SELECT name FROM synced.names ORDER BY name')
  expect(rows.map(({ name }) => name)).toEqual(['Ada', 'Grace', 'Mei', 'Noor'])
  const { rows: rights } = await destination.client.query(
    `SELECT relacl::text AS acl FROM pg_class WHERE oid = 'synced.people'::regclass`,
  )
  expect(rights[0].acl).toContain('=r/')
})

test('append: every sync adds every row', async () => {
  await sync('full_refresh_append', 1)
  await sync('full_refresh_append', 2)
  expect(await landed('id')).toEqual([['1'], ['1'], ['2'], ['2'], ['3'], ['3']])
})

test('incremental append: what changed is added, what was there stays', async () => {
  await sync('incremental_append', 1)
  await source.client.query(`UPDATE people SET name = 'Ada L.', updated_at = '2024-02-01' WHERE id = 1`)
  expect((await sync('incremental_append', 2)).stats[0]).toMatchObject({ recordsEmitted: 1 })
  expect(await landed()).toEqual([
    ['1', 'Ada'],
    ['1', 'Ada L.'],
    ['2', 'Grace'],
    ['3', 'Mei'],
  ])
})

test('a row that comes later with the very same cursor value is not missed', async () => {
  await sync('incremental_deduped_history', 1)
  await source.client.query(`INSERT INTO people VALUES (9, 'Late', '2024-01-02')`)
  await sync('incremental_deduped_history', 2)
  expect(await landed('id')).toEqual([['1'], ['2'], ['3'], ['9']])
  expect((await sync('incremental_deduped_history', 3)).stats[0]).toMatchObject({ recordsEmitted: 0 })
})

test('…not even when another row of that value went away', async () => {
  await sync('incremental_deduped_history', 1)
  await source.client.query(`DELETE FROM people WHERE id = 2; INSERT INTO people VALUES (9, 'Late', '2024-01-02')`)
  await sync('incremental_deduped_history', 2)
  expect(await landed('id')).toEqual([['1'], ['2'], ['3'], ['9']])
})

test('rows without a cursor value come once', async () => {
  await source.client.query(`INSERT INTO people VALUES (7, 'Timeless', NULL)`)
  await sync('incremental_append', 1)
  await source.client.query(`INSERT INTO people VALUES (8, 'New', '2024-03-01')`)
  await sync('incremental_append', 2)
  expect(await landed('id')).toEqual([['1'], ['2'], ['3'], ['7'], ['8']])
})

test('deduplicated: the latest of each key, one row each', async () => {
  await sync('incremental_deduped_history', 1)
  await source.client.query(`
    UPDATE people SET name = 'Mei T.', updated_at = '2024-03-01' WHERE id = 3;
    INSERT INTO people VALUES (4, 'Noor', '2024-03-02')`)
  expect((await sync('incremental_deduped_history', 2)).stats[0]).toMatchObject({ recordsEmitted: 2 })
  expect(await landed()).toEqual([
    ['1', 'Ada'],
    ['2', 'Grace'],
    ['3', 'Mei T.'],
    ['4', 'Noor'],
  ])
  expect(await tables()).toEqual(['_airbyte_stream_state', 'people'])
})

test('a finished job that is run again moves nothing', async () => {
  await sync('full_refresh_append', 1)
  expect(await sync('full_refresh_append', 1)).toMatchObject({ status: 'succeeded', stats: [{ recordsCommitted: 3 }] })
  expect(await landed('id')).toEqual([['1'], ['2'], ['3']])
})

test('a refresh reads an incremental stream anew and drops what is gone', async () => {
  await sync('incremental_deduped_history', 1, { generationId: 1 })
  await source.client.query('DELETE FROM people WHERE id = 1')
  await sync('incremental_deduped_history', 2, { generationId: 2, minimumGenerationId: 2 })
  expect(await landed('id, _airbyte_generation_id')).toEqual([
    ['2', '2'],
    ['3', '2'],
  ])
  await source.client.query(`INSERT INTO people VALUES (5, 'Iker', '2024-05-01')`)
  const next = await sync('incremental_deduped_history', 3, { generationId: 2, minimumGenerationId: 2 })
  expect(next.stats[0]).toMatchObject({ recordsEmitted: 1 })
  expect(await landed('id')).toEqual([['2'], ['3'], ['5']])
})

test('a new column is added; a changed type keeps the values that fit', async () => {
  await sync('incremental_append', 1)
  await source.client.query(`
    ALTER TABLE people ADD COLUMN email text;
    ALTER TABLE people ALTER COLUMN name TYPE int USING 42;
    INSERT INTO people VALUES (4, 7, '2024-03-02', 'noor@example.com')`)
  await destination.client.query(`UPDATE synced.people SET name = '12' WHERE id = 1`)
  expect(await sync('incremental_append', 2)).toMatchObject({ status: 'succeeded' })
  expect(await landed('id, name, email')).toEqual([
    ['1', '12', null],
    ['2', null, null],
    ['3', null, null],
    ['4', '7', 'noor@example.com'],
  ])
})

test('a value the destination has no room for becomes NULL and says so; the row arrives', async () => {
  await source.client.query(`ALTER TABLE people ADD COLUMN doc json`)
  await source.client.query(`UPDATE people SET doc = '{"a": "nul \\u0000 inside", "b": "half \\ud83d"}' WHERE id = 1`)
  expect(await sync('full_refresh_overwrite', 1)).toMatchObject({ status: 'succeeded' })
  const { rows } = await destination.client.query('SELECT doc FROM synced.people WHERE id = 1')
  expect(rows[0].doc).toEqual({ a: 'nul  inside', b: 'half \uFFFD' })
})

test('a table that turned out to be of another type than discovered still arrives', async () => {
  const { createPostgresConnector } = await import('../native/postgres/postgres-connector.js')
  const connector = createPostgresConnector()
  const stale = {
    ...connector,
    discover: async () => {
      const streams = await connector.discover(source.config, createTestContext())
      await source.client.query(
        `ALTER TABLE people ALTER COLUMN id TYPE text; UPDATE people SET id = 'two' WHERE id = '2'`,
      )
      return streams
    },
  }
  expect(await sync('full_refresh_overwrite', 1, { connector: stale })).toMatchObject({ status: 'succeeded' })
  expect(await landed('id, _airbyte_meta')).toEqual([
    ['1', { sync_id: 1, changes: [] }],
    ['3', { sync_id: 1, changes: [] }],
    [null, { sync_id: 1, changes: [{ field: 'id', change: 'NULLED', reason: 'DESTINATION_TYPECAST_ERROR' }] }],
  ])
})

test('one table that is gone fails alone; the others arrive', async () => {
  await source.client.query(
    'CREATE TABLE IF NOT EXISTS gone (id int PRIMARY KEY); CREATE TABLE IF NOT EXISTS zebras (id int PRIMARY KEY); INSERT INTO zebras VALUES (1)',
  )
  const { createPostgresConnector } = await import('../native/postgres/postgres-connector.js')
  const connector = createPostgresConnector()
  const late = {
    ...connector,
    discover: async () => {
      const streams = await connector.discover(source.config, createTestContext())
      await source.client.query('DROP TABLE gone')
      return streams
    },
  }
  const result = await sync('full_refresh_overwrite', 1, { connector: late })
  expect(result).toMatchObject({
    status: 'failed',
    madeProgress: true,
    failure: {
      origin: 'source',
      type: 'config_error',
      stream: 'gone',
      message: expect.stringContaining('"gone" is gone'),
    },
  })
  const { rows } = await destination.client.query('SELECT id FROM synced.zebras')
  expect(rows).toEqual([{ id: '1' }])
  await source.client.query('DROP TABLE zebras')
})

test('a role that owns only its schema can be loaded into', async () => {
  await destination.client.query(`
    DROP SCHEMA IF EXISTS tenant_a CASCADE; DROP ROLE IF EXISTS modes_tenant_a;
    CREATE ROLE modes_tenant_a LOGIN PASSWORD 'tenant-password';
    CREATE SCHEMA tenant_a AUTHORIZATION modes_tenant_a;
    REVOKE TEMPORARY ON DATABASE ${destination.config.database} FROM PUBLIC`)
  const tenant = {
    ...destination,
    config: { ...destination.config, username: 'modes_tenant_a', password: 'tenant-password' },
  }
  for (const [jobId, mode] of (['full_refresh_overwrite', 'incremental_deduped_history'] as const).entries()) {
    const result = await sync(mode, 10 + jobId, { destination: tenant, schema: 'tenant_a', connectionId: mode })
    expect(result).toMatchObject({ status: 'succeeded' })
  }
  const refused = await sync('full_refresh_overwrite', 12, { destination: tenant, schema: 'tenant_b' })
  expect(refused).toMatchObject({ status: 'failed', failure: { origin: 'destination', type: 'config_error' } })
  await destination.client.query('DROP SCHEMA tenant_a CASCADE; DROP ROLE modes_tenant_a')
})

test('cancelled within two seconds, in the middle of a big table', async () => {
  await source.client.query(
    `CREATE TABLE big AS SELECT n AS id, repeat('z', 500) AS filler FROM generate_series(1, 200000) AS n`,
  )
  const cancel = new AbortController()
  const running = sync('full_refresh_overwrite', 1, { streams: ['big'], context: createTestContext(cancel.signal) })
  let cancelledAt = Infinity
  setTimeout(() => {
    cancelledAt = Date.now()
    cancel.abort()
  }, 300)
  expect((await running).status).toBe('cancelled')
  expect(Date.now() - cancelledAt).toBeLessThan(2_000)
  await source.client.query('DROP TABLE big')
})
