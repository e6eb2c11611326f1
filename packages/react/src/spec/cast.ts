// Values on their way between a configuration and the form's controls.
import type { LeafField, ListField, MultiEnumField } from './field.js'
import { toText } from './to-text.js'

/** What a stored secret looks like: it is never sent to a browser. Sent back as it is, it keeps the stored value. */
export const secretMask = '**********'
export const isMasked = (value: unknown): boolean => value === secretMask

const isBlank = (value: unknown): boolean => value === undefined || value === null || value === ''

/** What a control sends: cast to the spec's type, undefined where there is nothing. Never throws. */
export function toSent(field: LeafField, value: unknown): unknown {
  if (field.kind === 'boolean') return toBoolean(value, field.required)
  // An empty text may be one of the values offered: S3's region has one for "where I run".
  if (field.kind === 'enum' && field.options.some((option) => option.value === value)) return value
  if (isBlank(value)) return undefined
  switch (field.kind) {
    case 'text':
    case 'secret':
      return field.multiline ? toText(value) : toText(value).trim() || undefined
    case 'number':
      return toNumber(value)
    case 'enum':
      return toEnumValue(field.options, value)
    case 'multiEnum':
      return toSentList(
        field,
        toArray(value).map((item) => toEnumValue(field.options, item)),
      )
    case 'list':
      return toSentList(
        field,
        toArray(value).map((item) => (field.items === 'string' ? toTextOrNothing(item)?.trim() : toNumber(item))),
      )
    case 'json':
      return toJson(value)
  }
}

/** What a control holds for a stored value or a default of possibly the wrong type. */
export function toHeld(field: LeafField, value: unknown): unknown {
  if (value === undefined || value === null) return undefined
  switch (field.kind) {
    case 'text':
    case 'secret':
      return Array.isArray(value) ? value.map(toText).join(', ') : toText(value)
    case 'number':
      return toNumber(value)
    case 'boolean':
      return toBoolean(value, false)
    case 'json':
      return typeof value === 'string' ? value : JSON.stringify(value, null, 2)
    case 'enum':
      return toEnumValue(field.options, value)
    case 'multiEnum':
    case 'list':
      return toArray(value)
  }
}

const toTextOrNothing = (value: unknown): string | undefined =>
  value === undefined || value === null ? undefined : toText(value)

// A text that is no number stays as it is, so that validation can say so about the right field.
function toNumber(value: unknown): unknown {
  if (typeof value !== 'string') return value
  const text = value.trim()
  if (text === '') return undefined
  const number = Number(text)
  return Number.isFinite(number) ? number : text
}

function toBoolean(value: unknown, required: boolean): boolean | undefined {
  if (value === true || value === 'true') return true
  if (value === false || value === 'false') return false
  return required ? false : undefined
}

const toEnumValue = (options: { value: unknown }[], value: unknown): unknown =>
  (options.find((option) => option.value === value) ?? options.find((option) => toText(option.value) === toText(value)))
    ?.value ?? value

const toArray = (value: unknown): unknown[] => (Array.isArray(value) ? value : [value])

/** An emptied list says "none", which is not the same as leaving the default to the connector. */
function toSentList(field: ListField | MultiEnumField, values: unknown[]): unknown[] | undefined {
  const filled = values.filter((value) => !isBlank(value))
  const mayBeLeftOut = !field.required && (field.minItems ?? 0) > 0
  return filled.length === 0 && mayBeLeftOut ? undefined : filled
}

function toJson(value: unknown): unknown {
  if (typeof value !== 'string') return value
  if (value.trim() === '') return undefined
  try {
    return JSON.parse(value)
  } catch {
    return value
  }
}
