import { type ClipboardEvent, type KeyboardEvent, useRef, useState } from 'react'
import { useFormMessages } from '../messages/use-form-messages.js'
import type { ListField } from '../spec/field.js'
import { Icon } from '../ui/icon.js'
import type { ControlProps } from './form-context.js'
import { toPastedItems, toTypedItems } from './list-items.js'

const toItems = (value: unknown): string[] => (Array.isArray(value) ? value.map(String) : [])

/**
 * Values as chips: Enter or leaving the field adds one, Backspace in the empty field takes the last away,
 * a double click takes one back to be changed.
 */
export function ListControl(props: ControlProps<ListField>) {
  const { field, id, value, onChange, onBlur, aria, disabled, wrongItems = [] } = props
  const messages = useFormMessages()
  const inputRef = useRef<HTMLInputElement>(null)
  const [draft, setDraft] = useState('')
  const [refused, setRefused] = useState<string>()
  const items = toItems(value)

  const add = (parts: string[]): void => {
    const isNew = (part: string, at: number): boolean =>
      !field.unique || (!items.includes(part) && parts.indexOf(part) === at)
    const added = parts.filter(isNew)
    if (parts.length === 0) return setDraft('')
    if (added.length > 0) onChange([...items, ...added])
    setRefused(parts.find((part, at) => !isNew(part, at)))
    setDraft('')
  }
  const remove = (index: number): void => {
    onChange(items.filter((_, at) => at !== index))
    setRefused(undefined)
    inputRef.current?.focus()
  }
  const onKeyDown = (event: KeyboardEvent): void => {
    const ends = event.key === 'Enter' || (field.items !== 'string' && (event.key === ',' || event.key === ';'))
    if (ends && (draft.trim() !== '' || event.key !== 'Enter')) {
      event.preventDefault()
      add(toTypedItems(field.items, draft))
    } else if (event.key === 'Backspace' && draft === '' && items.length > 0) {
      remove(items.length - 1)
    }
  }
  const onPaste = (event: ClipboardEvent): void => {
    const parts = toPastedItems(field.items, event.clipboardData.getData('text'))
    if (parts.length < 2) return
    event.preventDefault()
    add([...toTypedItems(field.items, draft), ...parts])
  }
  return (
    <>
      <div
        className="opsai-chips"
        data-state={aria['data-invalid'] === true ? 'invalid' : 'valid'}
        onClick={(event) => event.target === event.currentTarget && inputRef.current?.focus()}
      >
        {items.length > 0 && (
          <ul role="list">
            {items.map((item, index) => (
              <li
                key={index}
                className="opsai-chip"
                data-state={wrongItems.includes(String(index)) ? 'invalid' : 'valid'}
                onDoubleClick={() => {
                  if (disabled) return
                  remove(index)
                  setDraft(item)
                }}
              >
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
              </li>
            ))}
          </ul>
        )}
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
            add(toTypedItems(field.items, draft))
            onBlur()
          }}
        />
      </div>
      <p role="status" className="opsai-field-hint">
        {refused !== undefined && messages.listDuplicate({ value: refused })}
      </p>
    </>
  )
}
