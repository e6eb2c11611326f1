import { once } from 'node:events'
import { createServer } from 'node:net'
import type { AddressInfo } from 'node:net'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { postgresUrl } from '../../../../../.ci/test-postgres.js'
import type { TestDatabase } from '../../sync/test/world.js'
import { createTestContext, createTestDatabase } from '../../sync/test/world.js'
import { createPostgresConnector } from './postgres-connector.js'

const connector = createPostgresConnector()
let database: TestDatabase
let reader: TestDatabase['config']

beforeAll(async () => {
  database = await createTestDatabase(postgresUrl(), 'check')
  await database.client.query(`
    DROP ROLE IF EXISTS check_reader;
    CREATE ROLE check_reader LOGIN PASSWORD 'read-only';
    CREATE TABLE people (id int PRIMARY KEY, name text);
    INSERT INTO people SELECT n, 'person ' || n FROM generate_series(1, 50) AS n;
    CREATE TABLE hidden (id int);
    CREATE SCHEMA locked; CREATE SCHEMA empty; GRANT USAGE ON SCHEMA empty TO check_reader;
    GRANT SELECT ON people TO check_reader`)
  reader = { ...database.config, username: 'check_reader', password: 'read-only' }
})
afterAll(async () => {
  await database?.client.query('DROP OWNED BY check_reader; DROP ROLE check_reader')
  await database?.drop()
})

test('a login that may read is enough', async () => {
  expect(await connector.check(reader, createTestContext())).toEqual({ status: 'succeeded' })
})

test.each<[string, () => object, string[][], RegExp]>([
  [
    'a wrong password',
    () => ({ password: 'guess' }),
    [['password']],
    /password for user "check_reader" was not accepted/,
  ],
  ['a wrong user', () => ({ username: 'nobody_here' }), [['password']], /Check username and password/],
  ['an unknown database', () => ({ database: 'nowhere' }), [['database']], /no database "nowhere"/],
  ['an unknown host', () => ({ host: 'db.invalid' }), [['host']], /"db.invalid"/],
  ['a port nobody listens on', () => ({ port: 1 }), [['host'], ['port']], /Nothing answers at .* on port 1/],
  [
    'encryption the server lacks',
    () => ({ ssl_mode: { mode: 'require' } }),
    [['ssl_mode']],
    /does not offer encryption/,
  ],
  ['a schema that is not there', () => ({ schemas: ['public', 'Sales'] }), [['schemas']], /no schema "Sales"/],
  ['a schema it may not use', () => ({ schemas: ['locked'] }), [['schemas']], /may not use schema "locked"/],
  ['a schema with nothing to read', () => ({ schemas: ['empty'] }), [['schemas']], /may read no table in "empty"/],
  ['a field left out', () => ({ host: '' }), [['host']], /not complete: host/],
])('%s is named, with the field to look at', async (_, wrong, fields, message) => {
  const answer = await connector.check({ ...reader, ...wrong() }, createTestContext())
  expect(answer).toEqual({ status: 'failed', fields, message: expect.stringMatching(message) })
  expect(JSON.stringify(answer)).not.toContain('read-only')
})

test('a server that never answers can be given up on at once', async () => {
  const silent = createServer().listen(0, '127.0.0.1')
  await once(silent, 'listening')
  const { port } = silent.address() as AddressInfo
  const started = Date.now()
  const cancel = new AbortController()
  setTimeout(() => cancel.abort(), 100)
  await expect(connector.check({ ...reader, port }, createTestContext(cancel.signal))).rejects.toThrow()
  expect(Date.now() - started).toBeLessThan(2_000)
  silent.close()
})

test.each(['127.0.0.1', 'localhost', '0x7f.1', '169.254.169.254', '::1'])(
  'where private networks are refused, %s is never dialled',
  async (host) => {
    const careful = createPostgresConnector({ privateAddresses: 'refused' })
    expect(await careful.check({ ...reader, host }, createTestContext())).toEqual({
      status: 'failed',
      fields: [['host']],
      message: `"${host}" is in a private network, which this server may not connect to.`,
    })
  },
)

test('a path is no host', async () => {
  expect(await connector.check({ ...reader, host: '/var/run/postgresql' }, createTestContext())).toMatchObject({
    fields: [['host']],
  })
})

test('discover offers what the login may read, and how', async () => {
  expect(await connector.discover(reader, createTestContext())).toEqual([
    {
      name: 'people',
      namespace: 'public',
      json_schema: { type: 'object', properties: { id: { type: 'integer' }, name: { type: ['string', 'null'] } } },
      supported_sync_modes: ['full_refresh', 'incremental'],
      source_defined_cursor: false,
      default_cursor_field: ['id'],
      source_defined_primary_key: [['id']],
      is_resumable: true,
    },
  ])
})

test('samples are the first rows, as values', async () => {
  const { readSample } = await import('../../connector/sample.js')
  const streams = await connector.discover(reader, createTestContext())
  const [sample] = await readSample(connector, reader, streams, 3, createTestContext())
  expect(sample).toEqual({
    stream: { name: 'people', namespace: 'public' },
    records: [1, 2, 3].map((id) => ({ id, name: `person ${id}` })),
  })
})
