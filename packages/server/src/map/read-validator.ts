// Validators name the field themselves: Airbyte's own, jsonschema of the Python connectors, pydantic. Pure.
import type { CheckCode, FieldError } from '@opsai/contract'
import type { SpecField } from './spec-fields.js'

interface Finding {
  /** As far as it is said; inner parts may be all there is. */
  path: readonly string[]
  code: CheckCode
  message: string
}

/** Fields of the form that a validator names; none where the message is no validator's. */
export function readValidator(message: string, fields: readonly SpecField[]): FieldError[] {
  const found = [...readAirbyte(message), ...readFieldPath(message), ...readPydantic(message)]
  const findings = found.length > 0 ? found : readJsonSchema(message, fields)
  return findings.flatMap(({ path, ...finding }) => {
    const place = toPlace(path, fields)
    return place ? [{ path: [...place], ...finding }] : []
  })
}

/** The named place itself, else what of the form holds it or is called so. */
function toPlace(path: readonly string[], fields: readonly SpecField[]): readonly string[] | undefined {
  const ends = (field: SpecField, tail: readonly string[]) =>
    tail.length > 0 && tail.every((part, index) => field.path.at(index - tail.length) === part)
  for (let length = path.length; length > 0; length -= 1) {
    const part = path.slice(0, length)
    const exact = fields.find((field) => field.path.length === part.length && ends(field, part))
    const inside = exact ?? fields.find((field) => ends(field, part))
    if (inside) return inside.path
  }
  return undefined
}

const codeOf = (words: string): CheckCode => (/required|missing/i.test(words) ? 'required' : 'wrong_format')

/** `Errors: $.port: string found, integer expected, $.host: is missing but it is required, $: required property 'x' not found` */
function readAirbyte(message: string): Finding[] {
  const found: Finding[] = []
  for (const [, path = '', words = ''] of message.matchAll(/\$((?:\.[\w-]+|\[\d+\])*): ?([^$]{1,300})/g)) {
    const said = words.replace(/[\s,;]+$/, '')
    const missing = /required property '([\w-]{1,100})' not found/.exec(said)?.[1]
    found.push({ path: [...toParts(path), ...(missing ? [missing] : [])], code: codeOf(said), message: said })
  }
  return found
}

/** `Config validation error: Field "credentials.api_key" - None is not of type 'string'.` */
function readFieldPath(message: string): Finding[] {
  const said = /Field "([\w.[\]-]{1,200})" - (.{1,300})/.exec(message)
  return said ? [{ path: toParts(said[1] ?? ''), code: codeOf(said[2] ?? ''), message: said[2] ?? '' }] : []
}

/** A line with the path, the next one with what is wrong. */
function readPydantic(message: string): Finding[] {
  if (!/\d+ validation errors? for /.test(message)) return []
  const lines = message.split('\n')
  return lines.flatMap((line, index) => {
    const said = /^\s+(.{1,200}?)\s*[[(]type=/.exec(line)?.[1]
    const path = lines[index - 1]?.trim() ?? ''
    return said && path ? [{ path: toParts(path.replaceAll(' -> ', '.')), code: codeOf(said), message: said }] : []
  })
}

const sayings: readonly [RegExp, CheckCode][] = [
  [/ is not of type | is not a '/, 'wrong_format'],
  [/ does not match | is not one of | is (less|greater) than the | is too (short|long)/, 'wrong_format'],
  [/ is not valid under any of the given schemas/, 'wrong_format'],
]

/** jsonschema says the value, not the field: `'abc' is not of type 'integer'`. Missing ones it names. */
function readJsonSchema(message: string, fields: readonly SpecField[]): Finding[] {
  const missing = [...message.matchAll(/'([\w-]{1,100})' is a required property/g)]
  if (missing.length > 0)
    return missing.map(([said, key = '']) => ({ path: [key], code: 'required' as const, message: said }))
  const key = /(?:KeyError\(|An exception occurred: )'([\w-]{1,100})'/.exec(message)?.[1]
  if (key) return [{ path: [key], code: 'required', message: 'is missing' }]
  const saying = sayings.find(([says]) => says.test(message))
  if (!saying) return []
  const value =
    message
      .slice(0, message.search(saying[0]))
      .split(/validation (?:error|failed): ?/i)
      .at(-1)
      ?.trim() ?? ''
  const holder = fields.find((field) => field.value !== undefined && toPython(field.value) === value)
  return holder ? [{ path: holder.path, code: saying[1], message: message.slice(message.indexOf(value)) }] : []
}

const toParts = (path: string) => path.split(/[.[\]]+/).filter((part) => part !== '' && part !== '$')

function toPython(value: unknown): string {
  if (typeof value === 'string') return `'${value}'`
  if (typeof value === 'boolean') return value ? 'True' : 'False'
  if (value === null) return 'None'
  if (Array.isArray(value)) return `[${value.map(toPython).join(', ')}]`
  if (typeof value === 'object')
    return `{${Object.entries(value)
      .map(([key, inner]) => `'${key}': ${toPython(inner)}`)
      .join(', ')}}`
  return String(value)
}
