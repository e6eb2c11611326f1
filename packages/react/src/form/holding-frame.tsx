import type { ReactNode } from 'react'
import { useFormMessages } from '../messages/use-form-messages.js'
import type { GroupField, ItemsField, MapField } from '../spec/field.js'
import { toPathKey } from '../spec/path.js'
import { FieldErrorText } from './field-error.js'
import type { FieldProps } from './field-props.js'
import { useFormParts } from './form-context.js'

export interface HoldingFrameProps extends Pick<FieldProps, 'ids' | 'error' | 'aria'> {
  field: GroupField | ItemsField | MapField
  children: ReactNode
}

/** What stands around fields that belong together: their heading, what they are for, what is wrong with them as a whole. */
export function HoldingFrame({ field, ids, error, aria, children }: HoldingFrameProps) {
  const { Description } = useFormParts().parts
  const messages = useFormMessages()
  // Of lists and maps, the button that adds carries these: that is where the focus goes.
  const own = field.kind === 'group' ? aria : {}
  return (
    <fieldset
      className="opsai-group"
      data-part="field"
      data-kind={field.kind}
      data-path={toPathKey(field.path)}
      aria-labelledby={ids.label}
      aria-describedby={own['aria-describedby']}
      data-invalid={own['data-invalid']}
    >
      <legend className="opsai-field-heading">
        <span id={ids.label} className="opsai-field-label">
          {field.title}
        </span>
        {field.kind !== 'group' && !field.required && <span className="opsai-field-optional">{messages.optional}</span>}
      </legend>
      {field.description !== undefined && <Description id={ids.description} source={field.description} />}
      {children}
      {error !== undefined && <FieldErrorText id={ids.error} message={error.message} />}
    </fieldset>
  )
}
