import { useFormMessages } from '../messages/use-form-messages.js'
import type { EnumField } from '../spec/field.js'
import { Combobox } from '../ui/combobox.js'
import { Select } from '../ui/select.js'
import type { ControlProps } from './form-context.js'

/** The most options a native select is pleasant with. */
const selectLimit = 30

/** One of a closed list. Options are told apart by their place: values may be numbers, and two may read the same. */
export function EnumControl({ field, id, value, onChange, onBlur, aria, disabled }: ControlProps<EnumField>) {
  const messages = useFormMessages()
  const { options, required, title } = field
  const place = options.findIndex((option) => option.value === value)
  const selected = place === -1 ? undefined : place
  const choose = (at: number | undefined): void => onChange(at === undefined ? undefined : options[at]?.value)
  if (options.length > selectLimit) {
    return (
      <Combobox
        {...aria}
        id={id}
        options={options}
        selected={selected}
        clearLabel={required ? undefined : messages.clearLabel({ title })}
        placeholder={required ? messages.choose : messages.notSet}
        disabled={disabled}
        onBlur={onBlur}
        onChange={choose}
      />
    )
  }
  return (
    <Select
      {...aria}
      id={id}
      value={selected ?? ''}
      disabled={disabled}
      onBlur={onBlur}
      onChange={({ target }) => choose(target.value === '' ? undefined : Number(target.value))}
    >
      <option value="" disabled={required} hidden={required}>
        {required ? messages.choose : messages.notSet}
      </option>
      {options.map((option, index) => (
        <option key={index} value={index}>
          {option.label || messages.emptyValue}
        </option>
      ))}
    </Select>
  )
}
