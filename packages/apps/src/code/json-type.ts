// The TypeScript type of what is inside a document column, as far as the connector has told.
import type { JsonSchema } from '../facts.js'
import { toKey } from './literal.js'

const DEEPEST = 3
/** A connector's schema may be thousands of properties: types help nobody then. */
const MOST = 60

/** `{ city?: string | null } | null`; `Json` where nothing certain is known. */
export function toJsonType(schema: JsonSchema | undefined, depth = 0): string {
  const types = [schema?.type ?? []].flat().filter((type) => type !== 'null')
  if (!schema || schema.oneOf || schema.anyOf || types.length !== 1 || depth > DEEPEST) return 'Json'
  switch (types[0]) {
    case 'string':
      return 'string'
    case 'integer':
    case 'number':
      // A number that would lose digits comes as text.
      return 'number | string'
    case 'boolean':
      return 'boolean'
    case 'array':
      return toListType(Array.isArray(schema.items) ? 'Json' : toJsonType(schema.items, depth + 1))
    case 'object':
      return toObjectType(schema, depth)
    default:
      return 'Json'
  }
}

const toListType = (item: string) => (item === 'Json' ? 'Json[]' : `(${item} | null)[]`)

function toObjectType({ properties = {} }: JsonSchema, depth: number): string {
  const fields = Object.entries(properties)
  if (fields.length === 0 || fields.length > MOST) return '{ [name: string]: Json }'
  const lines = fields.map(([name, inner]) => {
    const type = toJsonType(inner, depth + 1)
    return `${toKey(name)}?: ${type === 'Json' ? type : `${type} | null`}`
  })
  return `{ ${lines.join('; ')} }`
}
