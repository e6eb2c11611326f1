// A spec may sort its top-level fields into named cards (`groups` and `group`).
import type { Field, FormSection } from './field.js'
import { isObject } from './path.js'
import { propertyOf, type Schema, textOf } from './schema.js'

const defaultGroup = 'default'

/** Cards in the order of `groups`; groups nobody listed after them, by name; empty ones are left out. */
export function toSections(schema: Schema, fields: Field[]): FormSection[] {
  const listed = (Array.isArray(schema.groups) ? schema.groups : []).filter(isObject)
  const titles = new Map(listed.map((group) => [textOf(group, 'id') ?? defaultGroup, textOf(group, 'title')]))
  const groupOf = (field: Field): string =>
    textOf(propertyOf(schema, field.path[0] ?? '') ?? {}, 'group') ?? defaultGroup
  const named = new Set(fields.map(groupOf))
  const unlisted = [...named].filter((id) => !titles.has(id)).sort()
  return [...titles.keys(), ...unlisted]
    .map((id) => ({ id, title: titles.get(id), fields: fields.filter((field) => groupOf(field) === id) }))
    .filter((section) => section.fields.some((field) => field.kind !== 'hidden'))
}
