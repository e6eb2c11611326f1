// Which field of the form a failure is about. Pure.
import { type FieldRole, fieldRoles, type RoleName } from './field-roles.js'
import { isMask } from './masks.js'
import type { SpecField } from './spec-fields.js'

/**
 * The likeliest field: one whose value the message quotes, else the first by the roles' order and the form's.
 *
 * @param roles what the failure may be about, the likeliest first
 * @param message what was said
 * @param fields as the form shows them
 */
export function findField(
  roles: readonly RoleName[],
  message: string,
  fields: readonly SpecField[],
): readonly string[] | undefined {
  const candidates = roles.map((role) => playing(fieldRoles[role], fields))
  const quoted = candidates.flat().find(({ value }) => isQuoted(value, message))
  return (quoted ?? candidates.flat()[0])?.path
}

/** Those who can play a role, the likeliest first; a filled one before an empty one of the same name. */
function playing({ keys, title, only }: FieldRole, all: readonly SpecField[]): SpecField[] {
  const fields = only ? all.filter(only) : all
  const byKey = keys.flatMap((key) => filledFirst(fields.filter((field) => key.test(toKey(field)))))
  const byTitle = title
    ? fields.filter(({ schema }) => typeof schema.title === 'string' && title.test(schema.title))
    : []
  return [...new Set([...byKey, ...byTitle])]
}

const filledFirst = (fields: readonly SpecField[]) => [
  ...fields.filter(({ value }) => value !== undefined),
  ...fields.filter(({ value }) => value === undefined),
]

/** `clientID`, `Client Id` and `client-id` are `client_id`. */
export const toKey = ({ path }: Pick<SpecField, 'path'>): string =>
  (path.findLast((part) => !/^\d+$/.test(part)) ?? '')
    .replace(/([a-z\d])([A-Z])/g, '$1_$2')
    .replace(/[\s-]+/g, '_')
    .toLowerCase()

/** Whether the message repeats what was typed; a short value would be found anywhere. */
function isQuoted(value: unknown, message: string): boolean {
  if (Array.isArray(value)) return value.some((item) => isQuoted(item, message))
  const text = typeof value === 'number' ? String(value) : value
  if (typeof text !== 'string' || text.length < 3 || text.length > 500 || isMask(text)) return false
  const at = message.indexOf(text)
  return at >= 0 && !/\w/.test(message[at - 1] ?? '') && !/\w/.test(message[at + text.length] ?? '')
}
