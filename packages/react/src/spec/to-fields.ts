// One schema node → one field. Sub-objects come back through `toFields`, so this is the whole recursion.
import { toDateDescriptor, toDatePrecision } from './dates.js'
import { pinnedValue, toDefaultOption, toDiscriminator } from './choice.js'
import { toOrderedFields } from './field-order.js'
import type {
  ChoiceField,
  ChoiceOption,
  EnumValue,
  Field,
  FieldBase,
  GroupField,
  LeafField,
  TextRule,
} from './field.js'
import { isObject, type Path } from './path.js'
import { toText } from './to-text.js'
import {
  descriptionOf,
  enumOf,
  fixedValueOf,
  numberOf,
  optionsOf,
  propertiesOf,
  requiredOf,
  type Schema,
  textOf,
  titleOf,
  toLabel,
  toPlainSchema,
  toSchema,
  typeOf,
  typesOf,
} from './schema.js'

/** How deep a spec may nest before the rest is typed as JSON. The deepest of Airbyte's 591 has 6 levels. */
const depthLimit = 12

/** The fields of an object: its properties, ordered, then its own choice where it has branches. */
export function toFields(schema: Schema, path: Path): Field[] {
  const required = new Set(requiredOf(schema))
  const fields = propertiesOf(schema).map(([key, property]) => ({
    field: toField(property, [...path, key], required.has(key)),
    order: numberOf(property, 'order'),
  }))
  const ordered = toOrderedFields(fields)
  return optionsOf(schema).length > 0 ? [...ordered, toChoice(schema, baseOf(schema, path, true))] : ordered
}

export function toField(property: Schema, path: Path, required: boolean): Field {
  const schema = toPlainSchema(property)
  const base = baseOf(schema, path, required)
  const fixed = fixedValueOf(schema)
  if (fixed !== undefined) return { ...base, kind: 'hidden', constant: true, default: fixed, folded: false }
  if (schema.airbyte_hidden === true) return toHidden(schema, base)
  if (path.length > depthLimit) return { ...base, kind: 'json', expects: 'any' }
  if (optionsOf(schema).length > 0 && propertiesOf(schema).length === 0) return toChoice(schema, base)
  if (typeOf(schema) === 'object' && (propertiesOf(schema).length > 0 || optionsOf(schema).length > 0)) {
    return toGroup(schema, base)
  }
  return toLeaf(schema, base)
}

// A default that only names an option is no value to send: hidden choices are kept for old configurations.
function toHidden(schema: Schema, base: FieldBase): Field {
  const isName = optionsOf(schema).length > 0 && !isObject(schema.default)
  return {
    ...base,
    kind: 'hidden',
    constant: false,
    folded: false,
    default: isName ? undefined : base.default,
  }
}

function baseOf(schema: Schema, path: Path, required: boolean): FieldBase {
  const examples = Array.isArray(schema.examples) ? schema.examples : [schema.examples ?? schema.example]
  const isOneLine = (text: string): boolean => text !== '' && text.length <= 120 && !text.includes('\n')
  return {
    path,
    title: titleOf(schema) ?? toLabel(path.at(-1) ?? ''),
    description: descriptionOf(schema),
    required,
    folded: !required && schema.always_show !== true,
    readOnly: schema.readOnly === true,
    default: schema.default ?? undefined,
    examples: examples
      .filter((example) => typeof example === 'string' || typeof example === 'number')
      .map(String)
      .filter(isOneLine),
  }
}

const toEnumValues = (values: unknown[]): EnumValue[] =>
  [...new Set(values)]
    .filter((value) => value !== null && typeof value !== 'object')
    .map((value) => ({ value, label: toText(value) }))

function toLeaf(schema: Schema, base: FieldBase): LeafField {
  const options = toEnumValues(enumOf(schema))
  if (options.length > 0 && typeOf(schema) !== 'array') return { ...base, kind: 'enum', options }
  switch (typeOf(schema)) {
    case 'string':
      return toTextual(schema, base)
    case 'integer':
    case 'number':
      return toNumber(schema, base)
    case 'boolean':
      return { ...base, kind: 'boolean' }
    case 'array':
      return toList(schema, base)
    case 'object':
      return { ...base, kind: 'json', expects: 'object' }
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

function toList(schema: Schema, base: FieldBase): LeafField {
  const items = toSchema(schema.items ?? schema.item)
  const options = toEnumValues(enumOf(items))
  if (options.length > 0) return { ...base, kind: 'multiEnum', options }
  const type = typeOf(items)
  if (type === 'string' || type === 'number' || type === 'integer') return { ...base, kind: 'list', items: type }
  if (type === undefined && typesOf(items).length === 0 && optionsOf(items).length === 0) {
    return { ...base, kind: 'list', items: 'string' }
  }
  return { ...base, kind: 'json', expects: 'array' }
}

function toGroup(schema: Schema, base: FieldBase): GroupField {
  return { ...base, kind: 'group', folded: false, fields: toFields(schema, base.path) }
}

function toChoice(schema: Schema, base: FieldBase): ChoiceField {
  const discriminator = toDiscriminator(schema)
  const options = optionsOf(schema).map((branch, index): ChoiceOption => {
    const value = discriminator.isSent ? pinnedValue(branch, discriminator.key) : index
    return {
      value,
      title: titleOf(branch) ?? (discriminator.isSent ? toText(value) : `${base.title} ${index + 1}`),
      description: descriptionOf(branch),
      hidden: branch.airbyte_hidden === true,
      fields: toFields(branch, base.path).filter((field) => field.path.at(-1) !== discriminator.key),
    }
  })
  const offered = options.filter((option) => !option.hidden).length
  const wantsCards = schema.display_type === undefined ? offered <= 4 : schema.display_type === 'radio'
  return {
    ...base,
    kind: 'choice',
    folded: false,
    discriminator: discriminator.key,
    discriminatorIsSent: discriminator.isSent,
    options,
    defaultValue: toDefaultOption(schema, discriminator),
    display: wantsCards ? 'cards' : 'select',
  }
}
