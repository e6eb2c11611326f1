// Reading and changing nested plain objects by path, without touching the original.

/** Where a value stands in a configuration: `['credentials', 'api_key']`. The empty path is the whole. */
export type Path = readonly string[]

/** A plain object: what a configuration and a JSON Schema are made of. */
export type PlainObject = Record<string, unknown>

/** Whether a value is an object with keys (no array, no null). */
export const isObject = (value: unknown): value is PlainObject =>
  typeof value === 'object' && value !== null && !Array.isArray(value)

const needsEscape = /[^\w*-]/g

/**
 * A path as one string, for keys, ids and `data-path`: `credentials.api_key`. No two paths give the same one, and none
 * gives white space: letters that no spec has in its keys (a map's names may) are written as their code between `~`.
 *
 * @example
 * toPathKey(['headers', 'X Team']) // 'headers.X~20~Team'
 */
export const toPathKey = (path: Path): string =>
  path.map((key) => key.replace(needsEscape, (letter) => `~${letter.charCodeAt(0).toString(16)}~`)).join('.')

export const isSamePath = (a: Path, b: Path): boolean => a.length === b.length && isWithin(a, b)

/** Whether `path` is `parent` or below it. */
export const isWithin = (path: Path, parent: Path): boolean => parent.every((key, index) => path[index] === key)

/** The index a key stands for in a list that has it, else undefined. */
const indexIn = (list: readonly unknown[], key: string): number | undefined =>
  /^\d+$/.test(key) && Object.hasOwn(list, key) ? Number(key) : undefined

/**
 * What stands at a path; of a list, at its index. Only own keys count.
 *
 * @example
 * getIn({ streams: [{ name: 'orders' }] }, ['streams', '0', 'name']) // 'orders'
 */
export function getIn(value: unknown, path: Path): unknown {
  let found = value
  for (const key of path) {
    if (Array.isArray(found)) {
      const index = indexIn(found, key)
      if (index === undefined) return undefined
      found = found[index]
    } else if (isObject(found) && Object.hasOwn(found, key)) found = found[key]
    else return undefined
  }
  return found
}

/**
 * A copy of `object` with `value` at `path`; objects on the way are made where missing, items of a list are not:
 * what comes too late for an item that is gone changes nothing.
 *
 * @example
 * setIn({}, ['credentials', 'api_key'], 'k') // { credentials: { api_key: 'k' } }
 */
export function setIn(object: PlainObject, path: Path, value: unknown): PlainObject {
  const changed = replaceIn(object, path, value)
  return isObject(changed) ? changed : object
}

function replaceIn(holder: unknown, path: Path, value: unknown): unknown {
  const [key, ...rest] = path
  if (key === undefined) return value
  if (Array.isArray(holder) && /^\d+$/.test(key)) {
    const at = indexIn(holder, key)
    return at === undefined ? holder : holder.map((item, index) => (index === at ? replaceIn(item, rest, value) : item))
  }
  const object = isObject(holder) ? holder : {}
  return define(object, key, replaceIn(Object.hasOwn(object, key) ? object[key] : undefined, rest, value))
}

// A spec may name a property `__proto__`: a plain assignment would change the prototype instead.
function define(object: PlainObject, key: string, value: unknown): PlainObject {
  const copy = { ...object }
  Object.defineProperty(copy, key, { value, enumerable: true, configurable: true, writable: true })
  return copy
}
