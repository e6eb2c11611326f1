import type { ReactNode } from 'react'
import type { GroupField } from '../spec/field.js'
import { toPathKey } from '../spec/path.js'
import { Description } from './description.js'
import { FieldErrorText } from './field-error.js'
import { toFieldIds, useFormContext } from './form-context.js'

/** Fields that belong together, under one heading. */
export function GroupFieldView({ field, children }: { field: GroupField; children: ReactNode }) {
  const { form, formId } = useFormContext()
  const ids = toFieldIds(formId, field.path)
  const error = form.errors.find((candidate) => candidate.field === field)
  return (
    <fieldset className="opsai-group" data-part="field" data-kind="group" data-path={toPathKey(field.path)}>
      <legend className="opsai-field-label">{field.title}</legend>
      {field.description !== undefined && <Description id={ids.description} source={field.description} />}
      {error !== undefined && <FieldErrorText id={ids.error} message={error.message} />}
      <div className="opsai-nested">{children}</div>
    </fieldset>
  )
}
