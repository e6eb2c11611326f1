// A configuration against its connector's JSON schema, with errors that name the field and never its value.
import { Validator, type OutputUnit, type Schema } from '@cfworker/json-schema'
import { chosenOption, isObject, type JsonObject } from '../secrets/schema.js'
import { toCheckableSchema } from './checkable-schema.js'
import { assertModest } from './modest-json.js'
import { findPatternErrors } from './pattern-errors.js'
import { Problem } from './problem.js'

/** Real ones have dozens. */
const maxConfigurationNodes = 20_000

/** Nobody reads the twenty-first. */
const mostTold = 20

/** Throws a 422 problem in Airbyte's words: `Errors: $.port: must be integer, …`. */
export function assertValidConfiguration(spec: JsonObject, configuration: JsonObject): void {
  assertModest(configuration, 'The configuration', maxConfigurationNodes)
  const errors = findErrors(spec, configuration)
  if (errors.length === 0) return
  const told = errors.slice(0, mostTold).map(({ path, reason }) => `${path}: ${reason}`)
  const list = [...told, ...(errors.length > mostTold ? [`and ${errors.length - mostTold} more`] : [])].join(', ')
  throw new Problem(
    'unprocessable-entity',
    `The provided configuration does not fulfill the specification. Errors: json schema validation failed when comparing the data to the json schema. Errors: ${list}`,
  )
}

export interface ConfigurationError {
  /** `$.credentials.api_key` */
  path: string
  reason: string
}

/** All that is wrong, deepest first cause each. Takes time linear in the configuration, whatever it holds. */
export function findErrors(spec: JsonObject, configuration: JsonObject): ConfigurationError[] {
  const chosen = chooseOptions(toCheckableSchema(spec), configuration)
  const { errors } = new Validator(chosen as Schema, '7', false).validate(configuration)
  const shapes = errors.filter((error) => !wrappers.has(error.keyword)).map(toConfigurationError)
  return [...shapes, ...findPatternErrors(spec, configuration)]
}

/** These only say that something below is wrong. */
const wrappers = new Set(['properties', 'items', 'allOf', '$ref', 'additionalProperties', 'patternProperties'])

/**
 * The schema with each oneOf narrowed to the option whose `const`s the value has, so that an error speaks of the
 * option the user chose instead of all those they did not.
 */
function chooseOptions(schema: JsonObject, value: unknown): JsonObject {
  const narrowed: JsonObject = { ...schema }
  if (Array.isArray(schema.oneOf)) {
    const option = chosenOption(schema, value)
    if (option) {
      delete narrowed.oneOf
      narrowed.allOf = [chooseOptions(option, value)]
    }
  }
  if (isObject(schema.properties) && isObject(value)) {
    narrowed.properties = Object.fromEntries(
      Object.entries(schema.properties).map(([key, property]) => [
        key,
        isObject(property) ? chooseOptions(property, value[key]) : property,
      ]),
    )
  }
  return narrowed
}

function toConfigurationError(error: OutputUnit): ConfigurationError {
  const path = error.instanceLocation.replace(/^#/, '$').replaceAll('/', '.')
  if (error.keyword === 'required') {
    const key = /"(.*)"/.exec(error.error)?.[1] ?? ''
    return { path: `${path}.${key}`, reason: 'is missing but it is required' }
  }
  return { path, reason: reasonOf(error) }
}

/** The library's words, except where they would repeat the value. */
function reasonOf({ keyword, error }: OutputUnit): string {
  if (keyword === 'type')
    return `must be ${(/Expected "(.*)"/.exec(error)?.[1] ?? 'of another type').replaceAll('"', '')}`
  if (keyword === 'minimum' || keyword === 'exclusiveMinimum')
    return `must be greater (${/([\d.-]+)\.$/.exec(error)?.[1] ?? ''})`
  if (keyword === 'maximum' || keyword === 'exclusiveMaximum')
    return `must be smaller (${/([\d.-]+)\.$/.exec(error)?.[1] ?? ''})`
  if (keyword === 'oneOf') return 'must be one of the options'
  if (keyword === 'multipleOf') return 'is not a multiple of what it should be'
  return error.replace(/^Instance |\.$/g, '')
}
