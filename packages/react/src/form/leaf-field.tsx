import { useMessages } from '../messages/use-messages.js'
import { toDateInput } from '../spec/dates.js'
import type { LeafField } from '../spec/field.js'
import { getIn, toPathKey } from '../spec/path.js'
import type { FormMessages } from '../messages/form-en.js'
import { controls } from './controls.js'
import { Description } from './description.js'
import { FieldErrorText } from './field-error.js'
import { type ControlProps, toFieldIds, useFormContext } from './form-context.js'

/** One field: label, what it is for, control, rule, error. */
export function LeafFieldView({ field }: { field: LeafField }) {
  const { form, formId, components } = useFormContext()
  const messages = useMessages().form
  const ids = toFieldIds(formId, field.path)
  const value = getIn(form.values, field.path)
  const error = form.errors.find((candidate) => candidate.field === field)
  const hint = toHint(field, value, messages)
  const described = [field.description && ids.description, hint && ids.hint, error && ids.error].filter(Boolean)
  const Control = components[toPathKey(field.path)] ?? controls[field.kind]
  const props: ControlProps = {
    field,
    id: ids.id,
    value,
    onChange: (next) => form.setValue(field.path, next),
    onBlur: () => form.leaveField(field.path),
    aria: {
      'aria-describedby': described.length > 0 ? described.join(' ') : undefined,
      'aria-invalid': error && true,
      'aria-required': field.required && field.kind !== 'boolean' ? true : undefined,
      'data-invalid': error && true,
    },
    disabled: field.readOnly,
  }
  const heading = (
    <div className="opsai-field-heading">
      <label id={ids.label} htmlFor={ids.id} className="opsai-field-label">
        {field.title}
      </label>
      {!field.required && field.kind !== 'boolean' && <span className="opsai-field-optional">{messages.optional}</span>}
    </div>
  )
  return (
    <div className="opsai-field" data-part="field" data-kind={field.kind} data-path={toPathKey(field.path)}>
      {field.kind !== 'boolean' && heading}
      {field.kind === 'boolean' && <Control {...props} />}
      {field.description !== undefined && <Description id={ids.description} source={field.description} />}
      {field.kind !== 'boolean' && <Control {...props} />}
      {hint !== undefined && (
        <p id={ids.hint} className="opsai-field-hint">
          {hint}
        </p>
      )}
      {error !== undefined && <FieldErrorText id={ids.error} message={error.message} />}
    </div>
  )
}

/** The rule a value must keep, in words; nothing where the control itself keeps it. */
function toHint(field: LeafField, value: unknown, messages: FormMessages): string | undefined {
  if (field.kind === 'list') return messages.listHint
  if (field.kind === 'json') return messages.jsonHint
  if (field.kind !== 'text' && field.kind !== 'secret') return undefined
  if (field.kind === 'text' && field.date !== undefined) {
    const isNative = toDateInput(field.date, typeof value === 'string' ? value : '') !== undefined
    if (isNative && field.date === 'day') return undefined
    if (isNative && field.date !== 'month') return messages.dateHint
  }
  return field.patternDescriptor === undefined ? undefined : messages.formatHint({ rule: field.patternDescriptor })
}
