import { type ComponentPropsWithoutRef, type KeyboardEvent, useEffect, useRef, useState } from 'react'
import { useFormMessages } from '../messages/use-form-messages.js'
import { ClearButton } from './clear-button.js'
import { matchLabels } from './match-labels.js'

/** Most options drawn at once. The rest comes by typing. */
const shownLimit = 100

export interface ComboboxProps extends Omit<ComponentPropsWithoutRef<'input'>, 'value' | 'onChange'> {
  id: string
  /** What can be chosen, in order. */
  options: readonly { label: string }[]
  /** Place of the chosen one; undefined for none. */
  selected?: number
  /** The place of what was chosen; undefined where the text was emptied. */
  onChange: (selected: number | undefined) => void
  /** Name of the cross that empties it. Without it there is none. */
  clearLabel?: string
}

/**
 * One of many: typed to narrow, chosen by arrows and Enter or by pointer. ARIA's editable combobox with a list.
 * Leaving it keeps what was chosen; a text that is exactly one label counts as chosen.
 *
 * @example
 * <Combobox id="country" options={countries} selected={at} onChange={setAt} />
 */
export function Combobox({ id, options, selected, onChange, clearLabel, onBlur, ...rest }: ComboboxProps) {
  const messages = useFormMessages()
  const listRef = useRef<HTMLUListElement>(null)
  // What is typed; undefined while nothing is, so that the chosen label shows.
  const [typed, setTyped] = useState<string>()
  const [isOpen, setOpen] = useState(false)
  const [active, setActive] = useState(-1)
  const label = selected === undefined ? '' : (options[selected]?.label ?? '')
  const found = isOpen ? matchLabels(options, typed ?? '') : []
  const shown = found.slice(0, shownLimit)
  const listId = `${id}-list`

  useEffect(() => {
    const list = isOpen ? listRef.current : null
    list?.parentElement?.scrollIntoView({ block: 'nearest' })
    list?.querySelector('[data-state=active]')?.scrollIntoView({ block: 'nearest' })
  }, [isOpen, active])

  const open = (): void => {
    setOpen(true)
    setActive(selected === undefined || selected >= shownLimit ? -1 : selected)
  }
  const close = (): void => {
    setOpen(false)
    setTyped(undefined)
  }
  const choose = (index: number | undefined): void => {
    if (index !== selected) onChange(index)
    close()
  }
  const settle = (): void => {
    const exact = options.findIndex((option) => option.label === typed?.trim())
    if (typed === '') choose(undefined)
    else if (exact !== -1) choose(exact)
    else close()
  }
  const move = (to: number): void => {
    if (!isOpen) open()
    else setActive(Math.max(0, Math.min(to, shown.length - 1)))
  }
  const keys: Record<string, () => void> = {
    ArrowDown: () => move(active + 1),
    ArrowUp: () => move(active === -1 ? shown.length - 1 : active - 1),
    Home: () => move(0),
    End: () => move(shown.length - 1),
    Enter: () => (shown[active] === undefined ? settle() : choose(shown[active])),
    Escape: close,
  }
  const onKeyDown = (event: KeyboardEvent): void => {
    const act = keys[event.key]
    const isOpener = event.key === 'ArrowDown' || event.key === 'ArrowUp'
    if (act === undefined || (!isOpen && !isOpener)) return
    // Enter must not submit the form, Escape must not close the dialog around it.
    event.preventDefault()
    event.stopPropagation()
    act()
  }
  return (
    <div className="opsai-combobox" data-state={isOpen ? 'open' : 'closed'}>
      <span className="opsai-clearable opsai-select">
        <input
          autoComplete="off"
          spellCheck={false}
          placeholder={messages.choose}
          {...rest}
          id={id}
          type="text"
          role="combobox"
          className="opsai-input"
          aria-expanded={isOpen}
          aria-autocomplete="list"
          aria-controls={isOpen ? listId : undefined}
          aria-activedescendant={isOpen && shown[active] !== undefined ? `${id}-option-${shown[active]}` : undefined}
          value={typed ?? label}
          onChange={(event) => {
            setOpen(true)
            setTyped(event.target.value)
            setActive(event.target.value === '' ? -1 : 0)
          }}
          onClick={(event) => {
            if (isOpen) return
            // Typing then looks for another one, instead of going on with the name of the one chosen.
            event.currentTarget.select()
            open()
          }}
          onKeyDown={onKeyDown}
          onBlur={(event) => {
            settle()
            onBlur?.(event)
          }}
        />
        {clearLabel !== undefined && label !== '' && (
          <ClearButton label={clearLabel} controls={id} onClear={() => choose(undefined)} />
        )}
      </span>
      {isOpen && (
        <div className="opsai-combobox-popup" onMouseDown={(event) => event.preventDefault()}>
          <ul ref={listRef} id={listId} role="listbox" aria-label={rest['aria-label'] ?? messages.choose}>
            {shown.map((index, at) => (
              <li
                key={index}
                id={`${id}-option-${index}`}
                role="option"
                aria-selected={index === selected}
                data-state={at === active ? 'active' : 'idle'}
                onClick={() => choose(index)}
              >
                {options[index]?.label}
              </li>
            ))}
          </ul>
          <p role="status" className="opsai-field-hint">
            {found.length === 0
              ? messages.noOptions
              : found.length > shown.length && messages.moreOptions({ count: found.length - shown.length })}
          </p>
        </div>
      )}
    </div>
  )
}
