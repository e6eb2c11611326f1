// A configuration against its connector's JSON schema, with errors that name the field and never its value.
import { Validator, type OutputUnit, type Schema } from '@cfworker/json-schema'
import { hasMask } from '../secrets/mask.js'
import { isObject, type JsonObject } from '../secrets/schema.js'
import { Problem } from './problem.js'

/** Throws a 422 problem in Airbyte's words: `Errors: $.port: must be integer, …`. */
export function assertValidConfiguration(spec: JsonObject, configuration: JsonObject): void {
  const errors = findErrors(spec, configuration)
  if (errors.length === 0) return
  const list = errors.map(({ path, reason }) => `${path}: ${reason}`).join(', ')
  throw new Problem(
    'unprocessable-entity',
    `The provided configuration does not fulfill the specification. Errors: json schema validation failed when comparing the data to the json schema. Errors: ${list}`,
  )
}

/** Airbyte would store the stars over the secret here. Nobody ever wants that, so the engine refuses. */
export function assertNoMask(spec: JsonObject, configuration: JsonObject): void {
  if (!hasMask(spec, configuration)) return
  throw new Problem(
    'unprocessable-entity',
    'The configuration has a masked secret (**********) where there is none to keep. Leave the field out, or use PUT.',
  )
}

export interface ConfigurationError {
  /** `$.credentials.api_key` */
  path: string
  reason: string
}

/** All that is wrong, deepest first cause each. */
export function findErrors(spec: JsonObject, configuration: JsonObject): ConfigurationError[] {
  const chosen = chooseOptions(spec, configuration)
  const { errors } = new Validator(chosen as Schema, '7', false).validate(configuration)
  return errors.filter((error) => !wrappers.has(error.keyword)).map(toConfigurationError)
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
    const option = schema.oneOf.filter(isObject).find((it) => fits(it, value))
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

function fits(option: JsonObject, value: unknown): boolean {
  if (!isObject(option.properties) || !isObject(value)) return false
  const consts = Object.entries(option.properties).filter(([, it]) => isObject(it) && fixedValue(it) !== undefined)
  return consts.length > 0 && consts.every(([key, it]) => isObject(it) && value[key] === fixedValue(it))
}

/** A `const`, or the only value of an enum. */
function fixedValue(property: JsonObject): unknown {
  if (property.const !== undefined) return property.const
  return Array.isArray(property.enum) && property.enum.length === 1 ? property.enum[0] : undefined
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
