import { memo } from 'react'
import { useFormMessages } from '../messages/use-form-messages.js'
import type { ChoiceField, ChoiceOption } from '../spec/field.js'
import { toPathKey } from '../spec/path.js'
import { toPlainText } from '../spec/rich-text.js'
import { RadioCard } from '../ui/radio-card.js'
import { Select } from '../ui/select.js'
import { FieldErrorText } from './field-error.js'
import { type ChoicePartProps, useFormParts } from './form-context.js'
import { RichText } from './rich-text.js'

/** One of several ways, and the fields of the way chosen. */
export function ChoiceFieldView({ renderFields, ...props }: ChoicePartProps) {
  const { field, id, ids, aria, disabled, onChange, error, selected } = props
  const { Description } = useFormParts().parts
  const isOpenChoice = selected === undefined || toOffered(field, selected).length > 1
  const Control = field.display === 'select' ? ChoiceSelect : ChoiceCards
  return (
    <fieldset className="opsai-choice" data-part="field" data-kind="choice" data-path={toPathKey(field.path)}>
      <legend id={ids.label} className="opsai-field-label">
        {field.title}
      </legend>
      {field.description !== undefined && <Description id={ids.description} source={field.description} />}
      {isOpenChoice && <Control {...{ field, id, ids, aria, disabled, onChange, selected }} />}
      {error !== undefined && <FieldErrorText id={ids.error} message={error.message} />}
      {selected !== undefined && (
        <div className={isOpenChoice ? 'opsai-nested' : 'opsai-fold-body'}>{renderFields(selected)}</div>
      )}
    </fieldset>
  )
}

/** A hidden option is kept where it is stored. */
const toOffered = (field: ChoiceField, selected: ChoiceOption | undefined): ChoiceOption[] =>
  field.options.filter((option) => !option.hidden || option === selected)

// Only what stays the same while its fields are typed in: both controls are `memo`.
type ChoiceControlProps = Pick<ChoicePartProps, 'field' | 'id' | 'ids' | 'aria' | 'disabled' | 'onChange' | 'selected'>

const ChoiceCards = memo(function ChoiceCards(props: ChoiceControlProps) {
  const { field, id, ids, aria, disabled, onChange, selected } = props
  const offered = toOffered(field, selected)
  const isTerse = offered.every((option) => option.description === undefined && toPlainText(option.title).length < 28)
  return (
    <div
      {...aria}
      id={id}
      role="radiogroup"
      aria-labelledby={ids.label}
      className="opsai-choice-cards"
      data-columns={isTerse && offered.length % 2 === 0 ? 2 : 1}
    >
      {offered.map((option, index) => (
        <RadioCard
          key={index}
          id={`${id}-${index}`}
          name={id}
          title={option.title}
          description={option.description === undefined ? undefined : <RichText source={option.description} />}
          checked={option === selected}
          disabled={disabled}
          onChange={() => onChange(option.value)}
        />
      ))}
    </div>
  )
})

const ChoiceSelect = memo(function ChoiceSelect(props: ChoiceControlProps) {
  const { field, id, ids, aria, disabled, onChange, selected } = props
  const offered = toOffered(field, selected)
  const messages = useFormMessages()
  return (
    <>
      <Select
        {...aria}
        id={id}
        aria-labelledby={ids.label}
        value={selected === undefined ? '' : offered.indexOf(selected)}
        disabled={disabled}
        onChange={(event) => onChange(offered[Number(event.target.value)]?.value)}
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
})
