// Streams with whatever names Postgres can hold, and those that trip code up.
import fc from 'fast-check'
import type { ColumnType, StreamFacts } from '../facts.js'

const types: ColumnType[] = [
  'text',
  'integer',
  'decimal',
  'boolean',
  'date',
  'time',
  'timestamp',
  'timestamptz',
  'json',
]

/** Postgres counts bytes, and holds neither NUL nor half a surrogate. */
const toPostgres = (text: string) => {
  let name = text.replaceAll('\0', '')
  while (Buffer.byteLength(name) > 63) name = [...name].slice(0, -1).join('')
  return name || '_'
}

export const anyName = fc
  .oneof(
    fc.string({ unit: 'grapheme', maxLength: 70 }),
    fc.string({
      unit: fc.constantFrom('a', 'A', '_', '-', '"', "'", '`', '\\', '$', '{', '\n', '*', '/'),
      maxLength: 8,
    }),
    fc.constantFrom(
      '__proto__',
      'constructor',
      'toString',
      'default',
      'delete',
      'streams',
      'Stream',
      'Json',
      'row',
      '*/ export const x = 1 /*',
      '${process.env.DATABASE_URL}',
      "'; DROP TABLE users; --",
      '"; DROP TABLE users; --',
      '</script><script>alert(1)</script>',
      '\u2028\u2029\ufeff\u202e',
      'é'.repeat(31),
      'a'.repeat(63),
      'created_at',
      'status',
      'amount',
      'currency',
      'id',
      'user_id',
    ),
  )
  .map(toPostgres)

const anyColumn = fc.record({ name: anyName, type: fc.constantFrom(...types) })

export const anyStream: fc.Arbitrary<StreamFacts> = fc
  .record({
    connectionId: fc.constantFrom('one', 'two'),
    table: anyName,
    columns: fc.uniqueArray(anyColumn, { selector: ({ name }) => name, maxLength: 12 }),
    keys: fc.nat({ max: 3 }),
  })
  .map(({ keys, ...stream }) => ({ ...stream, primaryKey: stream.columns.slice(0, keys).map(({ name }) => name) }))

export const anyStreams = fc.uniqueArray(anyStream, { selector: ({ table }) => table, maxLength: 6 })
