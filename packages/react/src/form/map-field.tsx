import { useRef, useState } from 'react'
import { useFormMessages } from '../messages/use-form-messages.js'
import { toItem } from '../spec/item.js'
import { getIn, isObject, type PlainObject, setIn } from '../spec/path.js'
import { AddButton } from './add-button.js'
import type { MapPartProps } from './form-context.js'
import { HoldingFrame } from './holding-frame.js'
import { MapRow } from './map-row.js'
import { focusFirstIn, useFocusAfter } from './use-focus-after.js'

/** Named values of one kind: each a row with its name and its value. */
export function MapFieldView(props: MapPartProps) {
  const { field, ids, value, error, aria, disabled, renderItem, form } = props
  const messages = useFormMessages()
  const listRef = useRef<HTMLUListElement>(null)
  const addRef = useRef<HTMLButtonElement>(null)
  const focusAfter = useFocusAfter()
  const [news, setNews] = useState('')
  const rows = isObject(value) ? value : {}
  const names = Object.keys(rows)
  const { keyOf, renamed } = useRowKeys()

  const focusRow = (index: number): void => focusFirstIn(listRef.current?.children[index])
  const add = (): void => {
    const blank = names.indexOf('')
    // One nameless row at a time: names are what tells them apart.
    if (blank !== -1) return focusRow(blank)
    form.addItem(field, '')
    setNews(messages.itemAdded({ item: `${field.title} ${names.length + 1}` }))
    focusAfter(() => focusRow(names.length))
  }
  const remove = (name: string, index: number): void => {
    setNews(messages.itemRemoved({ item: name || field.title }))
    form.removeItem(field, name)
    focusAfter(() => (names.length === 1 ? addRef.current?.focus() : focusRow(Math.min(index, names.length - 2))))
  }
  return (
    <HoldingFrame field={field} ids={ids} error={error} aria={aria}>
      {names.length > 0 && (
        <ul ref={listRef} role="list" className="opsai-map">
          {names.map((name, index) => (
            <MapRow
              key={keyOf(name)}
              name={name}
              title={`${field.title} ${index + 1}`}
              isEmpty={(rows[name] ?? '') === ''}
              disabled={disabled}
              isTaken={(other) => names.includes(other)}
              onRename={(next) => {
                renamed(name, next)
                form.renameKey(field, name, next)
              }}
              onRemove={() => remove(name, index)}
            >
              {renderItem(toItem(field, name))}
            </MapRow>
          ))}
        </ul>
      )}
      {!disabled && <AddButton {...props} ref={addRef} onAdd={add} />}
      <span role="status" className="opsai-visually-hidden">
        {news}
      </span>
    </HoldingFrame>
  )
}

/** Keys of rows that stay when a row gets another name, so that what is being typed is not drawn anew. */
function useRowKeys() {
  const [{ keys, count }, setHeld] = useState<{ keys: PlainObject; count: number }>({ keys: {}, count: 0 })
  const keyOf = (name: string): string => String(getIn(keys, [name]) ?? `row-${name}`)
  return {
    keyOf,
    // Whoever has the old name next is another row.
    renamed: (from: string, to: string): void =>
      setHeld({ keys: setIn(setIn(keys, [to], keyOf(from)), [from], `next-${count}`), count: count + 1 }),
  }
}
