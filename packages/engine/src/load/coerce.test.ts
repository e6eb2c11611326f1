import { expect, test } from 'vitest'
import { coerceText, coerceValue } from './coerce.js'
import type { ColumnType } from './column-type.js'

test.each<[unknown, ColumnType, string | null]>([
  [null, 'varchar', null],
  [undefined, 'bigint', null],
  ['text', 'varchar', 'text'],
  [12.5, 'varchar', '12.5'],
  [{ a: 1 }, 'varchar', '{"a":1}'],
  ['9223372036854775807', 'bigint', '9223372036854775807'],
  ['-0012', 'bigint', '-12'],
  [3, 'bigint', '3'],
  ['12345678901234567890.123456789012345678', 'decimal', '12345678901234567890.123456789012345678'],
  [1e-7, 'decimal', '1e-7'],
  [true, 'boolean', 't'],
  ['false', 'boolean', 'f'],
  ['2024-02-29', 'date', '2024-02-29'],
  ['2024-02-29T23:00:00Z', 'date', '2024-02-29'],
  ['2024-02-29T12:30:00.123456+02:00', 'timestamp with time zone', '2024-02-29 12:30:00.123456+02:00'],
  ['2024-02-29T12:30:00', 'timestamp with time zone', '2024-02-29 12:30:00Z'],
  ['2024-02-29T12:30:00+02:00', 'timestamp', '2024-02-29 12:30:00'],
  ['0044-03-15 12:00:00+00 BC', 'timestamp with time zone', '0044-03-15 12:00:00+00 BC'],
  ['12:30', 'time', '12:30'],
  ['12:30:00+05:30', 'time', '12:30:00'],
  ['12:30:00', 'time with time zone', '12:30:00Z'],
  [{ a: ['\u0000x'] }, 'jsonb', '{"a":["x"]}'],
  ['just text', 'jsonb', '"just text"'],
])('%j for %s is written %j', (value, type, text) => {
  expect(coerceValue(value, type)).toEqual({ kind: 'fits', text })
})

test.each<[unknown, ColumnType, string]>([
  [1.5, 'bigint', 'TYPECAST_ERROR'],
  ['1.0', 'bigint', 'TYPECAST_ERROR'],
  ['9223372036854775808', 'bigint', 'FIELD_SIZE_LIMITATION'],
  [1e21, 'bigint', 'FIELD_SIZE_LIMITATION'],
  ['1e20000', 'decimal', 'FIELD_SIZE_LIMITATION'],
  ['twelve', 'decimal', 'TYPECAST_ERROR'],
  [{}, 'decimal', 'TYPECAST_ERROR'],
  ['yes', 'boolean', 'TYPECAST_ERROR'],
  ['2023-02-29', 'date', 'TYPECAST_ERROR'],
  ['2024-13-01', 'date', 'TYPECAST_ERROR'],
  [1_700_000_000, 'timestamp with time zone', 'TYPECAST_ERROR'],
  ['2024-01-01T25:00:00Z', 'timestamp with time zone', 'TYPECAST_ERROR'],
  ['noon', 'time', 'TYPECAST_ERROR'],
])('%j does not fit %s: %s', (value, type, reason) => {
  expect(coerceValue(value, type)).toEqual({ kind: 'misfit', reason: `DESTINATION_${reason}` })
})

test('a BigInt is a number like any other', () => {
  expect(coerceValue(9_007_199_254_740_993n, 'bigint')).toEqual({ kind: 'fits', text: '9007199254740993' })
  expect(coerceValue(2n ** 70n, 'decimal')).toEqual({ kind: 'fits', text: '1180591620717411303424' })
})

test('JSON text stays as it is, digits and all, unless jsonb would refuse it', () => {
  expect(coerceText('{"n": 1.10, "big": 12345678901234567890}', 'jsonb')).toEqual({
    kind: 'fits',
    text: '{"n": 1.10, "big": 12345678901234567890}',
  })
  expect(coerceText('{"a": "\\u0000b"}', 'jsonb')).toEqual({ kind: 'fits', text: '{"a":"b"}' })
  expect(coerceText('{oops', 'jsonb')).toEqual({ kind: 'misfit', reason: 'DESTINATION_SERIALIZATION_ERROR' })
})
