// What a schema says about one value by itself: text, numbers, how long a list is, what it may equal.
import { isMasked } from './cast.js'
import { isObject } from './path.js'
import { toPattern } from './pattern.js'
import { enumOf, numberOf, type Schema, type SchemaType } from './schema.js'
import { brokenByFormat } from './validate-formats.js'

/** A rule that a value breaks. */
export interface Broken {
  code: string
  /** Of a number, a length or a count. */
  limit?: number
  /** The limit itself is not allowed either. */
  exclusive?: boolean
}

/** One text for all values that JSON Schema calls equal: keys in order, 1.0 as 1. */
export function toCanonical(value: unknown): string | undefined {
  try {
    return JSON.stringify(value, (_, inner: unknown) =>
      isObject(inner) ? Object.fromEntries(Object.entries(inner).sort(([a], [b]) => (a < b ? -1 : 1))) : inner,
    )
  } catch {
    return undefined
  }
}

export function isOfType(type: SchemaType, value: unknown): boolean {
  switch (type) {
    case 'null':
      return value === null
    case 'array':
      return Array.isArray(value)
    case 'object':
      return isObject(value)
    case 'integer':
      return Number.isInteger(value)
    case 'number':
      return Number.isFinite(value)
    default:
      return typeof value === type
  }
}

const isHolder = (value: unknown): boolean => typeof value === 'object' && value !== null

/** Whether `const` and `enum` take a value. */
export function isListed(schema: Schema, value: unknown): boolean {
  const listed: unknown[][] = schema.const === undefined ? [] : [[schema.const]]
  if (enumOf(schema).length > 0) listed.push(enumOf(schema))
  const isSame = (one: unknown): boolean =>
    one === value || (isHolder(one) && isHolder(value) && toCanonical(one) === toCanonical(value))
  return listed.every((values) => values.some(isSame))
}

export function brokenByText(schema: Schema, text: string): Broken | undefined {
  const { pattern, format } = schema
  const hasPattern = typeof pattern === 'string'
  const least = numberOf(schema, 'minLength')
  const most = numberOf(schema, 'maxLength')
  // Characters are counted as people count them: an emoji is one, though it takes two places.
  const length = least === undefined && most === undefined ? 0 : [...text].length
  if (least !== undefined && length < least) return { code: 'minLength', limit: least }
  if (most !== undefined && length > most) return { code: 'maxLength', limit: most }
  if (hasPattern && toPattern(pattern)?.test(text) === false) return { code: 'pattern' }
  const code = brokenByFormat(format, text, hasPattern)
  return code === undefined ? undefined : { code }
}

/** A limit that excludes itself: draft-07 gives the number, draft-04 a mark beside the other limit. */
const exclusiveOf = (schema: Schema, name: string, limit: number | undefined): number | undefined =>
  schema[name] === true ? limit : numberOf(schema, name)

export function brokenByNumber(schema: Schema, value: number): Broken | undefined {
  const least = numberOf(schema, 'minimum', 'mininum')
  const most = numberOf(schema, 'maximum')
  const above = exclusiveOf(schema, 'exclusiveMinimum', least)
  const below = exclusiveOf(schema, 'exclusiveMaximum', most)
  if (above !== undefined && value <= above) return { code: 'minimum', limit: above, exclusive: true }
  if (below !== undefined && value >= below) return { code: 'maximum', limit: below, exclusive: true }
  if (least !== undefined && value < least) return { code: 'minimum', limit: least }
  if (most !== undefined && value > most) return { code: 'maximum', limit: most }
  const step = numberOf(schema, 'multipleOf')
  return step === undefined || isMultiple(value, step) ? undefined : { code: 'multipleOf', limit: step }
}

// 0.3 / 0.1 is 2.9999999999999996: what is left over may be a rounding error on either side.
function isMultiple(value: number, step: number): boolean {
  const times = value / step
  return Number.isFinite(times) ? Math.abs(times - Math.round(times)) < 1e-9 : value % step === 0
}

export function brokenByList(schema: Schema, list: unknown[]): Broken | undefined {
  const least = numberOf(schema, 'minItems', 'minitems')
  const most = numberOf(schema, 'maxItems', 'maxitems')
  if (least !== undefined && list.length < least) return { code: 'minItems', limit: least }
  if (most !== undefined && list.length > most) return { code: 'maxItems', limit: most }
  if (schema.uniqueItems !== true) return undefined
  const known = list.filter((item) => !isMasked(item)).map(toCanonical)
  return new Set(known).size < known.length ? { code: 'uniqueItems' } : undefined
}
