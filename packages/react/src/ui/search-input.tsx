import { type ComponentPropsWithoutRef, useRef } from 'react'
import { useCommonMessages } from '../messages/use-form-messages.js'
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
  const ref = useRef<HTMLInputElement>(null)
  const clear = (): void => {
    onChange('')
    ref.current?.focus()
  }
  return (
    <div className="opsai-search" role="search">
      <Icon name="search" />
      <input
        placeholder={label}
        spellCheck={false}
        autoComplete="off"
        {...rest}
        ref={ref}
        type="search"
        className="opsai-input"
        aria-label={label}
        value={value}
        onChange={(event) => onChange(event.target.value)}
        onKeyDown={(event) => {
          if (event.key !== 'Escape' || value === '') return
          event.stopPropagation()
          clear()
        }}
      />
      {value !== '' && (
        <button type="button" className="opsai-search-clear" aria-label={common.clear} onClick={clear}>
          <Icon name="close" />
        </button>
      )}
    </div>
  )
}
