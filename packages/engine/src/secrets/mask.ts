// Ten stars instead of secrets on the way out, and the stored secret instead of ten stars on the way in.
import { isObject, isSecret, itemSchemas, propertySchemas, type JsonObject } from './schema.js'

export const mask = '**********'

/** A copy of `configuration` that is safe to answer. */
export function maskSecrets(spec: JsonObject, configuration: JsonObject): JsonObject {
  return mapSecrets(spec, configuration, () => mask)
}

/**
 * A copy of `configuration` where each mask is the secret that `stored` has there; a mask over nothing is dropped.
 * Arrays are not looked into, as at Airbyte: there stars are stored for what they are (trap 10).
 */
export function unmaskSecrets(spec: JsonObject, configuration: JsonObject, stored: JsonObject): JsonObject {
  return mapSecrets(spec, configuration, (value, path) =>
    value === mask && path.every((key) => typeof key === 'string') ? valueAt(stored, path) : value,
  )
}

/** Every secret value in `configuration` that is a string or a number. */
export function secretValues(spec: JsonObject, configuration: JsonObject): string[] {
  const values: string[] = []
  mapSecrets(spec, configuration, (value) => {
    collectLeaves(value, values)
    return value
  })
  return values
}

/** Keys of objects and indexes of arrays, from the configuration's root. */
export type SecretPath = readonly (string | number)[]

/** A copy of `configuration` with each secret replaced; `undefined` drops it. */
export function mapSecrets(
  spec: JsonObject,
  configuration: JsonObject,
  replace: (value: unknown, path: SecretPath) => unknown,
): JsonObject {
  return walk([spec], configuration, [], replace) as JsonObject
}

function walk(
  schemas: JsonObject[],
  value: unknown,
  path: SecretPath,
  replace: (value: unknown, path: SecretPath) => unknown,
): unknown {
  if (value === undefined || value === null) return value
  if (isSecret(schemas)) return replace(value, path)
  if (Array.isArray(value)) {
    const items = itemSchemas(schemas)
    return value.map((item, index) => walk(items, item, [...path, index], replace))
  }
  if (!isObject(value)) return value
  const entries = Object.entries(value).map(
    ([key, item]) => [key, walk(propertySchemas(schemas, key), item, [...path, key], replace)] as const,
  )
  return Object.fromEntries(entries.filter(([, item]) => item !== undefined))
}

function valueAt(value: unknown, path: SecretPath): unknown {
  return path.reduce<unknown>(
    (part, key) => (isObject(part) && Object.hasOwn(part, key) ? part[key] : undefined),
    value,
  )
}

function collectLeaves(value: unknown, into: string[]) {
  if (typeof value === 'string' || typeof value === 'number') into.push(String(value))
  else if (typeof value === 'object' && value !== null)
    Object.values(value).forEach((item) => collectLeaves(item, into))
}
