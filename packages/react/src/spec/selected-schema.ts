// The schema that holds for one configuration: every choice replaced by the option it has, dirt taken out.
// A plain validator then names the deepest field, instead of "matches none of 6 options".
import { pinnedValue, toDiscriminator, toSelectedBranch } from './choice.js'
import { isObject, type PlainObject } from './path.js'
import { patternLimit, toPattern } from './pattern.js'
import {
  enumOf,
  numberOf,
  optionsOf,
  propertiesOf,
  requiredOf,
  type Schema,
  textOf,
  toPlainSchema,
  toSchema,
  typesOf,
} from './schema.js'

const numberKeywords = [
  'minimum',
  'maximum',
  'exclusiveMinimum',
  'exclusiveMaximum',
  'multipleOf',
  'minLength',
  'maxLength',
  'minItems',
  'maxItems',
]
const keptKeywords = ['title', 'tittle', 'examples', 'pattern_descriptor', 'const']
const checkedFormats = ['date', 'date-time', 'email', 'uri']

/** A clean draft-07 schema for `value`, free of `oneOf`. */
export function toSelectedSchema(property: Schema, value: unknown): PlainObject {
  const schema = toPlainSchema(property)
  return { ...toRules(schema, value), ...toObjectRules(schema, value), ...toItemRules(schema, value) }
}

function toRules(schema: Schema, value: unknown): PlainObject {
  const rules: PlainObject = {}
  for (const keyword of keptKeywords) if (schema[keyword] !== undefined) rules[keyword] = schema[keyword]
  for (const keyword of numberKeywords) {
    const limit = numberOf(schema, keyword)
    if (limit !== undefined) rules[keyword] = limit
  }
  const types = typesOf(schema)
  if (types.length > 0) rules.type = types
  if (enumOf(schema).length > 0) rules.enum = enumOf(schema)
  if (schema.uniqueItems === true) rules.uniqueItems = true
  return { ...rules, ...toTextRules(schema, value) }
}

function toTextRules(schema: Schema, value: unknown): PlainObject {
  const source = textOf(schema, 'pattern')
  if (source === undefined) {
    const format = textOf(schema, 'format') ?? ''
    return checkedFormats.includes(format) ? { format } : {}
  }
  const pattern = toPattern(source)
  const isTooLong = typeof value === 'string' && value.length > patternLimit
  return pattern === undefined || !pattern.unicode || isTooLong ? {} : { pattern: pattern.source }
}

function toObjectRules(schema: Schema, value: unknown): PlainObject {
  const object = toSchema(value)
  const branch = toSelectedBranch(schema, object)
  const merged = branch === undefined ? toUndecided(schema) : toMerged(schema, branch)
  const properties = Object.fromEntries(
    propertiesOf(merged).map(([key, property]) => [key, toSelectedSchema(property, object[key])]),
  )
  const others = isObject(schema.additionalProperties)
    ? { additionalProperties: toSelectedSchema(schema.additionalProperties, undefined) }
    : {}
  return { properties, required: requiredOf(merged), ...others }
}

const toMerged = (schema: Schema, branch: Schema): Schema => ({
  properties: Object.fromEntries([...propertiesOf(schema), ...propertiesOf(branch)]),
  required: [...requiredOf(schema), ...requiredOf(branch)],
})

/** No option fits: the discriminator is then what is missing or wrong. */
function toUndecided(schema: Schema): Schema {
  const { key, isSent } = toDiscriminator(schema)
  if (!isSent) return schema
  const known = optionsOf(schema).map((branch) => pinnedValue(branch, key))
  return toMerged(schema, { properties: { [key]: { enum: known } }, required: [key] })
}

function toItemRules(schema: Schema, value: unknown): PlainObject {
  if (!Array.isArray(value) || !isObject(schema.items)) return {}
  const items = schema.items
  return { items: value.map((item) => toSelectedSchema(items, item)) }
}
