import { isDeepStrictEqual } from 'node:util'
import { isObject, type JsonObject } from './schema.js'

/**
 * `current` with what changed from `before` to `after`, except where somebody else changed the same value meanwhile:
 * a token the user just got by signing in again is not replaced by the last one of the old sign-in.
 */
export function applyChange(current: JsonObject, before: JsonObject, after: JsonObject): JsonObject {
  const result = { ...current }
  for (const [key, value] of Object.entries(after)) {
    const [old, now] = [before[key], current[key]]
    if (isObject(value) && isObject(old) && isObject(now)) result[key] = applyChange(now, old, value)
    else if (!isDeepStrictEqual(value, old) && isDeepStrictEqual(now, old)) result[key] = value
  }
  return result
}
