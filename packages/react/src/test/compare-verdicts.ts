// Our verdict beside Ajv's on generated configurations. Where they differ, the difference must be one we want: each is a
// rewriting of the spec after which Ajv agrees with us.
import * as fc from 'fast-check'
import { isObject, type PlainObject } from '../spec/path.js'
import { fixedValueOf, propertyOf, type Schema, toSchema } from '../spec/schema.js'
import { validateConfiguration } from '../spec/validate-configuration.js'
import { compileByAjv } from './ajv.js'
import { generateConfiguration } from './generate-configuration.js'
import { mutateConfiguration } from './mutate-configuration.js'
import type { CorpusSpec } from './read-corpus.js'

type Rewrite = (schema: Schema) => Schema

const withRequired = (schema: Schema, isKept: (property: Schema | undefined) => boolean): Schema =>
  Array.isArray(schema.required)
    ? { ...schema, required: schema.required.filter((key) => isKept(propertyOf(schema, String(key)))) }
    : schema

const renamed = (schema: Schema, wrong: string, right: string): Schema =>
  wrong in schema && !(right in schema) ? { ...schema, [right]: schema[wrong] } : schema

/** Why we differ from Ajv, each with what would have to be in the spec for Ajv to agree. */
const wanted: Record<string, Rewrite> = {
  'a hidden field is required: the form can ask for it nowhere': (schema) =>
    withRequired(
      schema,
      (property) => property === undefined || property.airbyte_hidden !== true || fixedValueOf(property) !== undefined,
    ),
  'a field is required that no property describes': (schema) =>
    withRequired(schema, (property) => property !== undefined),
  'a date format stands beside a pattern that asks for another form: the pattern decides': ({ format, ...schema }) =>
    (format === 'date' || format === 'date-time') && typeof schema.pattern === 'string'
      ? schema
      : { ...schema, ...(format !== undefined && { format }) },
  'a keyword is misspelt: the form reads what was meant': (schema) =>
    [
      ['mininum', 'minimum'],
      ['minitems', 'minItems'],
      ['maxitems', 'maxItems'],
      ['item', 'items'],
    ].reduce((node, [wrong = '', right = '']) => renamed(node, wrong, right), schema),
  'other keys are forbidden beside a choice whose options bring their own': (schema) => {
    const { additionalProperties: rule, ...rest } = schema
    return rule === false && Array.isArray(schema.oneOf) ? rest : schema
  },
}

function rewritten(schema: Schema, rewrite: Rewrite): Schema {
  const inner = (value: unknown): unknown => (isObject(value) ? rewritten(value, rewrite) : value)
  const each = (value: unknown): unknown => (Array.isArray(value) ? value.map(inner) : inner(value))
  const { properties } = schema
  const changed: PlainObject = { ...schema }
  for (const key of ['items', 'item', 'oneOf', 'anyOf', 'allOf', 'additionalProperties']) {
    if (key in schema) changed[key] = each(schema[key])
  }
  if (isObject(properties)) {
    changed.properties = Object.fromEntries(Object.entries(properties).map(([key, value]) => [key, inner(value)]))
  }
  return rewrite(changed)
}

function reasonOf(schema: Schema, configuration: PlainObject, isValid: boolean): string | undefined {
  const agreesAfter = (rewrite: Rewrite): boolean =>
    compileByAjv(rewritten(schema, rewrite))?.(configuration) === isValid
  const one = Object.entries(wanted).find(([, rewrite]) => agreesAfter(rewrite))
  if (one !== undefined) return one[0]
  const all: Rewrite = (node) => Object.values(wanted).reduce((done, rewrite) => rewrite(done), node)
  return agreesAfter(all) ? 'several of these' : undefined
}

export interface Comparison {
  specs: number
  configurations: number
  /** By Ajv. */
  valid: number
  agreed: number
  /** How often, by reason. */
  explained: Record<string, number>
  /** Disagreements without a reason, as text. */
  unexplained: string[]
  /** Specs that Ajv can't compile. */
  notCompiled: string[]
}

/** Half of the configurations are valid by the spec, half were changed. The same seed gives the same ones. */
export function compareVerdicts(
  specs: readonly Pick<CorpusSpec, 'name' | 'connectionSpecification'>[],
  perSpec: number,
  seed = 1,
): Comparison {
  const result: Comparison = {
    specs: 0,
    configurations: 0,
    valid: 0,
    agreed: 0,
    explained: {},
    unexplained: [],
    notCompiled: [],
  }
  for (const { name, connectionSpecification } of specs) {
    const byAjv = compileByAjv(connectionSpecification)
    if (byAjv === undefined) {
      result.notCompiled.push(name)
      continue
    }
    result.specs++
    for (const configuration of sample(connectionSpecification, perSpec, seed)) {
      const errors = validateConfiguration({ connectionSpecification }, configuration)
      const expected = byAjv(configuration)
      result.configurations++
      if (expected) result.valid++
      if (expected === (errors.length === 0)) result.agreed++
      else note(result, name, connectionSpecification, configuration, errors)
    }
  }
  return result
}

function sample(schema: Schema, count: number, seed: number): PlainObject[] {
  const valid = fc.sample(generateConfiguration(toSchema(schema)), { numRuns: Math.ceil(count / 2), seed })
  const changed = valid.flatMap((configuration, index) =>
    fc.sample(mutateConfiguration(schema, configuration), { numRuns: 1, seed: seed + index }),
  )
  return [...valid, ...changed]
}

function note(
  result: Comparison,
  name: string,
  schema: Schema,
  configuration: PlainObject,
  errors: { path: string[]; code: string }[],
): void {
  const reason = reasonOf(schema, configuration, errors.length === 0)
  if (reason !== undefined) result.explained[reason] = (result.explained[reason] ?? 0) + 1
  else {
    const found = errors.map(({ path, code }) => `${path.join('.')}: ${code}`)
    result.unexplained.push(
      `${name}: we say ${found[0] ?? 'valid'}, Ajv the opposite, of ${JSON.stringify(configuration)}`,
    )
  }
}
