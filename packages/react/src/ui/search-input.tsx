import { type ComponentPropsWithoutRef, useId } from 'react'
import { useCommonMessages } from '../messages/use-form-messages.js'
import { ClearButton } from './clear-button.js'
import { Icon } from './icon.js'

export interface SearchInputProps extends Omit<ComponentPropsWithoutRef<'input'>, 'value' | 'onChange' | 'type'> {
  /** What is searched, read out and shown as placeholder. */
  label: string
  value: string
  onChange: (value: string) => void
}

/**
 * A search field; Escape and its cross empty it.
 *
 * @example
 * <SearchInput label="Search tools" value={search} onChange={setSearch} />
 */
export function SearchInput({ label, value, onChange, ...rest }: SearchInputProps) {
  const common = useCommonMessages()
  const ownId = useId()
  const id = rest.id ?? ownId
  return (
    <div className="opsai-search" role="search">
      <Icon name="search" />
      <input
        placeholder={label}
        spellCheck={false}
        autoComplete="off"
        {...rest}
        id={id}
        type="search"
        className="opsai-input"
        aria-label={label}
        value={value}
        onChange={(event) => onChange(event.target.value)}
        onKeyDown={(event) => {
          if (event.key !== 'Escape' || value === '') return
          event.stopPropagation()
          onChange('')
        }}
      />
      {value !== '' && <ClearButton label={common.clear} controls={id} onClear={() => onChange('')} />}
    </div>
  )
}
