// Configurations made from a spec, to hold the form and the validator against: valid ones, and ones that were broken.
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

interface Place {
  holder: PlainObject | unknown[]
  key: string | number
}

function placesIn(value: unknown): Place[] {
  if (Array.isArray(value)) return value.flatMap((item, key) => [{ holder: value, key }, ...placesIn(item)])
  if (!isObject(value)) return []
  return Object.entries(value).flatMap(([key, item]) => [{ holder: value, key }, ...placesIn(item)])
}

/** Every value that a schema names anywhere: constants of other branches, limits and their neighbours. */
function valuesIn(schema: unknown): unknown[] {
  if (Array.isArray(schema)) return schema.flatMap(valuesIn)
  if (!isObject(schema)) return []
  const limits = ['minimum', 'maximum', 'exclusiveMinimum', 'exclusiveMaximum', 'multipleOf'].flatMap((name) => {
    const limit = numberOf(schema, name)
    return limit === undefined ? [] : [limit - 1, limit, limit + 1, limit + 0.5]
  })
  const own = [...limits, ...enumOf(schema).slice(0, 20), ...('const' in schema ? [schema.const] : [])]
  return [...own, ...Object.values(schema).flatMap(valuesIn)]
}

const keysIn = (schema: Schema): string[] => [
  ...propertiesOf(schema).flatMap(([key, inner]) => [key, ...keysIn(inner)]),
  ...optionsOf(schema).flatMap(keysIn),
  ...(isObject(schema.items) ? keysIn(schema.items) : []),
]

const strange: unknown[] = [
  null, '', ' ', 'x', '2024-01-01', '2024-13-45', '2024-02-30T00:00:00Z', '2024-01-01T25:00:00Z', '1', 0, -1, 1.5, 1e9,
  true, false, [], {}, [null], ['a', 'a'], { a: 1 }, 'é', '\u{1f600}',
] // prettier-ignore

/**
 * A configuration with one to three things changed, most often for the worse: a wrong type, null, empty text, a key
 * missing or too many, a value beyond a limit, a text out of its pattern, another branch's constant, an item twice.
 */
export function mutateConfiguration(schema: Schema, configuration: PlainObject): fc.Arbitrary<PlainObject> {
  const named = valuesIn(schema)
  const keys = [...keysIn(schema), 'unheard_of']
  const value = fc.oneof(fc.constantFrom(...strange), fc.constantFrom(...(named.length > 0 ? named : strange)))
  const change = fc.record({
    at: fc.nat(),
    kind: fc.constantFrom('replaced', 'removed', 'added', 'bent', 'repeated'),
    key: fc.constantFrom(...keys),
    value,
  })
  return fc.array(change, { minLength: 1, maxLength: 3 }).map((changes) => {
    const changed = structuredClone(configuration)
    for (const one of changes) apply(changed, one)
    return changed
  })
}

interface Change {
  at: number
  kind: 'replaced' | 'removed' | 'added' | 'bent' | 'repeated'
  key: string
  value: unknown
}

function apply(configuration: PlainObject, { at, kind, key, value }: Change): void {
  const places = placesIn(configuration)
  const place = places[at % Math.max(places.length, 1)]
  if (place === undefined || kind === 'added') {
    const holder = place === undefined || Array.isArray(place.holder) ? configuration : place.holder
    holder[key] = structuredClone(value)
    return
  }
  const holder = place.holder as PlainObject
  const held = holder[place.key]
  if (kind === 'replaced') holder[place.key] = structuredClone(value)
  else if (kind === 'removed' && Array.isArray(place.holder)) place.holder.splice(Number(place.key), 1)
  else if (kind === 'removed') delete holder[place.key]
  else if (Array.isArray(held)) held.push(...(structuredClone(held) as unknown[]))
  else if (typeof held === 'string') holder[place.key] = at % 2 === 0 ? `${held}!` : held.slice(1)
  else if (typeof held === 'number') holder[place.key] = kind === 'bent' ? -held - 1 : String(held)
  else if (typeof held === 'boolean') holder[place.key] = String(held)
}
