// A connector's spec against a value, read where it stands: no code is made of it (so it runs under a strict
// Content-Security-Policy), no copy either. Dirt in specs is passed over as the form passes over it.
import { isMasked } from './cast.js'
import { isObject, type PlainObject } from './path.js'
import { toPattern } from './pattern.js'
import { fixedValueOf, optionsOf, propertiesOf, type Schema, titleOf, toLabel, typesOf } from './schema.js'
import { checkBranches } from './validate-branches.js'
import { type Broken, brokenByList, brokenByNumber, brokenByText, isListed, isOfType } from './validate-values.js'
import { below, type Place, type Violation, violation } from './violation.js'

/** How deep values and schemas may nest before the rest is the server's to judge. Airbyte's deepest has 12 levels. */
const depthLimit = 64
/** How many checks one verdict may take: only a schema that holds itself, which no JSON does, needs more. */
const checkLimit = 200_000

/**
 * All that `schema` finds wrong with `value`; empty where it is valid. Never throws. Masked secrets are valid.
 * Keywords that no spec uses are passed over: `$ref`, `propertyNames`, `dependencies`, `contains`, `minProperties`.
 */
export function validateSchema(schema: unknown, value: unknown): Violation[] {
  const budget = { left: checkLimit }
  return check(schema, value, { path: [], title: '', depth: 0, budget, around: [], isTrial: false })
}

function check(schema: unknown, value: unknown, place: Place): Violation[] {
  if (isMasked(value) || place.depth > depthLimit || place.budget.left-- <= 0) return []
  if (schema === false) return [violation(place, {}, { code: 'additionalProperties' })]
  if (!isObject(schema)) return []
  const types = typesOf(schema)
  if (types.length > 0 && !types.some((type) => isOfType(type, value))) {
    return [violation(place, schema, { code: 'type' })]
  }
  if (!isListed(schema, value)) return [violation(place, schema, { code: 'enum' })]
  const broken = brokenBy(schema, value)
  return [
    ...(broken === undefined ? [] : [violation(place, schema, broken)]),
    ...(isObject(value) ? checkObject(schema, value, place) : []),
    ...(Array.isArray(value) ? checkItems(schema, value, place) : []),
    ...checkBranches(schema, value, place, check),
  ]
}

function brokenBy(schema: Schema, value: unknown): Broken | undefined {
  if (typeof value === 'string') return brokenByText(schema, value)
  if (typeof value === 'number') return brokenByNumber(schema, value)
  return Array.isArray(value) ? brokenByList(schema, value) : undefined
}

function checkObject(schema: Schema, object: PlainObject, place: Place): Violation[] {
  const own = isObject(schema.properties) ? schema.properties : {}
  const has = (key: string): boolean => Object.hasOwn(object, key) && object[key] !== undefined
  const known = [...propertiesOf(schema), ...place.around]
  const missing = namesIn(schema.required)
    .map((key) => ({ key, property: known.find(([name]) => name === key)?.[1] }))
    .filter(({ key, property }) => !has(key) && (place.isTrial || isAskedFor(property)))
    .map(({ key, property = {} }) => violation(below(place, key, toLabel(key)), property, { code: 'required' }))
  const wrong = Object.keys(own)
    .filter(has)
    .flatMap((key) => check(own[key], object[key], below(place, key, toLabel(key))))
  return [...missing, ...wrong, ...checkOthers(schema, object, place)]
}

const namesIn = (required: unknown): string[] =>
  Array.isArray(required) ? [...new Set(required)].filter((key): key is string => typeof key === 'string') : []

/** Whether somebody could give a value: neither to what is hidden nor to what no property describes. */
const isAskedFor = (property: Schema | undefined): boolean =>
  property !== undefined && (property.airbyte_hidden !== true || fixedValueOf(property) !== undefined)

/** Keys by a pattern, and those that nothing describes: a map's rows, or what has no place here. */
function checkOthers(schema: Schema, object: PlainObject, place: Place): Violation[] {
  const { additionalProperties: rule } = schema
  const named = Object.entries(isObject(schema.patternProperties) ? schema.patternProperties : {})
  if (named.length === 0 && rule !== false && !isObject(rule)) return []
  const described = new Set(
    [...propertiesOf(schema), ...place.around, ...optionsOf(schema).flatMap(propertiesOf)].map(([key]) => key),
  )
  return Object.keys(object)
    .filter((key) => object[key] !== undefined)
    .flatMap((key) => {
      const rules = named.filter(([pattern]) => toPattern(pattern)?.test(key)).map(([, inner]) => inner)
      const isOther = rules.length === 0 && !described.has(key)
      if (isOther && key === '' && isObject(rule)) {
        return [violation(below(place, key, place.title), {}, { code: 'nameless' })]
      }
      return (isOther ? [rule] : rules).flatMap((inner) => check(inner, object[key], below(place, key, key)))
    })
}

/** An item is called by its list and its number, as people count. */
function checkItems(schema: Schema, list: unknown[], place: Place): Violation[] {
  const items = schema.items ?? schema.item
  const title = titleOf(schema) ?? place.title
  const ruleAt = (index: number): unknown => {
    if (!Array.isArray(items)) return items
    return index < items.length ? items[index] : schema.additionalItems
  }
  return list.flatMap((item, index) => check(ruleAt(index), item, below(place, String(index), `${title} ${index + 1}`)))
}
