import { type ClipboardEvent, type KeyboardEvent, useRef, useState } from 'react'
import { useMessages } from '../messages/use-messages.js'
import type { ListField } from '../spec/field.js'
import { Icon } from '../ui/icon.js'
import type { ControlProps } from './form-context.js'

const separators = /[,;\n\t]+/
const toItems = (value: unknown): string[] => (Array.isArray(value) ? value.map(String) : [])

/** Values as chips: Enter, a comma or leaving the field adds one, Backspace in the empty field takes the last away. */
export function ListControl({ field, id, value, onChange, onBlur, aria, disabled }: ControlProps<ListField>) {
  const messages = useMessages().form
  const inputRef = useRef<HTMLInputElement>(null)
  const [draft, setDraft] = useState('')
  const items = toItems(value)

  const add = (text: string): void => {
    const added = text
      .split(separators)
      .map((part) => part.trim())
      .filter((part) => part !== '' && !items.includes(part))
    if (added.length > 0) onChange([...items, ...new Set(added)])
    setDraft('')
  }
  const remove = (index: number): void => {
    onChange(items.filter((_, at) => at !== index))
    inputRef.current?.focus()
  }
  const onKeyDown = (event: KeyboardEvent): void => {
    if ((event.key === 'Enter' && draft.trim() !== '') || event.key === ',' || event.key === ';') {
      event.preventDefault()
      add(draft)
    } else if (event.key === 'Backspace' && draft === '' && items.length > 0) {
      remove(items.length - 1)
    }
  }
  const onPaste = (event: ClipboardEvent): void => {
    const text = event.clipboardData.getData('text')
    if (!separators.test(text.trim())) return
    event.preventDefault()
    add(draft + text)
  }
  return (
    <div
      className="opsai-chips"
      data-state={aria['data-invalid'] === true ? 'invalid' : 'valid'}
      onClick={(event) => event.target === event.currentTarget && inputRef.current?.focus()}
    >
      {items.map((item, index) => (
        <span key={item} className="opsai-chip">
          <span>{item}</span>
          <button
            type="button"
            className="opsai-chip-remove"
            aria-label={messages.listRemove({ value: item })}
            disabled={disabled}
            onClick={() => remove(index)}
          >
            <Icon name="close" />
          </button>
        </span>
      ))}
      <input
        {...aria}
        ref={inputRef}
        id={id}
        className="opsai-chips-input"
        inputMode={field.items === 'string' ? undefined : 'decimal'}
        placeholder={items.length === 0 ? field.examples[0] : undefined}
        autoComplete="off"
        spellCheck={false}
        disabled={disabled}
        value={draft}
        onChange={(event) => setDraft(event.target.value)}
        onKeyDown={onKeyDown}
        onPaste={onPaste}
        onBlur={() => {
          add(draft)
          onBlur()
        }}
      />
    </div>
  )
}
