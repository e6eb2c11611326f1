// One schema node → one field. Sub-objects come back through `toFields`, so this is the whole recursion.
import { pinnedValue, toDefaultOption, toDiscriminator } from './choice.js'
import { toFieldBase } from './field-base.js'
import { toOrderedFields } from './field-order.js'
import type { ChoiceField, ChoiceOption, Field, FieldBase, GroupField, ItemLimits } from './field.js'
import { itemPlace } from './item.js'
import { isObject, type Path } from './path.js'
import {
  descriptionOf,
  enumOf,
  fixedValueOf,
  numberOf,
  optionsOf,
  propertiesOf,
  requiredOf,
  type Schema,
  titleOf,
  toPlainSchema,
  toSchema,
  typeOf,
} from './schema.js'
import { toEnumValues, toLeaf } from './to-leaf.js'
import { toText } from './to-text.js'

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
  return optionsOf(schema).length > 0 ? [...ordered, toChoice(schema, toFieldBase(schema, path, true))] : ordered
}

export function toField(property: Schema, path: Path, required: boolean): Field {
  const schema = toPlainSchema(property)
  const base = toFieldBase(schema, path, required)
  const fixed = fixedValueOf(schema)
  if (fixed !== undefined) return { ...base, kind: 'hidden', constant: true, default: fixed, folded: false }
  if (schema.airbyte_hidden === true) return toHidden(schema, base)
  if (path.length > depthLimit) return { ...base, kind: 'json', expects: 'any' }
  if (optionsOf(schema).length > 0 && propertiesOf(schema).length === 0) return toChoice(schema, base)
  if (typeOf(schema) === 'object' && (propertiesOf(schema).length > 0 || optionsOf(schema).length > 0)) {
    return toGroup(schema, base)
  }
  if (typeOf(schema) === 'array') return toList(schema, base)
  if (typeOf(schema) === 'object') return toMap(schema, base)
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

function toList(schema: Schema, base: FieldBase): Field {
  const given = schema.items ?? schema.item
  const items = toPlainSchema(toSchema(given))
  const limits = toLimits(schema)
  const options = toEnumValues(enumOf(items))
  if (options.length > 0) return { ...base, ...limits, kind: 'multiEnum', options }
  // Several schemas under `items` are a tuple: nothing to add to.
  if (Array.isArray(given)) return { ...base, kind: 'json', expects: 'array' }
  const type = typeOf(items)
  if (type === undefined) return { ...base, ...limits, kind: 'list', items: 'string' }
  const isLine = items.airbyte_secret !== true && items.multiline !== true
  if ((type === 'string' && isLine) || type === 'number' || type === 'integer') {
    return { ...base, ...limits, kind: 'list', items: type }
  }
  const item = toItemShape(items, base)
  return item === undefined ? { ...base, kind: 'json', expects: 'array' } : { ...base, ...limits, kind: 'items', item }
}

const toLimits = (schema: Schema): ItemLimits => ({
  minItems: numberOf(schema, 'minItems', 'minitems'),
  maxItems: numberOf(schema, 'maxItems', 'maxitems'),
  unique: schema.uniqueItems === true,
})

/** An object without properties of its own: names and values of one shape, or whatever somebody types as JSON. */
function toMap(schema: Schema, base: FieldBase): Field {
  const values = schema.additionalProperties
  const item = isObject(values) && typeOf(values) !== undefined ? toItemShape(values, base) : undefined
  return item === undefined ? { ...base, kind: 'json', expects: 'object' } : { ...base, kind: 'map', item }
}

/** The shape of one item or value; what could not be shown one by one has none. */
function toItemShape(schema: Schema, base: FieldBase): Field | undefined {
  const item = toField(schema, [...base.path, itemPlace], true)
  return item.kind === 'hidden' ? undefined : { ...item, title: titleOf(schema) ?? base.title }
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
