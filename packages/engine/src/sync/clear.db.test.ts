import { afterAll, beforeAll, expect, test } from 'vitest'
import { postgresUrl } from '../../../../.ci/test-postgres.js'
import type { SyncStream } from '../load/stream-plan.js'
import { runClear } from './run-clear.js'
import { createTestDatabase, syncOnce, type TestDatabase } from './test/world.js'

let source: TestDatabase
let destination: TestDatabase
const connectionId = 'twins'

beforeAll(async () => {
  source = await createTestDatabase(postgresUrl(), 'clear_source')
  destination = await createTestDatabase(postgresUrl(), 'clear_destination')
  await source.client.query(`
    CREATE SCHEMA a; CREATE TABLE a.users (id int PRIMARY KEY); INSERT INTO a.users VALUES (1);
    CREATE SCHEMA b; CREATE TABLE b.users (id int PRIMARY KEY); INSERT INTO b.users VALUES (2), (3)`)
  await syncOnce({
    source,
    destination,
    mode: 'full_refresh_append',
    jobId: 1,
    connectionId,
    config: { ...source.config, schemas: ['a', 'b'] },
  })
})
afterAll(async () => {
  await source?.drop()
  await destination?.drop()
})

const streamOf = (namespace: string): SyncStream => ({
  name: 'users',
  namespace,
  syncMode: 'full_refresh_append',
  jsonSchema: { properties: { id: { type: 'integer' } } },
  generationId: 2,
  minimumGenerationId: 2,
})
const clear = (streams: SyncStream[], signal = new AbortController().signal) =>
  runClear({
    connectionId,
    jobId: 2,
    streams,
    tables: [streamOf('a'), streamOf('b')],
    prefix: '',
    destination: { ...destination.config, schema: 'synced' },
    signal,
  })

async function counts(): Promise<Record<string, number>> {
  const { rows } = await destination.client.query<{ table: string }>(
    `SELECT tablename AS "table" FROM pg_tables WHERE schemaname = 'synced' AND tablename LIKE 'users%' ORDER BY 1`,
  )
  const counted = rows.map(async ({ table }) => {
    const answer = await destination.client.query<{ count: string }>(`SELECT count(*) FROM synced."${table}"`)
    return [table, Number(answer.rows[0]?.count)] as const
  })
  return Object.fromEntries(await Promise.all(counted))
}

test('clears the one stream it is about, though another has its name', async () => {
  const [first = '', second = ''] = Object.keys(await counts())
  expect(await counts()).toEqual({ [first]: 1, [second]: 2 })
  expect(await clear([streamOf('b')])).toEqual({ status: 'succeeded' })
  expect(await counts()).toEqual({ [first]: 1, [second]: 0 })
  const { rows } = await destination.client.query<{ namespace: string; state: unknown; complete: boolean }>(
    `SELECT namespace, complete, sync_id::int FROM synced._airbyte_stream_state ORDER BY namespace`,
  )
  expect(rows).toEqual([
    { namespace: 'a', complete: true, sync_id: 1 },
    { namespace: 'b', complete: true, sync_id: 2 },
  ])
})

test('empties a table whose rows others refer to', async () => {
  const [first = ''] = Object.keys(await counts())
  await destination.client.query(`
    ALTER TABLE synced."${first}" ADD UNIQUE (id);
    CREATE TABLE synced.notes (user_id bigint REFERENCES synced."${first}" (id) ON DELETE CASCADE);
    INSERT INTO synced.notes VALUES (1)`)
  expect(await clear([streamOf('a')])).toEqual({ status: 'succeeded' })
  expect((await counts())[first]).toBe(0)
  expect((await destination.client.query('SELECT FROM synced.notes')).rowCount).toBe(0)
})

test('stops when it is told to', async () => {
  expect(await clear([streamOf('a')], AbortSignal.abort())).toEqual({ status: 'cancelled' })
})
