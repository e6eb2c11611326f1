import { Validator } from '@cfworker/json-schema'
import type { FieldError } from '@opsai/contract'
import { formEn, type FormMessages } from '../messages/form-en.js'
import { isMasked } from './cast.js'
import { toDateDescriptor } from './dates.js'
import { getIn, isObject, type Path, type PlainObject, toPathKey } from './path.js'
import { type Schema, textOf, titleOf, toLabel, toSchema } from './schema.js'
import { toSelectedSchema } from './selected-schema.js'

type ValidationMessages = FormMessages['validation']

/** Keywords that say what is wrong with a value; the others only say that something inside it is. */
const codes: Record<string, string> = {
  required: 'required',
  type: 'type',
  const: 'enum',
  enum: 'enum',
  pattern: 'pattern',
  format: 'pattern',
  minimum: 'minimum',
  exclusiveMinimum: 'minimum',
  maximum: 'maximum',
  exclusiveMaximum: 'maximum',
  minLength: 'minLength',
  maxLength: 'maxLength',
  minItems: 'minItems',
  maxItems: 'maxItems',
  uniqueItems: 'uniqueItems',
}

/**
 * What a connector's spec finds wrong with a configuration, one error a field, at the deepest path it can name.
 * Runs without code generation, so it works under a strict Content-Security-Policy. Masked secrets pass.
 *
 * @param messages The words to use. Default: English.
 * @returns Errors in the order of the spec; empty when it is valid.
 * @example
 * validateConfiguration(spec, { port: 99999 })
 * // [{ path: ['port'], code: 'maximum', message: 'Port must be 65536 or less.' }]
 */
export function validateConfiguration(
  spec: { connectionSpecification: PlainObject },
  configuration: PlainObject,
  messages: ValidationMessages = formEn.validation,
): FieldError[] {
  const schema = toSelectedSchema(spec.connectionSpecification, configuration)
  const { errors } = new Validator(schema, '7', false).validate(configuration)
  const found = new Map<string, FieldError>()
  for (const unit of errors) {
    const code = codes[unit.keyword]
    if (code === undefined) continue
    const holder = toPath(unit.instanceLocation)
    const keyword = toSchema(schemaAt(schema, toPath(unit.keywordLocation).slice(0, -1)))
    const paths = code === 'required' ? missingPaths(keyword, configuration, holder) : [holder]
    for (const path of paths) {
      if (found.has(toPathKey(path)) || isMasked(getIn(configuration, path))) continue
      const node = code === 'required' ? toSchema(getIn(keyword, ['properties', path.at(-1) ?? ''])) : keyword
      found.set(toPathKey(path), { path, code, message: toMessage(messages, code, node, path) })
    }
  }
  return [...found.values()]
}

const toPath = (pointer: string): string[] =>
  pointer
    .split('/')
    .slice(1)
    .map((part) => decodeURIComponent(part).replaceAll('~1', '/').replaceAll('~0', '~'))

function schemaAt(schema: unknown, path: Path): unknown {
  return path.reduce<unknown>((node, key) => {
    if (Array.isArray(node)) return node[Number(key)]
    return isObject(node) ? node[key] : undefined
  }, schema)
}

function missingPaths(node: Schema, configuration: PlainObject, holder: string[]): string[][] {
  const object = schemaAt(configuration, holder)
  const required = Array.isArray(node.required) ? node.required : []
  return required
    .filter((key) => typeof key === 'string' && isObject(object) && object[key] === undefined)
    .map((key) => [...holder, String(key)])
}

function toMessage(messages: ValidationMessages, code: string, node: Schema, path: Path): string {
  const title = titleOf(node) ?? toLabel(path.at(-1) ?? '')
  switch (code) {
    case 'required':
      return messages.required({ title })
    case 'type':
      return messages.type({ title, type: String(Array.isArray(node.type) ? node.type[0] : node.type) })
    case 'pattern':
      return messages.pattern({ title, rule: toRule(node), example: toExample(node) })
    case 'minimum':
      return messages.minimum({ title, limit: toLimit(node.minimum ?? node.exclusiveMinimum) })
    case 'maximum':
      return messages.maximum({ title, limit: toLimit(node.maximum ?? node.exclusiveMaximum) })
    case 'minLength':
    case 'maxLength':
      return messages[code]({ title, limit: toLimit(node[code]) })
    case 'minItems':
    case 'maxItems':
      return messages[code]({ title, limit: toLimit(node[code]) })
    case 'uniqueItems':
      return messages.uniqueItems({ title })
    default:
      return messages.enum({ title })
  }
}

const toLimit = (value: unknown): number => (typeof value === 'number' ? value : 0)

function toRule(node: Schema): string | undefined {
  const pattern = textOf(node, 'pattern')
  const formats: Record<string, string> = { date: 'YYYY-MM-DD', 'date-time': 'YYYY-MM-DDTHH:mm:ssZ' }
  return (
    textOf(node, 'pattern_descriptor') ??
    (pattern === undefined ? formats[textOf(node, 'format') ?? ''] : toDateDescriptor(pattern))
  )
}

const toExample = (node: Schema): string | undefined => {
  const [example] = Array.isArray(node.examples) ? node.examples : []
  return typeof example === 'string' || typeof example === 'number' ? String(example) : undefined
}
