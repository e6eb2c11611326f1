import { useId } from 'react'
import { useFormMessages } from '../messages/use-form-messages.js'
import { TextInput } from '../ui/text-input.js'
import { FieldErrorText } from './field-error.js'
import { type NameFieldHandle, namePath } from './use-name-field.js'

/** Longest name the proxy takes, in characters. */
const nameLimit = 200

/** The first field of every form: what the source is called. */
export function NameField({ name }: { name: NameFieldHandle }) {
  const messages = useFormMessages()
  const id = useId()
  const { error } = name
  return (
    <div className="opsai-field" data-part="name" data-path={namePath}>
      <div className="opsai-field-heading">
        <label htmlFor={id} className="opsai-field-label">
          {messages.name}
        </label>
      </div>
      <TextInput
        id={id}
        value={name.value}
        maxLength={nameLimit}
        autoComplete="off"
        aria-required
        aria-invalid={error !== undefined || undefined}
        data-invalid={error !== undefined || undefined}
        aria-describedby={error === undefined ? `${id}-hint` : `${id}-hint ${id}-error`}
        onChange={(event) => name.onChange(event.target.value)}
      />
      <p id={`${id}-hint`} className="opsai-field-hint">
        {messages.nameHint}
      </p>
      {error !== undefined && <FieldErrorText id={`${id}-error`} message={error} />}
    </div>
  )
}
