/// <reference types="node" />
// The official draft-07 suite (MIT, JSON Schema organisation), of the keywords that connector specs use: how many of its
// cases our validator, Ajv and cfworker get right. Found by `OPSAI_JSON_SCHEMA_SUITE`; .ci/json-schema-suite.mjs gets it.
import { existsSync, readFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import { Validator } from '@cfworker/json-schema'
import { Ajv } from 'ajv'
import addFormats from 'ajv-formats'
import { describe, expect, it } from 'vitest'
import { validateSchema } from './validate-schema.js'

const kept = fileURLToPath(new URL('../../../../.opsai/json-schema-suite', import.meta.url))
const suite = process.env.OPSAI_JSON_SCHEMA_SUITE ?? kept
const isThere = existsSync(`${suite}/draft7/type.json`)
if (!isThere) console.log(`No JSON Schema suite in ${suite}: its test is skipped (set OPSAI_JSON_SCHEMA_SUITE).`)

const files = [
  ...['type', 'properties', 'required', 'enum', 'const', 'items', 'additionalItems', 'additionalProperties'],
  ...['minItems', 'maxItems', 'uniqueItems', 'minLength', 'maxLength', 'pattern', 'minimum', 'maximum'],
  ...['exclusiveMinimum', 'exclusiveMaximum', 'multipleOf', 'allOf', 'anyOf', 'oneOf', 'not', 'if-then-else'],
  ...['boolean_schema', 'default', 'format', 'optional/format/date', 'optional/format/date-time'],
  ...['optional/format/email', 'optional/format/uri', 'optional/ecmascript-regex', 'optional/non-bmp-regex'],
  ...['optional/float-overflow', 'optional/bignum'],
]

/** What we answer otherwise, and why. */
const otherwise: [name: RegExp, why: string][] = [
  [
    /^required: required (with escaped characters|properties whose names)/,
    'A form can only ask for what a property describes: a name in `required` alone is passed over.',
  ],
  [/^items: items and subitems/, '`$ref`: no connector spec has one, and none could refer outside of itself.'],
]

interface Case {
  description: string
  schema: unknown
  tests: { description: string; data: unknown; valid: boolean }[]
}
/** Reads a schema once, then judges. */
type Judge = (schema: unknown) => (data: unknown) => boolean

const byUs: Judge = (schema) => (data) => validateSchema(schema, data).length === 0
const byAjv: Judge = (schema) => {
  const ajv = new Ajv({ strict: false, logger: false })
  addFormats.default(ajv)
  return ajv.compile(schema as boolean)
}
const byCfworker: Judge = (schema) => {
  const validator = new Validator(schema as boolean, '7', false)
  return (data) => validator.validate(data).valid
}

/** Which of a schema's tests a judge gets right; none where it throws. */
function rightOf(judge: Judge, { schema, tests }: Case): boolean[] {
  try {
    const verdict = judge(schema)
    return tests.map(({ data, valid }) => verdict(data) === valid)
  } catch {
    return tests.map(() => false)
  }
}

const readCases = (file: string): Case[] => JSON.parse(readFileSync(`${suite}/draft7/${file}.json`, 'utf8')) as Case[]

describe.skipIf(!isThere)('the JSON Schema suite', () => {
  it('is answered as it asks, but where this table says otherwise', () => {
    const total = { cases: 0, ours: 0, ajv: 0, cfworker: 0 }
    const wrong: string[] = []
    for (const file of files) {
      const row = { cases: 0, ours: 0, ajv: 0, cfworker: 0 }
      for (const each of readCases(file)) {
        const ours = rightOf(byUs, each)
        row.cases += ours.length
        row.ours += ours.filter(Boolean).length
        row.ajv += rightOf(byAjv, each).filter(Boolean).length
        row.cfworker += rightOf(byCfworker, each).filter(Boolean).length
        wrong.push(
          ...each.tests
            .filter((_, index) => !ours[index])
            .map(({ description }) => `${file}: ${each.description}: ${description}`),
        )
      }
      console.log(file.padEnd(28), `ours ${row.ours} · Ajv ${row.ajv} · cfworker ${row.cfworker} of ${row.cases}`)
      for (const key of ['cases', 'ours', 'ajv', 'cfworker'] as const) total[key] += row[key]
    }
    console.log(`all: ours ${total.ours} · Ajv 8 ${total.ajv} · cfworker ${total.cfworker} of ${total.cases}`)
    expect(wrong.filter((name) => !otherwise.some(([known]) => known.test(name)))).toEqual([])
    const unused = otherwise.filter(([known]) => !wrong.some((name) => known.test(name))).map(([, why]) => why)
    expect(unused).toEqual([])
  }, 120_000)
})
