// A schema node with one value → the field whose control can hold it.
import { toDateDescriptor, toDatePrecision } from './dates.js'
import type { EnumValue, FieldBase, LeafField, TextRule } from './field.js'
import { enumOf, numberOf, type Schema, textOf, typeOf } from './schema.js'
import { toText } from './to-text.js'

export const toEnumValues = (values: unknown[]): EnumValue[] =>
  [...new Set(values)]
    .filter((value) => value !== null && typeof value !== 'object')
    .map((value) => ({ value, label: toText(value) }))

export function toLeaf(schema: Schema, base: FieldBase): LeafField {
  const options = toEnumValues(enumOf(schema))
  if (options.length > 0) return { ...base, kind: 'enum', options }
  switch (typeOf(schema)) {
    case 'string':
      return toTextual(schema, base)
    case 'integer':
    case 'number':
      return toNumber(schema, base)
    case 'boolean':
      return { ...base, kind: 'boolean' }
    default:
      return { ...base, kind: 'json', expects: 'any' }
  }
}

function toTextual(schema: Schema, base: FieldBase): LeafField {
  const rule = toTextRule(schema)
  const multiline = schema.multiline === true
  if (schema.airbyte_secret === true) return { ...base, ...rule, kind: 'secret', multiline }
  const date = multiline ? undefined : toDatePrecision(textOf(schema, 'format'), rule.pattern)
  return { ...base, ...rule, kind: 'text', multiline, date }
}

function toTextRule(schema: Schema): TextRule {
  const pattern = textOf(schema, 'pattern')
  const descriptor = textOf(schema, 'pattern_descriptor')
  return {
    pattern,
    patternDescriptor: descriptor ?? (pattern === undefined ? undefined : toDateDescriptor(pattern)),
  }
}

function toNumber(schema: Schema, base: FieldBase): LeafField {
  return {
    ...base,
    kind: 'number',
    integer: typeOf(schema) === 'integer',
    minimum: numberOf(schema, 'minimum', 'mininum'),
    maximum: numberOf(schema, 'maximum'),
  }
}
