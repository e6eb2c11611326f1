// Configurations made from a spec, to hold the form and the validator against.
import * as fc from 'fast-check'
import { isObject, type PlainObject } from '../spec/path.js'
import {
  enumOf,
  fixedValueOf,
  numberOf,
  optionsOf,
  propertiesOf,
  requiredOf,
  type Schema,
  toPlainSchema,
  toSchema,
  typeOf,
  typesOf,
} from '../spec/schema.js'
import { generateText, type Reach } from './generate-texts.js'

/**
 * Configurations that are valid by a spec.
 *
 * @param reach `any` (default): whatever the schema allows, empty text and odd characters too. `typed`: only what a form
 * holds once somebody filled it in: plain trimmed text, choices made, fields with a default present, nothing empty.
 * @example
 * fc.assert(fc.property(generateConfiguration(spec.connectionSpecification), (configuration) => …))
 */
export function generateConfiguration(schema: Schema, reach: Reach = 'any'): fc.Arbitrary<PlainObject> {
  return generateObject(schema, reach)
}

function generateObject(schema: Schema, reach: Reach): fc.Arbitrary<PlainObject> {
  const own = generateProperties(schema, reach)
  const options = optionsOf(schema).filter((option) => reach === 'any' || option.airbyte_hidden !== true)
  if (options.length === 0) return own
  const branch = fc.oneof(...options.map((option) => generateObject(option, reach)))
  return fc.tuple(own, branch).map(([object, chosen]) => ({ ...object, ...chosen }))
}

function generateProperties(schema: Schema, reach: Reach): fc.Arbitrary<PlainObject> {
  const required = new Set(reach === 'any' && Array.isArray(schema.required) ? schema.required : requiredOf(schema))
  const model: Record<string, fc.Arbitrary<unknown>> = {}
  for (const key of required) model[String(key)] = generateText({}, reach)
  for (const [key, property] of propertiesOf(schema)) {
    if (reach === 'typed' && isKept(property)) required.add(key)
    if (reach === 'any' || !isHidden(property)) model[key] = generateValue(property, reach)
    else if (isSentDefault(property)) model[key] = fc.constant(property.default)
    else delete model[key]
  }
  const record = fc.record(model, { requiredKeys: [...required].map(String).filter((key) => key in model) })
  const plain = record.map((object) => withoutEmpty({ ...object }, required, reach))
  if (!isObject(schema.additionalProperties)) return plain
  const rows = fc.dictionary(
    fc.stringMatching(/^[a-z]{3,8}$/).filter((key) => !(key in model)),
    generateValue(schema.additionalProperties, reach),
    { maxKeys: 2, noNullPrototype: true },
  )
  return fc.tuple(plain, rows).map(([object, others]) => ({ ...others, ...object }))
}

/** Hidden fields hold what they held: a form sends their constant or default, nothing else. */
const isHidden = (property: Schema): boolean => property.airbyte_hidden === true && fixedValueOf(property) === undefined

// A text on a choice only names an option: hidden choices send nothing.
const isSentDefault = ({ default: value, ...property }: Schema): boolean =>
  value !== undefined && value !== null && (optionsOf(property).length === 0 || isObject(value))

const isKept = (property: Schema): boolean =>
  property.default !== undefined ||
  fixedValueOf(property) !== undefined ||
  typeOf(property) === 'boolean' ||
  optionsOf(property).length > 0 ||
  (typeOf(property) === 'object' && propertiesOf(property).length > 0)

const isEmpty = (value: unknown): boolean =>
  (Array.isArray(value) && value.length === 0) || (isObject(value) && Object.keys(value).length === 0)

function withoutEmpty(object: PlainObject, required: Set<unknown>, reach: Reach): PlainObject {
  if (reach === 'any') return object
  return Object.fromEntries(Object.entries(object).filter(([key, value]) => required.has(key) || !isEmpty(value)))
}

function generateValue(property: Schema, reach: Reach): fc.Arbitrary<unknown> {
  const schema = toPlainSchema(property)
  const fixed = fixedValueOf(schema)
  if (schema.const !== undefined || (reach === 'typed' && fixed !== undefined)) return fc.constant(fixed)
  const values = enumOf(schema).filter((value) => reach === 'any' || value !== null)
  if (values.length > 0 && typeOf(schema) !== 'array') return fc.constantFrom(...values)
  const value = generateByType(schema, reach)
  const isNullable = reach === 'any' && typesOf(schema).includes('null')
  return isNullable ? fc.oneof(value, fc.constant(null)) : value
}

function generateByType(schema: Schema, reach: Reach): fc.Arbitrary<unknown> {
  switch (typeOf(schema)) {
    case 'integer':
      return generateNumber(schema, 1)
    case 'number':
      return generateNumber(schema, 0.25)
    case 'boolean':
      return fc.boolean()
    case 'array':
      return generateList(schema, reach)
    case 'object':
      return generateObject(schema, reach)
    default:
      return generateText(schema, reach)
  }
}

/** Every number is a multiple of the step, so that none is lost between text and number. */
function generateNumber(schema: Schema, smallest: number): fc.Arbitrary<number> {
  const step = numberOf(schema, 'multipleOf') ?? smallest
  const above = numberOf(schema, 'exclusiveMinimum')
  const below = numberOf(schema, 'exclusiveMaximum')
  const min = Math.max(numberOf(schema, 'minimum') ?? -Infinity, above === undefined ? -Infinity : above + step)
  const max = Math.min(numberOf(schema, 'maximum') ?? Infinity, below === undefined ? Infinity : below - step)
  const low = Number.isFinite(min) ? min : Math.min(0, Number.isFinite(max) ? max - 100 : 0)
  const high = Number.isFinite(max) ? max : low + 1000
  const [first, last] = [Math.ceil(low / step), Math.floor(high / step)]
  return fc.integer({ min: first, max: Math.max(first, last) }).map((times) => times * step)
}

function generateList(schema: Schema, reach: Reach): fc.Arbitrary<unknown[]> {
  const item = generateValue(
    Object.keys(toSchema(schema.items)).length > 0 ? toSchema(schema.items) : { type: 'string' },
    reach,
  )
  const least = numberOf(schema, 'minItems') ?? 0
  const minLength = reach === 'typed' ? Math.max(1, least) : least
  const maxLength = Math.min(numberOf(schema, 'maxItems') ?? Infinity, minLength + 2)
  const isUnique = schema.uniqueItems === true || reach === 'typed'
  return isUnique
    ? fc.uniqueArray(item, { minLength, maxLength, selector: (value) => JSON.stringify(value) })
    : fc.array(item, { minLength, maxLength })
}
