import { expect, test } from 'vitest'
import type { JsonSchema } from '../protocol/messages.js'
import { toColumnType } from './column-type.js'

test.each<[JsonSchema, string]>([
  [{ type: 'string' }, 'varchar'],
  [{ type: ['null', 'string'] }, 'varchar'],
  [{ type: 'string', format: 'date' }, 'date'],
  [{ type: 'string', format: 'date-time' }, 'timestamp with time zone'],
  [{ type: 'string', format: 'date-time', airbyte_type: 'timestamp_without_timezone' }, 'timestamp'],
  [{ type: 'string', format: 'time', airbyte_type: 'time_without_timezone' }, 'time'],
  [{ type: 'string', format: 'time' }, 'time with time zone'],
  [{ type: 'string', format: 'email' }, 'varchar'],
  [{ type: 'string', airbyte_type: 'big_integer' }, 'bigint'],
  [{ type: 'integer' }, 'bigint'],
  [{ type: 'number', airbyte_type: 'integer' }, 'bigint'],
  [{ type: 'number' }, 'decimal'],
  [{ type: ['integer', 'number', 'null'] }, 'decimal'],
  [{ type: 'boolean' }, 'boolean'],
  [{ type: 'object' }, 'jsonb'],
  [{ type: 'array' }, 'jsonb'],
  [{ type: ['string', 'integer'] }, 'jsonb'],
  [{ oneOf: [{ type: 'string', format: 'date' }, { type: 'null' }] }, 'date'],
  [{ oneOf: [{ type: 'string' }, { type: 'integer' }] }, 'jsonb'],
  [{}, 'jsonb'],
])('%j lands in a column of type %s', (schema, type) => {
  expect(toColumnType(schema)).toBe(type)
})
