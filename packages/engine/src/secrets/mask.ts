// Ten stars instead of secrets on the way out, and the stored secret instead of ten stars on the way in.
import { isObject, isSecret, itemSchemas, propertySchemas, type JsonObject } from './schema.js'

export const mask = '**********'

/** A copy of `configuration` that is safe to answer. */
export function maskSecrets(spec: JsonObject, configuration: JsonObject): JsonObject {
  return mapSecrets([spec], configuration, undefined, () => mask) as JsonObject
}

/** A copy of `configuration` where each mask is the secret that `stored` has there; a mask over nothing is dropped. */
export function unmaskSecrets(spec: JsonObject, configuration: JsonObject, stored: JsonObject): JsonObject {
  const restore = (value: unknown, old: unknown) => (value === mask ? old : value)
  return mapSecrets([spec], configuration, stored, restore) as JsonObject
}

/** Whether any secret in `configuration` is a mask. */
export function hasMask(spec: JsonObject, configuration: JsonObject): boolean {
  let found = false
  mapSecrets([spec], configuration, undefined, (value) => {
    if (value === mask) found = true
    return value
  })
  return found
}

/** Every secret value in `configuration` that is a string or a number. */
export function secretValues(spec: JsonObject, configuration: JsonObject): string[] {
  const values: string[] = []
  mapSecrets([spec], configuration, undefined, (value) => {
    collectLeaves(value, values)
    return value
  })
  return values
}

function collectLeaves(value: unknown, into: string[]) {
  if (typeof value === 'string' || typeof value === 'number') into.push(String(value))
  else if (typeof value === 'object' && value !== null)
    Object.values(value).forEach((item) => collectLeaves(item, into))
}

/** Walks `value` along its schemas, with `other` beside it, and replaces secrets. */
function mapSecrets(
  schemas: JsonObject[],
  value: unknown,
  other: unknown,
  replace: (value: unknown, other: unknown) => unknown,
): unknown {
  if (value === undefined || value === null) return value
  if (isSecret(schemas)) return replace(value, other)
  if (Array.isArray(value)) {
    const items = itemSchemas(schemas)
    const others = Array.isArray(other) ? other : []
    return value.map((item, index) => mapSecrets(items, item, others[index], replace))
  }
  if (!isObject(value)) return value
  const others = isObject(other) ? other : {}
  const entries = Object.entries(value).map(
    ([key, item]) => [key, mapSecrets(propertySchemas(schemas, key), item, others[key], replace)] as const,
  )
  return Object.fromEntries(entries.filter(([, item]) => item !== undefined))
}
