// JSON schema → column, as destination-postgres 3.x decides it.
import type { JsonSchema } from '../protocol/messages.js'

/** A column's type, in the words of `CREATE TABLE`. */
export type ColumnType =
  | 'varchar'
  | 'bigint'
  | 'decimal'
  | 'boolean'
  | 'date'
  | 'time'
  | 'time with time zone'
  | 'timestamp'
  | 'timestamp with time zone'
  | 'jsonb'

/** How a field lands: `document` columns take any JSON, and know whether their text is a value or JSON already. */
export interface Column {
  field: string
  name: string
  type: ColumnType
}

function typesOf(schema: JsonSchema): string[] {
  const types = schema.type === undefined ? [] : Array.isArray(schema.type) ? schema.type : [schema.type]
  return types.filter((type) => type !== 'null')
}

function withoutNull(options: JsonSchema[]): JsonSchema[] {
  return options.filter((option) => option.type !== 'null')
}

function stringType(schema: JsonSchema): ColumnType {
  const zoneless = schema.airbyte_type?.endsWith('without_timezone') ?? false
  if (schema.format === 'date') return 'date'
  if (schema.format === 'time') return zoneless ? 'time' : 'time with time zone'
  if (schema.format === 'date-time') return zoneless ? 'timestamp' : 'timestamp with time zone'
  if (schema.airbyte_type === 'integer' || schema.airbyte_type === 'big_integer') return 'bigint'
  if (schema.airbyte_type === 'number' || schema.airbyte_type === 'big_number') return 'decimal'
  return 'varchar'
}

/**
 * The column a field's values go into.
 * @example
 * toColumnType({ type: ['null', 'string'], format: 'date-time' }) // 'timestamp with time zone'
 * toColumnType({ type: 'number', airbyte_type: 'integer' }) // 'bigint'
 * toColumnType({ type: ['string', 'integer'] }) // 'jsonb': a union
 */
export function toColumnType(schema: JsonSchema): ColumnType {
  const options = withoutNull(schema.oneOf ?? schema.anyOf ?? [])
  if (options.length === 1 && options[0]) return toColumnType(options[0])
  const types = typesOf(schema)
  if (options.length > 1 || types.length !== 1) return numeric(types) ?? 'jsonb'
  switch (types[0]) {
    case 'string':
      return stringType(schema)
    case 'integer':
      return 'bigint'
    case 'number':
      return schema.airbyte_type === 'integer' ? 'bigint' : 'decimal'
    case 'boolean':
      return 'boolean'
    default:
      return 'jsonb'
  }
}

/** Integer or number is a number, not a union. */
function numeric(types: string[]): ColumnType | undefined {
  const both = types.length === 2 && types.includes('integer') && types.includes('number')
  return both ? 'decimal' : undefined
}
