import { afterAll, beforeAll, expect, test } from 'vitest'
import { postgresUrl } from '../../../../.ci/test-postgres.js'
import type { Connector } from '../connector/connector.js'
import { ConnectorError } from '../connector/connector-error.js'
import { createSampleDataConnector } from '../native/sample-data/sample-data-connector.js'
import type { AirbyteMessage } from '../protocol/messages.js'
import type { TestDatabase } from './test/world.js'
import { createTestDatabase, syncOnce } from './test/world.js'

let destination: TestDatabase

beforeAll(async () => {
  destination = await createTestDatabase(postgresUrl(), 'failures')
})
afterAll(() => destination?.drop())

/** Sample data whose messages a test may meddle with. */
function meddling(meddle: (messages: AsyncIterable<AirbyteMessage>) => AsyncIterable<AirbyteMessage>): Connector {
  const connector = createSampleDataConnector()
  return { ...connector, read: (...args) => meddle(connector.read(...args)) }
}

const sync = (connector: Connector, jobId: number, more: object = {}) =>
  syncOnce({
    source: destination,
    destination,
    connector,
    config: { count: 1_000, records_per_state: 100 },
    streams: ['users'],
    mode: 'full_refresh_append',
    schema: `job_${jobId}`,
    jobId,
    ...more,
  })

const usersOf = async (jobId: number) =>
  (
    await destination.client.query(
      `SELECT count(*)::int AS rows, count(DISTINCT id)::int AS ids FROM job_${jobId}.users`,
    )
  ).rows[0]

/** Ends after 500 records. */
const createBreaking = () =>
  meddling(async function* (messages) {
    let records = 0
    for await (const message of messages) {
      if (message.type === 'RECORD' && (records += 1) > 500)
        throw new ConnectorError('transient_error', 'The line went dead. Try again.')
      yield message
    }
  })

test('a source that fails half way keeps what it got to; the retry does the rest', async () => {
  expect(await sync(createBreaking(), 1)).toMatchObject({
    status: 'failed',
    madeProgress: true,
    failure: { origin: 'source', type: 'transient_error', stream: 'users', message: 'The line went dead. Try again.' },
    stats: [{ recordsCommitted: 500 }],
  })
  expect(await usersOf(1)).toEqual({ rows: 500, ids: 500 })
  expect(await sync(createSampleDataConnector(), 1)).toMatchObject({
    status: 'succeeded',
    stats: [{ recordsCommitted: 1_000 }],
  })
  expect(await usersOf(1)).toEqual({ rows: 1_000, ids: 1_000 })
})

test('rows that no state covers are not kept', async () => {
  const stateless = meddling(async function* (messages) {
    for await (const message of messages) {
      if (message.type === 'RECORD') yield message
      if (
        message.type === 'TRACE' &&
        message.trace.type === 'STREAM_STATUS' &&
        message.trace.stream_status.status === 'STARTED'
      )
        yield message
    }
  })
  expect(await sync(stateless, 2)).toMatchObject({
    status: 'failed',
    madeProgress: false,
    failure: {
      origin: 'source',
      type: 'system_error',
      message: 'The source ended before it had read "users" to the end.',
    },
  })
  expect(await usersOf(2)).toEqual({ rows: 0, ids: 0 })
})

test('a destination that refuses is named as the side that failed, without its password', async () => {
  const refused = { ...destination, config: { ...destination.config, password: 'wrong-secret' } }
  const result = await sync(createSampleDataConnector(), 3, { destination: refused })
  expect(result).toMatchObject({
    status: 'failed',
    madeProgress: false,
    failure: { origin: 'destination', type: 'config_error' },
  })
  expect(JSON.stringify(result)).not.toContain('wrong-secret')
})

test('a table that is somebody else’s is left alone', async () => {
  await destination.client.query('CREATE SCHEMA job_4; CREATE TABLE job_4.users (mine text)')
  expect(await sync(createSampleDataConnector(), 4)).toMatchObject({
    status: 'failed',
    failure: {
      origin: 'destination',
      type: 'config_error',
      stream: 'users',
      message: expect.stringContaining('was not made by a sync'),
    },
  })
})

test('a destination that hangs up in the middle is a passing failure', async () => {
  const hangingUp = meddling(async function* (messages) {
    let records = 0
    for await (const message of messages) {
      yield message
      if (message.type !== 'RECORD' || (records += 1) !== 600) continue
      await destination.client.query(
        `SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE application_name = 'opsai sync' AND datname = current_database()`,
      )
    }
  })
  const result = await sync(hangingUp, 5, { config: { count: 20_000, records_per_state: 100 } })
  expect(result).toMatchObject({ status: 'failed', failure: { origin: 'destination', type: 'transient_error' } })
  const again = await sync(createSampleDataConnector(), 5, { config: { count: 20_000, records_per_state: 100 } })
  expect(again.status).toBe('succeeded')
  expect(await usersOf(5)).toEqual({ rows: 20_000, ids: 20_000 })
})

test('rows and their state are there together or not at all, even where the end comes right between them', async () => {
  await sync(createBreaking(), 6)
  await destination.client.query(`
    CREATE FUNCTION job_6.hang_up() RETURNS trigger LANGUAGE plpgsql AS
      'BEGIN PERFORM pg_terminate_backend(pg_backend_pid()); RETURN NEW; END';
    CREATE TRIGGER hang_up BEFORE UPDATE ON job_6._airbyte_stream_state FOR EACH ROW
      WHEN (NEW.committed_records > OLD.committed_records) EXECUTE FUNCTION job_6.hang_up()`)
  expect(await sync(createSampleDataConnector(), 6)).toMatchObject({
    status: 'failed',
    failure: { origin: 'destination', type: 'transient_error' },
  })
  expect(await usersOf(6)).toEqual({ rows: 500, ids: 500 })
  await destination.client.query('DROP TRIGGER hang_up ON job_6._airbyte_stream_state')
  expect(await sync(createSampleDataConnector(), 6)).toMatchObject({ status: 'succeeded' })
  expect(await usersOf(6)).toEqual({ rows: 1_000, ids: 1_000 })
})
