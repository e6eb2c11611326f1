// A connector's spec against a value, read where it stands: no code is made of it (so it runs under a strict
// Content-Security-Policy), no copy either. Dirt in specs is passed over as the form passes over it.
import { pinnedValue, toDiscriminator, toSelectedBranch } from './choice.js'
import { isMasked } from './cast.js'
import { isObject, type Path, type PlainObject } from './path.js'
import { toPattern } from './pattern.js'
import { fixedValueOf, optionsOf, propertiesOf, type Schema, titleOf, toLabel, typesOf } from './schema.js'
import { type Broken, brokenByList, brokenByNumber, brokenByText, isListed, isOfType } from './validate-values.js'

/** A rule that is broken, and where. */
export interface Violation extends Broken {
  path: Path
  title: string
  /** The schema whose rule it is. */
  schema: Schema
}

interface Place {
  path: Path
  title: string
  depth: number
  /** Properties that a schema around this one has for the same object: a branch may require them. */
  around: readonly [string, Schema][]
  /** One of several branches is tried: what it requires tells it apart, whether or not somebody could fill it in. */
  isTrial: boolean
}

/** How deep schemas may nest before the rest is the server's to judge. Airbyte's deepest has 12 levels. */
const depthLimit = 64

/**
 * All that `schema` finds wrong with `value`; empty where it is valid. Never throws. Masked secrets are valid.
 * Keywords that no spec uses are passed over: `$ref`, `propertyNames`, `dependencies`, `contains`, `minProperties`.
 */
export function validateSchema(schema: unknown, value: unknown): Violation[] {
  return check(schema, value, { path: [], title: '', depth: 0, around: [], isTrial: false })
}

function check(schema: unknown, value: unknown, place: Place): Violation[] {
  if (isMasked(value) || place.depth > depthLimit) return []
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
    ...checkCombined(schema, value, { ...place, depth: place.depth + 1 }),
  ]
}

function violation({ path, title }: Place, schema: Schema, broken: Broken): Violation {
  return { ...broken, path, title: titleOf(schema) ?? title, schema }
}

function brokenBy(schema: Schema, value: unknown): Broken | undefined {
  if (typeof value === 'string') return brokenByText(schema, value)
  if (typeof value === 'number') return brokenByNumber(schema, value)
  return Array.isArray(value) ? brokenByList(schema, value) : undefined
}

const below = ({ path, depth }: Place, key: string, title: string): Place => ({
  path: [...path, key],
  title,
  depth: depth + 1,
  around: [],
  isTrial: false,
})

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

function checkItems(schema: Schema, list: unknown[], place: Place): Violation[] {
  const items = schema.items ?? schema.item
  const title = titleOf(schema) ?? place.title
  return list.flatMap((item, index) => {
    const rule = Array.isArray(items)
      ? index < items.length
        ? (items[index] as unknown)
        : schema.additionalItems
      : items
    return check(rule, item, below(place, String(index), `${title} ${index + 1}`))
  })
}

function checkCombined(schema: Schema, value: unknown, place: Place): Violation[] {
  const within = { ...place, title: titleOf(schema) ?? place.title, around: [...propertiesOf(schema), ...place.around] }
  const fits = (rule: unknown): boolean => check(rule, value, { ...within, isTrial: true }).length === 0
  const found: Violation[] = []
  if (Array.isArray(schema.allOf)) found.push(...schema.allOf.flatMap((part) => check(part, value, within)))
  for (const keyword of ['oneOf', 'anyOf'] as const) {
    const branches = schema[keyword]
    if (Array.isArray(branches) && branches.length > 0) {
      found.push(...checkBranches(branches, keyword === 'oneOf', value, within))
    }
  }
  if (schema.not !== undefined && fits(schema.not)) found.push(violation(within, schema, { code: 'enum' }))
  if (schema.if !== undefined) found.push(...check(fits(schema.if) ? schema.then : schema.else, value, within))
  return found
}

/** The errors of the branch that is meant, so that the field itself is named instead of "matches none of 6". */
function checkBranches(branches: unknown[], isOne: boolean, value: unknown, place: Place): Violation[] {
  const choice = { oneOf: branches }
  const { key, isSent } = toDiscriminator(choice)
  const object = isObject(value) ? value : undefined
  const selected = object === undefined ? undefined : toSelectedBranch(choice, object)
  if (isSent && selected !== undefined) return check(selected, value, place)

  const tried = branches.map((branch) => ({ branch, found: check(branch, value, { ...place, isTrial: true }) }))
  const fitting = tried.filter(({ found }) => found.length === 0).length
  if (fitting === 1 || (fitting > 1 && !isOne)) return []
  if (object !== undefined && isSent) {
    const at = { ...below(place, key, toLabel(key)), title: place.title }
    const known = optionsOf(choice).map((branch) => pinnedValue(branch, key))
    return [violation(at, { enum: known }, { code: object[key] === undefined ? 'required' : 'enum' })]
  }
  if (fitting > 1) return [violation(place, {}, { code: 'enum' })]
  return closestOf(tried, selected, value) ?? [violation(place, { type: branches.filter(isObject).flatMap(typesOf) }, { code: 'type' })] // prettier-ignore
}

interface Tried {
  branch: unknown
  found: Violation[]
}

function closestOf(tried: Tried[], selected: Schema | undefined, value: unknown): Violation[] | undefined {
  const ofType = tried.filter(({ branch }) => {
    const types = isObject(branch) ? typesOf(branch) : []
    return types.length === 0 || types.some((type) => isOfType(type, value))
  })
  const closest = ofType.find(({ branch }) => branch === selected) ?? ofType.sort((a, b) => a.found.length - b.found.length)[0] // prettier-ignore
  return closest?.found
}
