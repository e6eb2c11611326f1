// What a spec finds wrong, in words, at the field it is wrong with.
import type { FieldError } from '@opsai/contract'
import { formEn, type FormMessages } from '../messages/form-en.js'
import { toDateDescriptor } from './dates.js'
import { type PlainObject, toPathKey } from './path.js'
import { type Schema, textOf, typesOf } from './schema.js'
import { validateSchema } from './validate-schema.js'
import type { Violation } from './violation.js'

type ValidationMessages = FormMessages['validation']

/**
 * What a connector's spec finds wrong with a configuration, one error a field, at the deepest path it can name.
 * Runs without code generation, so it works under a strict Content-Security-Policy, in time that grows with the
 * configuration alone, whatever patterns the spec has. Masked secrets pass. Never throws.
 *
 * The verdict is that of JSON Schema draft-07, but for what nobody could mend in a form (docs/decisions, 16).
 *
 * @param messages The words to use. Default: English.
 * @returns Errors in the order of the spec, an object's missing fields first; empty when it is valid. Codes: `required`,
 * `type`, `enum`, `pattern`, `minimum`, `maximum`, `multipleOf`, `minLength`, `maxLength`, `minItems`, `maxItems`,
 * `uniqueItems`, `additionalProperties` (a key the spec does not allow).
 * @example
 * validateConfiguration(spec, { port: 99999 })
 * // [{ path: ['port'], code: 'maximum', message: 'Port must be 65536 or less.' }]
 */
export function validateConfiguration(
  spec: { connectionSpecification: PlainObject },
  configuration: PlainObject,
  messages: ValidationMessages = formEn.validation,
): FieldError[] {
  const found = new Map<string, FieldError>()
  for (const violation of validateSchema(spec.connectionSpecification, configuration)) {
    const key = toPathKey(violation.path)
    if (!found.has(key)) found.set(key, toFieldError(violation, messages))
  }
  return [...found.values()]
}

/** Codes with words of their own that are no keyword's. */
const known = new Map([
  ['nameless', 'required'],
  ['noMoment', 'pattern'],
])

function toFieldError(violation: Violation, messages: ValidationMessages): FieldError {
  const code = known.get(violation.code) ?? violation.code
  return { path: [...violation.path], code, message: toMessage(violation, messages) }
}

function toMessage(violation: Violation, messages: ValidationMessages): string {
  const { code, title, schema, limit = 0, exclusive = false } = violation
  switch (code) {
    case 'required':
    case 'nameless':
    case 'noMoment':
    case 'enum':
    case 'uniqueItems':
    case 'additionalProperties':
      return messages[code]({ title })
    case 'pattern':
      return messages.pattern({ title, rule: toRule(schema), example: toExample(schema) })
    case 'minimum':
    case 'maximum':
      return messages[code]({ title, limit, exclusive })
    case 'multipleOf':
    case 'minLength':
    case 'maxLength':
    case 'minItems':
    case 'maxItems':
      return messages[code]({ title, limit })
    default:
      return messages.type({ title, type: typesOf(schema).find((type) => type !== 'null') ?? 'null' })
  }
}

const formatRules = new Map([
  ['date', 'YYYY-MM-DD'],
  ['date-time', 'YYYY-MM-DDTHH:mm:ssZ'],
  ['email', 'name@example.com'],
  ['uri', 'https://example.com'],
])

function toRule(schema: Schema): string | undefined {
  const pattern = textOf(schema, 'pattern')
  const rule = pattern === undefined ? formatRules.get(textOf(schema, 'format') ?? '') : toDateDescriptor(pattern)
  return textOf(schema, 'pattern_descriptor') ?? rule
}

const toExample = (schema: Schema): string | undefined => {
  const [example] = Array.isArray(schema.examples) ? schema.examples : []
  return typeof example === 'string' || typeof example === 'number' ? String(example) : undefined
}
