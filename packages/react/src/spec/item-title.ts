// What a folded item of a list is called: what was typed into it, so that one is told from another.
import { isMasked } from './cast.js'
import type { Field } from './field.js'
import { getIn, isObject, type PlainObject } from './path.js'
import { differsFromDefault } from './to-configuration.js'
import { toText } from './to-text.js'
import { selectedOption } from './to-values.js'

const partLimit = 2
const lengthLimit = 40

/**
 * `Name: Orders | Format: CSV`: what is typed into an item, what is required first, secrets as dots.
 * Defaults say nothing about one item, so that they are left out.
 *
 * @param item The item's own field: `toItem(field, index)`.
 * @returns Undefined where nothing but defaults is held.
 * @example
 * toItemTitle(toItem(streams, 0), values) ?? `${streams.title} 1`
 */
export function toItemTitle(item: Field, values: PlainObject): string | undefined {
  const parts = toParts(item, values)
    .filter(([, value]) => value !== '')
    .toSorted(([a], [b]) => Number(b.required) - Number(a.required))
  const named = parts.slice(0, partLimit).map(([field, value]) => (field === item ? value : `${field.title}: ${value}`))
  return named.length === 0 ? undefined : named.join(' | ')
}

function toParts(field: Field, values: PlainObject): [field: Field, value: string][] {
  switch (field.kind) {
    case 'hidden':
      return []
    case 'group':
      return field.fields.flatMap((inner) => toParts(inner, values))
    case 'choice': {
      const option = selectedOption(field, values)
      if (option === undefined) return []
      const title = option.value === field.defaultValue ? '' : option.title
      return [[field, title], ...option.fields.flatMap((inner) => toParts(inner, values))]
    }
    default:
      return differsFromDefault(field, values) ? [[field, toValueText(field, getIn(values, field.path))]] : []
  }
}

function toValueText(field: Field, value: unknown): string {
  if (value === undefined || value === null || value === '') return ''
  if (field.kind === 'secret' || isMasked(value)) return '•••••'
  if (field.kind === 'items') return countOf(value)
  if (field.kind === 'map') return isObject(value) ? toShort(Object.keys(value).join(', ')) : ''
  if (field.kind === 'enum')
    return toShort(field.options.find((option) => option.value === value)?.label ?? toText(value))
  return toShort(Array.isArray(value) ? value.map(toText).join(', ') : toText(value))
}

const countOf = (value: unknown): string => (Array.isArray(value) && value.length > 0 ? String(value.length) : '')

function toShort(text: string): string {
  const line = text.replaceAll(/\s+/g, ' ').trim()
  return line.length > lengthLimit ? `${line.slice(0, lengthLimit - 1).trimEnd()}…` : line
}
