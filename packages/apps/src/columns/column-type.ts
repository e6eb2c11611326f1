// What kind of column it is: from Postgres' catalogue, or from a JSON schema where there is no table yet.
import type { ColumnType, JsonSchema } from '../facts.js'

const kinds: Readonly<Record<string, ColumnType>> = {
  'character varying': 'text',
  character: 'text',
  text: 'text',
  bigint: 'integer',
  integer: 'integer',
  smallint: 'integer',
  numeric: 'decimal',
  'double precision': 'decimal',
  real: 'decimal',
  boolean: 'boolean',
  date: 'date',
  'time without time zone': 'time',
  'time with time zone': 'time',
  'timestamp without time zone': 'timestamp',
  'timestamp with time zone': 'timestamptz',
  json: 'json',
  jsonb: 'json',
}

/**
 * The kind of a column, by its type as `format_type` writes it; what no sync makes is read as text.
 * @example
 * toColumnType('numeric(12,2)') // 'decimal'
 */
export function toColumnType(postgresType: string): ColumnType {
  const plain = postgresType.replace(/\([^)]*\)/, '')
  return (Object.hasOwn(kinds, plain) && kinds[plain]) || 'text'
}

/** The kind of column a field lands in, as destination-postgres decides it. */
export function toLandingType(schema: JsonSchema): ColumnType {
  const options = (schema.oneOf ?? schema.anyOf ?? []).filter((option) => option.type !== 'null')
  if (options.length === 1 && options[0]) return toLandingType(options[0])
  const types = [schema.type ?? []].flat().filter((type) => type !== 'null')
  if (types.length === 2 && types.includes('integer') && types.includes('number')) return 'decimal'
  if (options.length > 1 || types.length !== 1) return 'json'
  switch (types[0]) {
    case 'string':
      return toTextType(schema)
    case 'integer':
      return 'integer'
    case 'number':
      return schema.airbyte_type === 'integer' ? 'integer' : 'decimal'
    case 'boolean':
      return 'boolean'
    default:
      return 'json'
  }
}

function toTextType({ format, airbyte_type: airbyteType }: JsonSchema): ColumnType {
  if (format === 'date') return 'date'
  if (format === 'time') return 'time'
  if (format === 'date-time') return airbyteType?.endsWith('without_timezone') ? 'timestamp' : 'timestamptz'
  if (airbyteType === 'integer' || airbyteType === 'big_integer') return 'integer'
  if (airbyteType === 'number' || airbyteType === 'big_number') return 'decimal'
  return 'text'
}
