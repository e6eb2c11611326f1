// Postgres' types → JSON Schema as Airbyte words it, and how each is written so that nothing of its value is lost.
import { quoteName } from '../../load/naming.js'
import type { JsonSchema } from '../../protocol/messages.js'

/** A column as the server describes it; a domain is described as the type below it. */
export interface TableColumn {
  name: string
  /** `pg_type.typname` */
  typeName: string
  /** `pg_type.typtype`: b(ase), c(omposite), e(num), r(ange) … */
  typeKind: string
  /** Type name of an array's elements. */
  elementType: string | null
  elementKind: string | null
  /** The type in SQL, for casts. */
  sqlType: string
  nullable: boolean
}

const moments: Record<string, JsonSchema> = {
  date: { type: 'string', format: 'date' },
  time: { type: 'string', format: 'time', airbyte_type: 'time_without_timezone' },
  timetz: { type: 'string', format: 'time', airbyte_type: 'time_with_timezone' },
  timestamp: { type: 'string', format: 'date-time', airbyte_type: 'timestamp_without_timezone' },
  timestamptz: { type: 'string', format: 'date-time', airbyte_type: 'timestamp_with_timezone' },
}

const scalars: Record<string, JsonSchema> = {
  ...moments,
  int2: { type: 'integer' },
  int4: { type: 'integer' },
  int8: { type: 'integer' },
  oid: { type: 'integer' },
  numeric: { type: 'number' },
  float4: { type: 'number' },
  float8: { type: 'number' },
  money: { type: 'number' },
  bool: { type: 'boolean' },
  json: { type: 'object' },
  jsonb: { type: 'object' },
  uuid: { type: 'string', format: 'uuid' },
  bytea: { type: 'string', contentEncoding: 'base64' },
}

function schemaOf(typeName: string, typeKind: string): JsonSchema {
  if (typeKind === 'c') return { type: 'object' }
  return scalars[typeName] ?? { type: 'string' }
}

function orNull(schema: JsonSchema, nullable: boolean): JsonSchema {
  return nullable && typeof schema.type === 'string' ? { ...schema, type: [schema.type, 'null'] } : schema
}

/**
 * The JSON Schema of a column's values.
 * @example
 * toJsonSchema({ name: 'tags', typeName: '_text', elementType: 'text', … })
 * // { type: ['array', 'null'], items: { type: ['string', 'null'] } }
 */
export function toJsonSchema(column: TableColumn): JsonSchema {
  if (column.elementType === null) return orNull(schemaOf(column.typeName, column.typeKind), column.nullable)
  const items = orNull(schemaOf(column.elementType, column.elementKind ?? 'b'), true)
  return orNull({ type: 'array', items }, column.nullable)
}

/** The expression whose text is the value: what `COPY` writes, or JSON where the destination takes JSON. */
export function toSelectExpression(column: TableColumn): string {
  const name = quoteName(column.name)
  if (column.elementType !== null) return `array_to_json(${name})`
  if (column.typeKind === 'c') return `row_to_json(${name})`
  if (column.typeName === 'bytea') return `replace(encode(${name}, 'base64'), E'\\n', '')`
  if (column.typeName === 'money') return `${name}::numeric`
  return name
}

const ordered = new Set(
  'int2 int4 int8 oid numeric float4 float8 text varchar bpchar uuid date timestamp timestamptz time timetz'.split(' '),
)

/** Whether rows can be read in this column's order and taken up again after one of its values. */
export function isOrdered(column: TableColumn): boolean {
  return column.elementType === null && (ordered.has(column.typeName) || column.typeKind === 'e')
}
