// Whatever a source sends, Postgres takes what we make of it: no value can fail a sync.
import fc from 'fast-check'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { postgresUrl } from '../../../../.ci/test-postgres.js'
import type { TestDatabase } from '../sync/test/world.js'
import { createTestDatabase } from '../sync/test/world.js'
import type { Column, ColumnType } from './column-type.js'
import { startCopy } from './copy-stream.js'
import { copySql, createTableSql } from './layout.js'
import { recordToLine } from './row-text.js'

const anyText = fc.array(fc.integer({ min: 0, max: 0xffff })).map((codes) => String.fromCharCode(...codes))

const types: ColumnType[] = [
  'varchar',
  'bigint',
  'decimal',
  'boolean',
  'date',
  'time',
  'time with time zone',
  'timestamp',
  'timestamp with time zone',
  'jsonb',
]
const columns: Column[] = types.map((type) => ({ field: type, name: type.replaceAll(' ', '_'), type }))
const name = { schema: 'public', table: 'anything' }
let database: TestDatabase

beforeAll(async () => {
  database = await createTestDatabase(postgresUrl(), 'coerce')
  await database.client.query(createTableSql(name, columns))
})
afterAll(() => database?.drop())

const digits = (count: number) =>
  fc.integer({ min: 0, max: 10 ** count - 1 }).map((value) => String(value).padStart(count, '0'))
const clock = fc
  .tuple(
    digits(2),
    digits(2),
    digits(2),
    fc.constantFrom('', '.5', '.123456', '.123456789'),
    fc.constantFrom('', 'Z', '+02', '-05:30', '+14:00', '+15:59', ' BC'),
  )
  .map(([hour, minute, second, fraction, zone]) => `${hour}:${minute}:${second}${fraction}${zone}`)
const day = fc.tuple(fc.oneof(digits(4), digits(6)), digits(2), digits(2)).map((parts) => parts.join('-'))
const plausibleDay = fc
  .tuple(fc.integer({ min: 0, max: 9999 }), fc.integer({ min: 1, max: 12 }), fc.integer({ min: 1, max: 31 }))
  .map(
    ([year, month, date]) =>
      `${String(year).padStart(4, '0')}-${String(month).padStart(2, '0')}-${String(date).padStart(2, '0')}`,
  )
const value = fc.oneof(
  fc.jsonValue(),
  anyText,
  fc.string({ unit: fc.constantFrom('\u0000', '\ud83d', '\\', '\t', 'é', '"', '{') }),
  fc.bigInt().map(String),
  fc.double(),
  fc.tuple(fc.integer(), fc.integer({ min: -20_000, max: 20_000 })).map(([base, exponent]) => `${base}e${exponent}`),
  day,
  plausibleDay,
  clock,
  fc.tuple(fc.oneof(day, plausibleDay), fc.constantFrom(' ', 'T', 't'), clock).map((parts) => parts.join('')),
  fc.constantFrom(
    'infinity',
    '-infinity',
    'NaN',
    'Infinity',
    '24:00:00',
    '24:00:00+02',
    '0000-01-01',
    '4713-01-01 BC',
    '294276-12-31T23:59:59Z',
  ),
)

test('any value of any type is taken', { timeout: 120_000 }, async () => {
  const { client } = database
  await client.query(`SET TimeZone = 'UTC'`)
  await fc.assert(
    fc.asyncProperty(fc.array(value, { minLength: 1, maxLength: 20 }), async (values) => {
      await client.query('BEGIN')
      const copy = startCopy(client, copySql(name, columns))
      for (const each of values) {
        const data = Object.fromEntries(types.map((type) => [type, each]))
        await copy.write(
          recordToLine({ type: 'RECORD', record: { stream: 'anything', data, emitted_at: 0 } }, columns, {
            syncId: 1,
            generationId: 1,
          }),
        )
      }
      try {
        await copy.end()
        const { rows } = await client.query('SELECT count(*)::int AS count FROM anything')
        expect(rows[0].count).toBe(values.length)
      } finally {
        await client.query('ROLLBACK')
      }
    }),
    { numRuns: 400 },
  )
})
