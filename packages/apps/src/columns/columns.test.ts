import fc from 'fast-check'
import { expect, test } from 'vitest'
import { toColumnType as toEngineType } from '../../../engine/src/load/column-type.js'
import { ownColumnNames } from '../../../engine/src/load/layout.js'
import { nameColumns, toIdentifier } from '../../../engine/src/load/naming.js'
import type { JsonSchema } from '../facts.js'
import { toColumnType, toLandingType } from './column-type.js'
import { isShortenedName, ownColumns, toLandingColumns, toLandingName } from './landing-names.js'

test.each([
  ['character varying', 'text'],
  ['numeric(12,2)', 'decimal'],
  ['timestamp with time zone', 'timestamptz'],
  ['timestamp(3) without time zone', 'timestamp'],
  ['jsonb', 'json'],
  ['uuid', 'text'],
  ['constructor', 'text'],
])('a column of type %s is a %s', (type, kind) => expect(toColumnType(type)).toBe(kind))

const type = fc.constantFrom('string', 'integer', 'number', 'boolean', 'object', 'array', 'null')
const leaf: fc.Arbitrary<JsonSchema> = fc.record(
  {
    type: fc.oneof(type, fc.uniqueArray(type, { maxLength: 3 })),
    format: fc.constantFrom('date', 'time', 'date-time', 'email'),
    airbyte_type: fc.constantFrom('integer', 'big_number', 'timestamp_without_timezone', 'time_with_timezone'),
  },
  { requiredKeys: [] },
)
const schema = fc.oneof(
  leaf,
  fc.record({ oneOf: fc.array(leaf, { maxLength: 3 }) }),
  fc.record({ anyOf: fc.array(leaf) }),
)

test('a field lands where the engine puts it', () => {
  fc.assert(
    fc.property(schema, (field) => {
      expect(toLandingType(field)).toBe(toOurWord(toEngineType(field as never)))
    }),
  )
})

const toOurWord = (engineType: string) =>
  toColumnType(
    engineType
      .replace('varchar', 'text')
      .replace('decimal', 'numeric')
      .replace(/^(time|timestamp)$/, '$1 without time zone'),
  )

const anyName = fc.oneof(fc.string({ unit: 'grapheme', maxLength: 90 }), fc.constantFrom('_airbyte_meta', 'a b', 'a-b'))

test('fields get the columns the engine gives them', () => {
  expect(ownColumns).toEqual(ownColumnNames)
  fc.assert(
    fc.property(fc.uniqueArray(anyName), (fields) => {
      expect(toLandingColumns(fields)).toEqual(nameColumns(fields, ownColumnNames))
    }),
  )
})

test('streams get the tables the engine gives them, and a shortened one is known again', () => {
  fc.assert(
    fc.property(anyName, (name) => {
      expect(toLandingName(`crm_${name}`)).toBe(toIdentifier(`crm_${name}`))
      const long = `crm_${name}`.padEnd(300, 'x')
      expect(isShortenedName(toIdentifier(long), long)).toBe(true)
      expect(isShortenedName(`${toIdentifier(long)}0`, long)).toBe(false)
    }),
  )
})
