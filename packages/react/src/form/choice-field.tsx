import { useFormMessages } from '../messages/use-form-messages.js'
import type { ChoiceOption } from '../spec/field.js'
import { toPathKey } from '../spec/path.js'
import { toPlainText } from '../spec/rich-text.js'
import { RadioCard } from '../ui/radio-card.js'
import { Select } from '../ui/select.js'
import { FieldErrorText } from './field-error.js'
import { type ChoicePartProps, useFormParts } from './form-context.js'
import { RichText } from './rich-text.js'

/** One of several ways, and the fields of the way chosen. */
export function ChoiceFieldView(props: ChoicePartProps) {
  const { field, ids, error, selected, renderFields } = props
  const { Description } = useFormParts().parts
  const offered = field.options.filter((option) => !option.hidden || option === selected)
  const isOpenChoice = offered.length > 1 || selected === undefined
  const Control = field.display === 'select' ? ChoiceSelect : ChoiceCards
  return (
    <fieldset className="opsai-choice" data-part="field" data-kind="choice" data-path={toPathKey(field.path)}>
      <legend id={ids.label} className="opsai-field-label">
        {field.title}
      </legend>
      {field.description !== undefined && <Description id={ids.description} source={field.description} />}
      {isOpenChoice && <Control {...props} offered={offered} />}
      {error !== undefined && <FieldErrorText id={ids.error} message={error.message} />}
      {selected !== undefined && (
        <div className={isOpenChoice ? 'opsai-nested' : 'opsai-fold-body'}>{renderFields(selected)}</div>
      )}
    </fieldset>
  )
}

interface ChoiceControlProps extends ChoicePartProps {
  offered: ChoiceOption[]
}

function ChoiceCards({ id, ids, aria, disabled, onChange, selected, offered }: ChoiceControlProps) {
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
}

function ChoiceSelect({ id, ids, aria, disabled, onChange, selected, offered }: ChoiceControlProps) {
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
}
