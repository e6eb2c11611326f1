import { useState } from 'react'
import { useMessages } from '../messages/use-messages.js'
import type { EnumValue, MultiEnumField } from '../spec/field.js'
import { Checkbox } from '../ui/checkbox.js'
import { SearchInput } from '../ui/search-input.js'
import { type ControlProps } from './form-context.js'

/** From so many options on there is a filter above them. */
const filterFrom = 10

/** Several of a closed list, as boxes to tick. */
export function MultiEnumControl({ field, id, value, onChange, onBlur, aria, disabled }: ControlProps<MultiEnumField>) {
  const messages = useMessages().form
  const [search, setSearch] = useState('')
  const chosen = Array.isArray(value) ? value : []
  const shown = field.options.filter((option) => option.label.toLowerCase().includes(search.trim().toLowerCase()))
  const toggle = (option: EnumValue, on: boolean): void =>
    onChange(
      field.options
        .filter((other) => (other === option ? on : chosen.includes(other.value)))
        .map((other) => other.value),
    )
  return (
    <div onBlur={onBlur}>
      {field.options.length >= filterFrom && (
        <div className="opsai-options-filter">
          <SearchInput label={messages.filterOptions({ title: field.title })} value={search} onChange={setSearch} />
        </div>
      )}
      <div
        id={id}
        role="group"
        tabIndex={-1}
        className="opsai-options"
        aria-labelledby={`${id}-label`}
        aria-describedby={aria['aria-describedby']}
        data-invalid={aria['data-invalid']}
      >
        {shown.map((option) => (
          <Checkbox
            key={option.label}
            label={option.label}
            disabled={disabled}
            checked={chosen.includes(option.value)}
            onChange={(event) => toggle(option, event.target.checked)}
          />
        ))}
        {shown.length === 0 && <p className="opsai-field-hint">{messages.noOptions}</p>}
      </div>
      {chosen.length > 0 && <p className="opsai-field-hint">{messages.listCount({ count: chosen.length })}</p>}
    </div>
  )
}
