import { isObject, type JsonObject } from '../secrets/schema.js'

const schemaMaps = new Set(['properties', 'definitions', '$defs', 'dependentSchemas'])
const schemaLists = new Set(['oneOf', 'anyOf', 'allOf'])
const schemas = new Set(['items', 'additionalProperties', 'additionalItems', 'not', 'if', 'then', 'else', 'contains'])
/** Checked with a backtracking expression, or in quadratic time, by the library: `pattern-errors.ts` does it linearly. */
const leftOut = new Set(['pattern', 'patternProperties', 'propertyNames', 'uniqueItems'])
/** The library's other formats are backtracking expressions. Airbyte's connectors use these two. */
const linearFormats = new Set<unknown>(['date', 'date-time'])

const known = new WeakMap<JsonObject, JsonObject>()

/** A spec without what could take a checker long on a configuration made for it. */
export function toCheckableSchema(spec: JsonObject): JsonObject {
  const made = known.get(spec)
  if (made) return made
  const checkable = strip(spec) as JsonObject
  known.set(spec, checkable)
  return checkable
}

function strip(schema: unknown): unknown {
  if (Array.isArray(schema)) return schema.map(strip)
  if (!isObject(schema)) return schema
  const kept = Object.entries(schema).filter(
    ([key, value]) => !leftOut.has(key) && (key !== 'format' || linearFormats.has(value)),
  )
  return Object.fromEntries(kept.map(([key, value]) => [key, stripKeyword(key, value)]))
}

function stripKeyword(key: string, value: unknown): unknown {
  if (schemaMaps.has(key) && isObject(value)) {
    return Object.fromEntries(Object.entries(value).map(([name, inner]) => [name, strip(inner)]))
  }
  return schemas.has(key) || schemaLists.has(key) ? strip(value) : value
}
