// A destination whose tables bind even their owner: real logins, row security FORCEd, and no right to anything else.
import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest'
import { postgresUrl } from '../../../../.ci/test-postgres.js'
import type { SyncMode } from './run-sync.js'
import type { TestDatabase, TestSync } from './test/world.js'
import { createTestDatabase, syncOnce } from './test/world.js'

let source: TestDatabase
let destination: TestDatabase
let tenant: TestDatabase

beforeAll(async () => {
  source = await createTestDatabase(postgresUrl(), 'rls_source')
  destination = await createTestDatabase(postgresUrl(), 'rls_destination')
  const login = { username: 'rls_owner', password: 'owner-password', raw_data_schema: 'synced_raw' }
  tenant = { ...destination, config: { ...destination.config, ...login } }
})
afterAll(async () => {
  await source?.drop()
  await destination.client.query(
    'DROP OWNED BY rls_owner CASCADE; DROP OWNED BY rls_reader CASCADE; DROP ROLE rls_owner, rls_reader',
  )
  await destination?.drop()
})
beforeEach(async () => {
  await source.client.query(`
    DROP TABLE IF EXISTS people CASCADE;
    CREATE TABLE people (id int PRIMARY KEY, name text, updated_at timestamptz);
    INSERT INTO people VALUES (1, 'Ada', '2024-01-01'), (2, 'Grace', '2024-01-02'), (3, 'Mei', '2024-01-02')`)
  await destination.client.query(`
    DO $$ BEGIN CREATE ROLE rls_owner LOGIN PASSWORD 'owner-password'; CREATE ROLE rls_reader;
      EXCEPTION WHEN duplicate_object THEN NULL; END $$;
    DROP SCHEMA IF EXISTS synced CASCADE; CREATE SCHEMA synced;
    DROP SCHEMA IF EXISTS synced_raw CASCADE; CREATE SCHEMA synced_raw;
    GRANT USAGE, CREATE ON SCHEMA synced, synced_raw TO rls_owner; GRANT USAGE ON SCHEMA synced TO rls_reader;
    ALTER DEFAULT PRIVILEGES FOR ROLE rls_owner IN SCHEMA synced GRANT SELECT ON TABLES TO rls_reader;
    ALTER DEFAULT PRIVILEGES FOR ROLE rls_owner IN SCHEMA synced_raw GRANT DELETE ON TABLES TO PUBLIC`)
})

const sync = (mode: SyncMode, jobId: number, more: Partial<TestSync> = {}) =>
  syncOnce({ source, destination: tenant, mode, jobId, connectionId: 'people', ...more })

const succeeded = expect.objectContaining({ status: 'succeeded' }) as unknown
const modes: SyncMode[] = [
  'full_refresh_overwrite',
  'full_refresh_append',
  'incremental_append',
  'incremental_deduped_history',
]

async function one<T>(sql: string): Promise<T> {
  return (await destination.client.query(sql)).rows[0]
}

/** What people and the database said about the table, and which table it is. */
const tableNow = () =>
  one<Record<string, unknown>>(`
    SELECT oid::int, (SELECT string_agg(acl::text, ', ' ORDER BY acl::text) FROM unnest(relacl) acl
        WHERE acl::text NOT LIKE 'rls_owner=%') AS grants, relrowsecurity AND relforcerowsecurity AS forced, obj_description(oid) AS comment,
      (SELECT string_agg(concat_ws(' ', policyname, permissive, cmd, roles, qual, with_check), '; ' ORDER BY policyname)
         FROM pg_policies WHERE schemaname = 'synced' AND tablename = 'people') AS policies,
      (SELECT string_agg(attname || ': ' || col_description(attrelid, attnum), '; ') FROM pg_attribute
         WHERE attrelid = c.oid AND col_description(attrelid, attnum) IS NOT NULL) AS column_comments
    FROM pg_class c WHERE oid = 'synced.people'::regclass`)

const force = `
  CREATE POLICY owner_only ON synced.people USING (session_user = 'rls_owner') WITH CHECK (session_user = 'rls_owner');
  CREATE POLICY never_none ON synced.people AS RESTRICTIVE FOR SELECT TO rls_owner, rls_reader USING (1 = 1);
  ALTER TABLE synced.people ENABLE ROW LEVEL SECURITY, FORCE ROW LEVEL SECURITY`

test.each(modes)('%s: rows arrive in a table whose row security binds the role that loads it', async (mode) => {
  expect(await sync(mode, 1, { generationId: 1 })).toEqual(succeeded)
  await destination.client.query(force)
  await source.client.query(
    `UPDATE people SET name = 'Ada L.', updated_at = '2024-02-01' WHERE id = 1; INSERT INTO people VALUES (4, 'Noor', '2024-03-01')`,
  )
  expect(await sync(mode, 2)).toEqual(succeeded)
  const { names } = await one<{ names: string }>(
    `SELECT string_agg(name, ', ' ORDER BY id, _airbyte_extracted_at, name) AS names FROM synced.people`,
  )
  expect(names).toBe(
    {
      full_refresh_overwrite: 'Ada L., Grace, Mei, Noor',
      full_refresh_append: 'Ada, Ada L., Grace, Grace, Mei, Mei, Noor',
      incremental_append: 'Ada, Ada L., Grace, Mei, Noor',
      incremental_deduped_history: 'Ada L., Grace, Mei, Noor',
    }[mode],
  )
  expect(await tableNow()).toMatchObject({ forced: true, policies: expect.stringContaining('owner_only') })
  const { rows: raw } = await destination.client.query(
    `SELECT tablename FROM pg_tables WHERE schemaname = 'synced_raw'`,
  )
  expect(raw).toEqual([{ tablename: '_airbyte_stream_state' }])
})

test('a refresh of a deduplicated stream, too', async () => {
  await sync('incremental_deduped_history', 1, { generationId: 1 })
  await destination.client.query(force)
  await source.client.query('DELETE FROM people WHERE id = 1')
  expect(await sync('incremental_deduped_history', 2, { generationId: 2, minimumGenerationId: 2 })).toEqual(succeeded)
  expect(await one('SELECT count(*)::int AS rows FROM synced.people')).toEqual({ rows: 2 })
  const { rows: indexes } = await destination.client.query(
    `SELECT indexname FROM pg_indexes WHERE schemaname = 'synced' ORDER BY 1`,
  )
  expect(indexes.map(({ indexname }) => indexname)).toEqual([
    'idx_cursor_people',
    'idx_extracted_at_people',
    'idx_pk_people',
  ])
})

test('a new table has the rights its schema gives, not those of the one it was built in', async () => {
  for (const mode of modes) {
    await destination.client
      .query('DROP TABLE IF EXISTS synced.people; TRUNCATE synced_raw._airbyte_stream_state')
      .catch(() => {})
    await sync(mode, 1)
    expect(await tableNow(), mode).toMatchObject({ grants: 'rls_reader=r/rls_owner' })
  }
})

test('an overwrite puts a new table in place, with the grants, comments and policies of the old one', async () => {
  await sync('full_refresh_overwrite', 1)
  await destination.client.query(`${force};
    GRANT UPDATE ON synced.people TO rls_reader WITH GRANT OPTION; GRANT SELECT ON synced.people TO PUBLIC;
    COMMENT ON TABLE synced.people IS 'Who''s who'; COMMENT ON COLUMN synced.people.name IS 'As they write it'`)
  const { oid: before, ...said } = await tableNow()
  expect(await sync('full_refresh_overwrite', 2)).toEqual(succeeded)
  const { oid: after, ...kept } = await tableNow()
  expect(after).not.toBe(before)
  expect(kept).toEqual(said)
  expect(said).toMatchObject({ comment: `Who's who`, column_comments: 'name: As they write it', forced: true })
})

test.each([
  [
    'a policy on a column',
    `CREATE POLICY named ON synced.people USING (name IS NOT NULL OR session_user = 'rls_owner')`,
  ],
  [
    'a policy of another table',
    `CREATE TABLE synced.other (id int); CREATE POLICY mine ON synced.other USING (EXISTS (SELECT FROM synced.people))`,
  ],
  ['a grant on a column', 'GRANT SELECT (name) ON synced.people TO rls_reader'],
  ['a view', 'CREATE VIEW synced.names AS SELECT name FROM synced.people'],
])('a table that %s needs stays, and its rows are replaced', async (_, sql) => {
  await sync('full_refresh_overwrite', 1)
  await destination.client.query(`${force}; ${sql}`)
  const before = await tableNow()
  await source.client.query('DELETE FROM people WHERE id = 1')
  expect(await sync('full_refresh_overwrite', 2)).toEqual(succeeded)
  expect(await tableNow()).toEqual(before)
  expect(await one('SELECT count(*)::int AS rows FROM synced.people')).toEqual({ rows: 2 })
})

test('two connections may append to one table at once', async () => {
  await sync('full_refresh_append', 1)
  const both = await Promise.all(['one', 'two'].map((connectionId) => sync('full_refresh_append', 1, { connectionId })))
  expect(both).toEqual([succeeded, succeeded])
  expect(await one('SELECT count(*)::int AS rows FROM synced.people')).toEqual({ rows: 9 })
})
