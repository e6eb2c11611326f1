// Reading and changing nested plain objects by path, without touching the original.

/** Where a value stands in a configuration: `['credentials', 'api_key']`. The empty path is the whole. */
export type Path = readonly string[]

/** A plain object: what a configuration and a JSON Schema are made of. */
export type PlainObject = Record<string, unknown>

/** Whether a value is an object with keys (no array, no null). */
export const isObject = (value: unknown): value is PlainObject =>
  typeof value === 'object' && value !== null && !Array.isArray(value)

/** A path as one string, for keys and ids. Keys of specs hold letters, digits, `_` and `-` only. */
export const toPathKey = (path: Path): string => path.join('.')

export const isSamePath = (a: Path, b: Path): boolean => a.length === b.length && isWithin(a, b)

/** Whether `path` is `parent` or below it. */
export const isWithin = (path: Path, parent: Path): boolean => parent.every((key, index) => path[index] === key)

export function getIn(value: unknown, path: Path): unknown {
  let found = value
  for (const key of path) {
    if (!isObject(found) || !Object.hasOwn(found, key)) return undefined
    found = found[key]
  }
  return found
}

/** A copy of `object` with `value` at `path`; objects on the way are made where missing. */
export function setIn(object: PlainObject, path: Path, value: unknown): PlainObject {
  const [key, ...rest] = path
  if (key === undefined) return isObject(value) ? value : object
  const inner = Object.hasOwn(object, key) ? object[key] : undefined
  return define(object, key, rest.length === 0 ? value : setIn(isObject(inner) ? inner : {}, rest, value))
}

// A spec may name a property `__proto__`: a plain assignment would change the prototype instead.
function define(object: PlainObject, key: string, value: unknown): PlainObject {
  const copy = { ...object }
  Object.defineProperty(copy, key, { value, enumerable: true, configurable: true, writable: true })
  return copy
}
