// What stands below a control: the rule its value must keep, in words; nothing where the control itself keeps it.
import type { FormMessages } from '../messages/form-en.js'
import { toDateInput } from '../spec/dates.js'
import type { LeafField, NumberField } from '../spec/field.js'

/** Most characters of examples: a hint is one line. */
const exampleLimit = 90

/**
 * The line below a field's control: format, range, examples, the time zone.
 *
 * @param value What the field holds now: a date says what it is on the person's own clock.
 */
export function toHint(field: LeafField, value: unknown, messages: FormMessages): string | undefined {
  if (field.readOnly) return messages.readOnlyHint
  const hints = [toKindHint(field, value, messages), toExamples(field, messages)].filter(Boolean)
  return hints.length === 0 ? undefined : hints.join(' · ')
}

function toKindHint(field: LeafField, value: unknown, messages: FormMessages): string | false | undefined {
  switch (field.kind) {
    case 'list':
      return messages.listHint
    case 'json':
      return messages.jsonHint
    case 'number':
      return toRange(field) && messages.rangeHint(field)
    case 'boolean':
      return value === undefined && !field.required && field.default === undefined && messages.notSet
    case 'text':
      if (field.date !== undefined) {
        const text = typeof value === 'string' ? value : ''
        const isNative = toDateInput(field.date, text) !== undefined
        if (isNative && field.date === 'day') return undefined
        if (isNative && field.date !== 'month') return toZoneHint(text, messages)
      }
      return toRule(field.patternDescriptor, messages)
    case 'secret':
      return toRule(field.patternDescriptor, messages)
    default:
      return undefined
  }
}

/** Of several; a single one is the placeholder. What can be picked needs none, and no secret should look like one. */
function toExamples({ kind, examples }: LeafField, messages: FormMessages): string | false {
  if (kind !== 'text' && kind !== 'number' && kind !== 'list') return false
  const fitting = examples.filter((_, index) => examples.slice(0, index + 1).join(', ').length <= exampleLimit)
  return fitting.length > 1 && messages.exampleHint({ examples: fitting.join(', ') })
}

const toRange = ({ minimum, maximum }: NumberField): boolean => minimum !== undefined || maximum !== undefined

const toRule = (rule: string | undefined, messages: FormMessages): string | undefined =>
  rule === undefined ? undefined : messages.formatHint({ rule })

/** Times are sent as UTC: beside it, the same instant on the person's own clock. */
function toZoneHint(text: string, messages: FormMessages): string {
  const instant = new Date(text)
  const zone = Intl.DateTimeFormat().resolvedOptions().timeZone
  if (Number.isNaN(instant.getTime()) || zone === 'UTC') return messages.dateHint
  const time = new Intl.DateTimeFormat(undefined, { dateStyle: 'medium', timeStyle: 'short' }).format(instant)
  return messages.dateInZone({ time, zone })
}
