import { memo } from 'react'
import { useFormMessages } from '../messages/use-form-messages.js'
import { toPathKey } from '../spec/path.js'
import { FieldErrorText } from './field-error.js'
import { type FieldPartProps, useFormParts } from './form-context.js'

/** One field: label, what it is for, control, rule, error. Drawn again only when something of it changed. */
export const LeafFieldView = memo(function LeafFieldView({ Control, ...props }: FieldPartProps) {
  const { field, ids, hint, error } = props
  const { Description } = useFormParts().parts
  const messages = useFormMessages()
  const control = <Control {...props} />
  const isSwitch = field.kind === 'boolean'
  return (
    <div className="opsai-field" data-part="field" data-kind={field.kind} data-path={toPathKey(field.path)}>
      {isSwitch ? (
        control
      ) : (
        <div className="opsai-field-heading">
          <label id={ids.label} htmlFor={ids.id} className="opsai-field-label">
            {field.title}
          </label>
          {!field.required && <span className="opsai-field-optional">{messages.optional}</span>}
        </div>
      )}
      {field.description !== undefined && <Description id={ids.description} source={field.description} />}
      {!isSwitch && control}
      {hint !== undefined && (
        <p id={ids.hint} className="opsai-field-hint">
          {hint}
        </p>
      )}
      {error !== undefined && <FieldErrorText id={ids.error} message={error.message} />}
    </div>
  )
})
