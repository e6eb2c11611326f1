import type { ReactNode } from 'react'
import { useMessages } from '../messages/use-messages.js'
import type { ChoiceField, ChoiceOption } from '../spec/field.js'
import { toPathKey } from '../spec/path.js'
import { toPlainText } from '../spec/rich-text.js'
import { selectedOption } from '../spec/to-values.js'
import { RadioCard } from '../ui/radio-card.js'
import { Select } from '../ui/select.js'
import { Description } from './description.js'
import { FieldErrorText } from './field-error.js'
import { toFieldIds, useFormContext } from './form-context.js'
import { RichText } from './rich-text.js'

export interface ChoiceFieldProps {
  field: ChoiceField
  /** The fields of the option chosen. */
  renderFields: (option: ChoiceOption) => ReactNode
}

/** One of several ways, and the fields of the way chosen. */
export function ChoiceFieldView({ field, renderFields }: ChoiceFieldProps) {
  const { form, formId } = useFormContext()
  const ids = toFieldIds(formId, field.path)
  const selected = selectedOption(field, form.values)
  const error = form.errors.find((candidate) => candidate.field === field)
  const offered = field.options.filter((option) => !option.hidden || option === selected)
  const isOpenChoice = offered.length > 1 || selected === undefined
  return (
    <fieldset className="opsai-choice" data-part="field" data-kind="choice" data-path={toPathKey(field.path)}>
      <legend id={ids.label} className="opsai-field-label">
        {field.title}
      </legend>
      {field.description !== undefined && <Description id={ids.description} source={field.description} />}
      {isOpenChoice && (
        <ChoiceControl field={field} offered={offered} selected={selected} invalid={error !== undefined} />
      )}
      {error !== undefined && <FieldErrorText id={ids.error} message={error.message} />}
      {selected !== undefined && (
        <div className={isOpenChoice ? 'opsai-nested' : 'opsai-fold-body'}>{renderFields(selected)}</div>
      )}
    </fieldset>
  )
}

interface ChoiceControlProps {
  field: ChoiceField
  offered: ChoiceOption[]
  selected: ChoiceOption | undefined
  invalid: boolean
}

function ChoiceControl(props: ChoiceControlProps) {
  const { form, formId } = useFormContext()
  const { field, offered, selected, invalid } = props
  const ids = toFieldIds(formId, field.path)
  const aria = {
    'aria-labelledby': ids.label,
    'aria-describedby':
      [field.description && ids.description, invalid && ids.error].filter(Boolean).join(' ') || undefined,
    'aria-invalid': invalid || undefined,
    'data-invalid': invalid || undefined,
  }
  if (field.display === 'select') return <ChoiceSelect {...props} id={ids.id} aria={aria} />
  const isTerse = offered.every((option) => option.description === undefined && toPlainText(option.title).length < 28)
  return (
    <div
      id={ids.id}
      role="radiogroup"
      className="opsai-choice-cards"
      data-columns={isTerse && offered.length % 2 === 0 ? 2 : 1}
      {...aria}
    >
      {offered.map((option, index) => (
        <RadioCard
          key={index}
          id={`${ids.id}-${index}`}
          name={ids.id}
          title={option.title}
          description={option.description === undefined ? undefined : <RichText source={option.description} />}
          checked={option === selected}
          disabled={field.readOnly}
          onChange={() => form.chooseOption(field, option.value)}
        />
      ))}
    </div>
  )
}

function ChoiceSelect({ field, offered, selected, id, aria }: ChoiceControlProps & { id: string; aria: object }) {
  const { form } = useFormContext()
  const messages = useMessages().form
  return (
    <>
      <Select
        {...aria}
        id={id}
        value={selected === undefined ? '' : offered.indexOf(selected)}
        disabled={field.readOnly}
        onChange={(event) => form.chooseOption(field, offered[Number(event.target.value)]?.value)}
      >
        {selected === undefined && (
          <option value="" disabled>
            {messages.choose}
          </option>
        )}
        {offered.map((option, index) => (
          <option key={index} value={index}>
            {option.title}
          </option>
        ))}
      </Select>
      {selected?.description !== undefined && (
        <div className="opsai-field-description">
          <RichText source={selected.description} />
        </div>
      )}
    </>
  )
}
