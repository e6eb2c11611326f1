import { useFormMessages } from '../messages/use-form-messages.js'
import type { JsonField } from '../spec/field.js'
import { toText } from '../spec/to-text.js'
import { TextArea } from '../ui/text-area.js'
import type { ControlProps } from './form-context.js'
import { toJsonMistake } from './json-mistake.js'

/** Free JSON: put in order when it is left, if it can be read; said where it can't. Never cleared. */
export function JsonControl({ id, value, onChange, onBlur, aria, disabled }: ControlProps<JsonField>) {
  const messages = useFormMessages()
  const text = value === undefined || value === null ? '' : toText(value)
  // Half-typed JSON is never right: its place is told once the form says that it is wrong.
  const mistake = aria['aria-invalid'] && text.trim() !== '' ? toJsonMistake(text) : undefined
  const mistakeId = `${id}-mistake`
  const onLeave = (): void => {
    const ordered = toOrdered(text)
    if (ordered !== text) onChange(ordered)
    onBlur()
  }
  return (
    <>
      <TextArea
        {...aria}
        aria-describedby={[aria['aria-describedby'], mistake && mistakeId].filter(Boolean).join(' ') || undefined}
        id={id}
        data-kind="code"
        autoComplete="off"
        value={text}
        disabled={disabled}
        onBlur={onLeave}
        onChange={(event) => onChange(event.target.value)}
      />
      {mistake !== undefined && (
        <p id={mistakeId} className="opsai-field-hint">
          {messages.jsonWrong(mistake)}
        </p>
      )}
    </>
  )
}

/** One value a line; a text that can't be read as it is. */
function toOrdered(text: string): string {
  try {
    return JSON.stringify(JSON.parse(text), null, 2)
  } catch {
    return text
  }
}
