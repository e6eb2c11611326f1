import { isObject, type JsonObject } from '../secrets/schema.js'

/** Airbyte's PATCH: objects are merged, everything else is replaced, nothing can be removed. */
export function mergeConfiguration(target: JsonObject, patch: JsonObject): JsonObject {
  const merged = { ...target }
  for (const [key, value] of Object.entries(patch)) {
    const old = merged[key]
    merged[key] = isObject(value) && isObject(old) ? mergeConfiguration(old, value) : value
  }
  return merged
}
