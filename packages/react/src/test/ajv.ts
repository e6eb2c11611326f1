// The verdict that ours is held against: Ajv's, on the configuration as it is.
import { Ajv, type ValidateFunction } from 'ajv'
import addFormats from 'ajv-formats'
import { isObject, type PlainObject } from '../spec/path.js'

// What Ajv stumbles over at the door (connectors.md): a `$schema` it does not know, `required` with a key twice.
function cleaned(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(cleaned)
  if (!isObject(value)) return value
  return Object.fromEntries(
    Object.entries(value)
      .filter(([key]) => key !== '$schema')
      .map(([key, inner]) => [
        key,
        key === 'required' && Array.isArray(inner) ? [...new Set<unknown>(inner)] : cleaned(inner),
      ]),
  )
}

/** Ajv 8, draft-07, with Airbyte's keywords ignored. Undefined where it can't compile the schema. */
export function compileByAjv(schema: PlainObject): ValidateFunction | undefined {
  const ajv = new Ajv({ strict: false, unicodeRegExp: false, validateSchema: false, logger: false })
  addFormats.default(ajv)
  try {
    return ajv.compile(cleaned(schema) as PlainObject)
  } catch {
    return undefined
  }
}
