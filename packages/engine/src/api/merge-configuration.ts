import { isObject, type JsonObject } from '../secrets/schema.js'

/** Airbyte's PATCH: objects are merged, everything else is replaced, nothing can be removed. */
export function mergeConfiguration(target: JsonObject, patch: JsonObject): JsonObject {
  const merged = new Map(Object.entries(target))
  for (const [key, value] of Object.entries(patch)) {
    const old = merged.get(key)
    merged.set(key, isObject(value) && isObject(old) ? mergeConfiguration(old, value) : value)
  }
  return Object.fromEntries(merged)
}
