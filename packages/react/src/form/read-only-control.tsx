import { useFormMessages } from '../messages/use-form-messages.js'
import { isMasked } from '../spec/cast.js'
import type { LeafField } from '../spec/field.js'
import { toText } from '../spec/to-text.js'
import { TextInput } from '../ui/text-input.js'
import type { ControlProps } from './form-context.js'

/** A value that is shown and can be copied, not changed. Not disabled: that would take it out of reach of the keyboard. */
export function ReadOnlyControl({ field, id, value, aria }: ControlProps) {
  const messages = useFormMessages()
  const text = field.kind === 'secret' && value !== undefined ? messages.secretStored : toShown(field, value)
  return <TextInput {...aria} aria-required={undefined} id={id} readOnly value={text} />
}

function toShown(field: LeafField, value: unknown): string {
  if (value === undefined || value === null || isMasked(value)) return ''
  if (Array.isArray(value)) return value.map(toText).join(', ')
  return toText(value)
}
