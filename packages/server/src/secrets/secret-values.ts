// Which values of a configuration are secret, as its connector's spec says; everything in it where no spec is known.
type Json = Record<string, unknown>

const secretName =
  /pass(word|wd|phrase)?$|secret|token|api_?key|authorization|cookie|credential|private_?key|_key$|jwt/i

/** Shorter ones are found in any text, so that blanking them would hide nothing and spoil the text. */
const LEAST = 4
const LEAST_OF_GUESS = 8

const isObject = (value: unknown): value is Json => typeof value === 'object' && value !== null

/**
 * The secret values of a configuration.
 *
 * @param specs schemas that may be the configuration's; none: whatever is long enough counts as secret
 */
export function toSecretValues(configuration: unknown, specs: readonly unknown[]): string[] {
  const found = new Set<string>()
  walk(
    { value: configuration, schemas: specs, least: specs.length === 0 ? LEAST_OF_GUESS : undefined, depth: 0 },
    found,
  )
  return [...found]
}

interface Place {
  value: unknown
  schemas: readonly unknown[]
  /** From which length on a value here is secret; none is where nothing says so. */
  least: number | undefined
  depth: number
}

function walk({ value, schemas, least, depth }: Place, found: Set<string>): void {
  if (depth > 64) return
  const isMarked = schemas.some((schema) => isObject(schema) && 'airbyte_secret' in schema)
  const from = isMarked ? LEAST : least
  if (typeof value === 'string' || typeof value === 'number') {
    const text = String(value)
    if (from !== undefined && text.length >= from && !/^\*+$/.test(text)) found.add(text)
  } else if (Array.isArray(value)) {
    const items = schemas.flatMap(toBranches).flatMap(({ items: each }) => (each ? [each] : []))
    for (const each of value) walk({ value: each, schemas: items, least: from, depth: depth + 1 }, found)
  } else if (isObject(value)) {
    for (const [name, inner] of Object.entries(value)) {
      const below = schemas.flatMap((schema) => toProperty(schema, name))
      walk({ value: inner, schemas: below, least: secretName.test(name) ? LEAST : from, depth: depth + 1 }, found)
    }
  }
}

/** A schema and the options of it. */
function toBranches(schema: unknown): Json[] {
  if (!isObject(schema)) return []
  const options = ['oneOf', 'anyOf', 'allOf'].flatMap((key) =>
    Array.isArray(schema[key]) ? (schema[key] as unknown[]) : [],
  )
  return [schema, ...options.flatMap(toBranches)]
}

const toProperty = (schema: unknown, name: string): unknown[] =>
  toBranches(schema).flatMap(({ properties }) =>
    isObject(properties) && Object.hasOwn(properties, name) ? [properties[name]] : [],
  )
