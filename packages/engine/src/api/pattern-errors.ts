import { chosenOption, isObject, type JsonObject } from '../secrets/schema.js'
import { matchesPattern } from './linear-pattern.js'
import type { ConfigurationError } from './validate-configuration.js'

/** Patterns are for short values; linear in ten megabytes is still too long. */
const longest = 20_000

/** The values that have not the pattern of their field, and arrays with the same item twice. */
export function findPatternErrors(spec: JsonObject, configuration: unknown): ConfigurationError[] {
  const errors: ConfigurationError[] = []
  visit(spec, configuration, '$', errors)
  return errors
}

function visit(schema: JsonObject, value: unknown, path: string, errors: ConfigurationError[]): void {
  const reason = reasonAgainst(schema, value)
  if (reason) errors.push({ path, reason })
  if (Array.isArray(value) && isObject(schema.items)) {
    for (const [index, item] of value.entries()) visit(schema.items, item, `${path}.${index}`, errors)
  }
  if (isObject(value) && isObject(schema.properties)) {
    for (const [key, item] of Object.entries(value)) {
      const property = Object.hasOwn(schema.properties, key) ? schema.properties[key] : undefined
      if (isObject(property)) visit(property, item, `${path}.${key}`, errors)
    }
  }
  const option = chosenOption(schema, value)
  const all = Array.isArray(schema.allOf) ? schema.allOf.filter(isObject) : []
  for (const part of option ? [option, ...all] : all) visit(part, value, path, errors)
}

function reasonAgainst({ pattern, uniqueItems }: JsonObject, value: unknown): string | undefined {
  if (typeof value === 'string' && typeof pattern === 'string') {
    if (value.length > longest) return `is longer than ${longest} characters`
    if (matchesPattern(pattern, value) === false) return 'String does not match pattern'
  }
  if (uniqueItems === true && Array.isArray(value)) {
    if (new Set(value.map((item) => JSON.stringify(item))).size < value.length) return 'has the same item twice'
  }
  return undefined
}
