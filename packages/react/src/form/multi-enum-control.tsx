import { useState } from 'react'
import { useFormMessages } from '../messages/use-form-messages.js'
import type { MultiEnumField } from '../spec/field.js'
import { Button } from '../ui/button.js'
import { Checkbox } from '../ui/checkbox.js'
import { matchLabels } from '../ui/match-labels.js'
import { SearchInput } from '../ui/search-input.js'
import type { ControlProps } from './form-context.js'

/** From so many options on there is a filter above them, and what was chosen at the start stands first. */
const filterFrom = 10

/** Several of a closed list, as boxes to tick. */
export function MultiEnumControl({ field, id, value, onChange, onBlur, aria, disabled }: ControlProps<MultiEnumField>) {
  const messages = useFormMessages()
  const [search, setSearch] = useState('')
  const { options } = field
  const isMany = options.length >= filterFrom
  const chosen = new Set(Array.isArray(value) ? value : [])
  // Only what was chosen at the start: nothing may jump away below the pointer.
  const [first] = useState(() => (isMany ? new Set(chosen) : new Set()))
  const found = matchLabels(options, search)
  const isFirst = (index: number): boolean => first.has(options[index]?.value)
  const shown = [...found.filter(isFirst), ...found.filter((index) => !isFirst(index))]
  const choose = (places: readonly number[], on: boolean): void =>
    onChange(
      options
        .filter((option, index) => (places.includes(index) ? on : chosen.has(option.value)))
        .map((option) => option.value),
    )
  return (
    <div onBlur={onBlur}>
      {isMany && (
        <div className="opsai-options-filter">
          <SearchInput label={messages.filterOptions({ title: field.title })} value={search} onChange={setSearch} />
          <Button size="small" variant="quiet" disabled={disabled} onClick={() => choose(shown, true)}>
            {messages.chooseShown}
          </Button>
          <Button size="small" variant="quiet" disabled={disabled} onClick={() => onChange([])}>
            {messages.chooseNone}
          </Button>
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
        {shown.map((index) => (
          <Checkbox
            key={index}
            label={options[index]?.label || messages.emptyValue}
            disabled={disabled}
            checked={chosen.has(options[index]?.value)}
            onChange={(event) => choose([index], event.target.checked)}
          />
        ))}
        {shown.length === 0 && <p className="opsai-field-hint">{messages.noOptions}</p>}
      </div>
      <p role="status" className="opsai-field-hint">
        {chosen.size > 0 && messages.listCount({ count: chosen.size })}
      </p>
    </div>
  )
}
