import { useCommonMessages, useFormMessages } from '../messages/use-form-messages.js'
import type { BooleanField } from '../spec/field.js'
import { Switch } from '../ui/switch.js'
import type { ControlProps } from './form-context.js'

/** On or off; where the spec needs neither, nothing is sent until somebody chose, and that can be taken back. */
export function BooleanControl({ field, id, value, onChange, onBlur, aria, disabled }: ControlProps<BooleanField>) {
  const messages = useFormMessages()
  const common = useCommonMessages()
  const isOpen = !field.required && field.default === undefined && !field.readOnly
  return (
    <div className="opsai-boolean">
      <Switch
        {...aria}
        id={id}
        label={<span className="opsai-field-label">{field.title}</span>}
        checked={value === true}
        aria-readonly={field.readOnly || undefined}
        disabled={disabled && !field.readOnly}
        onBlur={onBlur}
        onChange={(event) => !field.readOnly && onChange(event.target.checked)}
      />
      {isOpen && value !== undefined && !disabled && (
        <button
          type="button"
          className="opsai-link-button"
          aria-label={messages.clearLabel({ title: field.title })}
          onClick={() => {
            onChange(undefined)
            document.getElementById(id)?.focus()
          }}
        >
          {common.clear}
        </button>
      )}
    </div>
  )
}
