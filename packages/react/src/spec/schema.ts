// Reads connector specs as they are in the wild: misspelt keywords, missing types, stray values.
// Counts of the dirt: Airbyte's connector registry, November 2026 (591 specs).
import { isObject, type PlainObject } from './path.js'

export type Schema = PlainObject

const knownTypes = ['string', 'number', 'integer', 'boolean', 'array', 'object', 'null'] as const
export type SchemaType = (typeof knownTypes)[number]

export const toSchema = (value: unknown): Schema => (isObject(value) ? value : {})

/** The types a schema names, without the words no validator knows. */
export function typesOf(schema: Schema): SchemaType[] {
  const named = Array.isArray(schema.type) ? schema.type : [schema.type]
  return knownTypes.filter((type) => named.includes(type))
}

/** The one type a control is chosen by: the first that is not null, else what the other keywords imply. */
export function typeOf(schema: Schema): Exclude<SchemaType, 'null'> | undefined {
  const named = typesOf(schema).find((type) => type !== 'null')
  if (named !== undefined) return named
  if (isObject(schema.properties) || optionsOf(schema).length > 0) return 'object'
  if (isObject(schema.items)) return 'array'
  const sample = schema.const ?? enumOf(schema)[0] ?? schema.default
  if (typeof sample === 'string' || schema.airbyte_secret === true) return 'string'
  if (typeof sample === 'boolean') return 'boolean'
  if (typeof sample === 'number') return Number.isInteger(sample) ? 'integer' : 'number'
  return undefined
}

/** Named properties that are schemas; anything else under `properties` is dirt. */
export function propertiesOf(schema: Schema): [string, Schema][] {
  if (!isObject(schema.properties)) return []
  return Object.entries(schema.properties).filter((entry): entry is [string, Schema] => isObject(entry[1]))
}

export function propertyOf(schema: Schema, key: string): Schema | undefined {
  return propertiesOf(schema).find(([name]) => name === key)?.[1]
}

/** Required keys, once each, that have a property somebody can fill in. */
export function requiredOf(schema: Schema): string[] {
  const named = Array.isArray(schema.required) ? schema.required : []
  return [...new Set(named)].filter((key): key is string => {
    const property = typeof key === 'string' ? propertyOf(schema, key) : undefined
    return property !== undefined && (property.airbyte_hidden !== true || fixedValueOf(property) !== undefined)
  })
}

const branchesOf = (schema: Schema): Schema[] => {
  const branches = Array.isArray(schema.oneOf) ? schema.oneOf : schema.anyOf
  return Array.isArray(branches) ? branches.filter(isObject).map(withAllOf) : []
}

/** What `allOf` asks for, as one schema; what stands beside it wins. */
function withAllOf(schema: Schema): Schema {
  if (!Array.isArray(schema.allOf)) return schema
  const { allOf, ...own } = schema
  const all = [...(allOf as unknown[]).filter(isObject).map(withAllOf), own]
  const properties = all.flatMap(propertiesOf)
  const required = all.flatMap((part): unknown[] => (Array.isArray(part.required) ? part.required : []))
  return {
    ...Object.fromEntries(all.flatMap((part) => Object.entries(part))),
    ...(properties.length > 0 && { properties: Object.fromEntries(properties) }),
    ...(required.length > 0 && { required }),
  }
}

/** Branches of a `oneOf` (or `anyOf`, which behaves the same here) that are objects: the ways of a choice. */
export const optionsOf = (schema: Schema): Schema[] =>
  branchesOf(schema).filter((branch) => isObject(branch.properties) || typesOf(branch).includes('object'))

/** A schema without detours: `allOf` as one, and a plain value said as branches (`anyOf: [string, null]`) likewise. */
export function toPlainSchema(property: Schema): Schema {
  const schema = withAllOf(property)
  const branches = branchesOf(schema)
  if (branches.length === 0 || optionsOf(schema).length > 0) return schema
  const [first = {}] = branches.filter((branch) => typesOf(branch).some((type) => type !== 'null'))
  const type = [...new Set(branches.flatMap(typesOf))]
  return { ...first, ...schema, type, oneOf: undefined, anyOf: undefined }
}

export const enumOf = (schema: Schema): unknown[] => (Array.isArray(schema.enum) ? schema.enum : [])

/** The value a property always has: its `const`, or its only `enum` value where that is also the default. */
export function fixedValueOf(schema: Schema): unknown {
  if (schema.const !== undefined) return schema.const
  const [only, ...others] = enumOf(schema)
  return others.length === 0 && only !== undefined && schema.default === only ? only : undefined
}

/** A text keyword, under its own name or one of its usual misspellings. */
export function textOf(schema: Schema, ...names: string[]): string | undefined {
  for (const name of names) {
    const text = schema[name]
    if (typeof text === 'string' && text.trim() !== '') return text.trim()
  }
  return undefined
}

/** A title is a label: marks of code in it are taken away. */
export const titleOf = (schema: Schema): string | undefined =>
  textOf(schema, 'title', 'tittle', 'title"')?.replaceAll('`', '')
export const descriptionOf = (schema: Schema): string | undefined =>
  textOf(schema, 'description', 'desciption', 'description"')

export const numberOf = (schema: Schema, ...names: string[]): number | undefined =>
  names.map((name) => schema[name]).find((value): value is number => typeof value === 'number')

/** `Access token` for `access_token`: the label of a property without a title. */
export function toLabel(key: string): string {
  const words = key
    .replaceAll(/[_-]+/g, ' ')
    .replaceAll(/([a-z])([A-Z])/g, '$1 $2')
    .trim()
  return words === '' ? key : words.charAt(0).toUpperCase() + words.slice(1)
}
