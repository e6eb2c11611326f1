import { useState } from 'react'
import { useFormMessages } from '../messages/use-form-messages.js'
import { type DatePrecision, fromDateInput, toDateInput, toDateInputType } from '../spec/dates.js'
import type { TextField } from '../spec/field.js'
import { ClearButton } from '../ui/clear-button.js'
import { TextInput } from '../ui/text-input.js'
import type { ControlProps } from './form-context.js'

export interface DateControlProps extends ControlProps<TextField> {
  precision: DatePrecision
  text: string
}

/** A date: picked, or typed as the text that is sent. A text that no picker can hold is never cleared: it is typed. */
export function DateControl({ field, id, text, precision, onChange, onBlur, aria, disabled }: DateControlProps) {
  const messages = useFormMessages()
  const [isTyped, setTyped] = useState(false)
  const held = toDateInput(precision, text)
  // From then on typed: no picker may take its place below somebody's hands, once the text happens to suit it.
  if (held === undefined && !isTyped) setTyped(true)
  const isPicked = !isTyped && held !== undefined
  const hasSeconds = precision !== 'month' && precision !== 'day'
  const title = { title: field.title }
  return (
    <div className="opsai-date">
      <span className="opsai-clearable">
        <TextInput
          {...aria}
          id={id}
          autoComplete="off"
          disabled={disabled}
          onBlur={onBlur}
          {...(isPicked
            ? { type: toDateInputType(precision), step: hasSeconds ? 1 : undefined, value: held }
            : { placeholder: field.examples[0], value: text })}
          onChange={({ target }) => onChange(isPicked ? fromDateInput(precision, target.value) : target.value)}
        />
        {!field.required && text !== '' && (
          <ClearButton label={messages.clearLabel(title)} controls={id} onClear={() => onChange('')} />
        )}
      </span>
      {held !== undefined && !disabled && (
        <button
          type="button"
          className="opsai-link-button"
          aria-label={isTyped ? messages.datePickLabel(title) : messages.dateTypeLabel(title)}
          onClick={() => setTyped(!isTyped)}
        >
          {isTyped ? messages.datePick : messages.dateType}
        </button>
      )}
    </div>
  )
}
