import { type KeyboardEvent, type ReactNode, useId, useState } from 'react'
import { useFormMessages } from '../messages/use-form-messages.js'
import { IconButton } from '../ui/icon-button.js'
import { TextInput } from '../ui/text-input.js'
import { FieldErrorText } from './field-error.js'

export interface MapRowProps {
  /** The name it has in the form's values; `''` where none was typed yet. */
  name: string
  /** What to call it while it has none. */
  title: string
  /** Holds no value: without a name it is then left out, and nothing is wrong with it. */
  isEmpty: boolean
  disabled: boolean
  /** Whether another row has this name. */
  isTaken: (name: string) => boolean
  onRename: (name: string) => void
  onRemove: () => void
  /** The control of its value. */
  children: ReactNode
}

/**
 * One named value. The name counts once it is left: while it is typed it may be anything.
 * A name that another row has is kept as it was typed and never sent: until it is changed this row has none.
 */
export function MapRow({ name, title, isEmpty, disabled, isTaken, onRename, onRemove, children }: MapRowProps) {
  const messages = useFormMessages()
  const id = useId()
  const [draft, setDraft] = useState<string>()
  const [wasLeft, setLeft] = useState(false)
  const text = draft ?? name
  const typed = text.trim()
  const mistake =
    typed !== name && typed !== '' && isTaken(typed)
      ? messages.mapNameTaken({ name: typed })
      : wasLeft && typed === '' && !isEmpty
        ? messages.mapNameBlank
        : undefined
  const settle = (): void => {
    setLeft(true)
    const next = isTaken(typed) && typed !== name ? '' : typed
    if (next !== name) onRename(next)
    if (next === typed) setDraft(undefined)
  }
  const onKeyDown = (event: KeyboardEvent): void => {
    if (event.key !== 'Enter') return
    event.preventDefault()
    settle()
  }
  return (
    <li className="opsai-map-row">
      <div className="opsai-field">
        <label htmlFor={id} className="opsai-field-label">
          {messages.mapName}
        </label>
        <TextInput
          id={id}
          autoComplete="off"
          disabled={disabled}
          aria-invalid={mistake === undefined ? undefined : true}
          data-invalid={mistake === undefined ? undefined : true}
          aria-describedby={mistake === undefined ? undefined : `${id}-error`}
          value={text}
          onChange={(event) => setDraft(event.target.value)}
          onBlur={settle}
          onKeyDown={onKeyDown}
        />
        {mistake !== undefined && <FieldErrorText id={`${id}-error`} message={mistake} />}
      </div>
      <div className="opsai-map-value">{children}</div>
      {!disabled && (
        <IconButton icon="close" label={messages.itemRemoveLabel({ item: typed || title })} onClick={onRemove} />
      )}
    </li>
  )
}
