import { useRef, useState } from 'react'
import { useFormMessages } from '../messages/use-form-messages.js'
import { toItem } from '../spec/item.js'
import { toItemTitle } from '../spec/item-title.js'
import { AddButton } from './add-button.js'
import type { ItemsPartProps } from './form-context.js'
import { HoldingFrame } from './holding-frame.js'
import { ItemCard } from './item-card.js'
import { focusFirstIn, useFocusAfter } from './use-focus-after.js'
import { useItemKeys } from './use-item-keys.js'

/** A list of things with fields of their own: added, opened, moved, removed. The focus goes where the work is. */
export function ItemsFieldView(props: ItemsPartProps) {
  const { field, ids, value, error, aria, disabled, renderItem, form } = props
  const messages = useFormMessages()
  const listRef = useRef<HTMLOListElement>(null)
  const addRef = useRef<HTMLButtonElement>(null)
  const focusAfter = useFocusAfter()
  const [news, setNews] = useState('')
  const [newest, setNewest] = useState<number>()
  const count = Array.isArray(value) ? value.length : 0
  const { keys, added, removed, moved } = useItemKeys(count)

  const nameOf = (index: number): string =>
    toItemTitle(toItem(field, index), form.values) ?? `${field.title} ${index + 1}`
  const partsOf = (index: number, part: string): HTMLElement | null | undefined =>
    listRef.current?.children[index]?.querySelector<HTMLElement>(`[data-part=${part}]:enabled`)

  const add = (): void => {
    form.addItem(field)
    setNewest(added())
    setNews(messages.itemAdded({ item: `${field.title} ${count + 1}` }))
    focusAfter(() => focusFirstIn(listRef.current?.children[count]?.lastElementChild))
  }
  const remove = (index: number): void => {
    setNews(messages.itemRemoved({ item: nameOf(index) }))
    form.removeItem(field, String(index))
    removed(index)
    focusAfter(() => (partsOf(Math.min(index, count - 2), 'toggle') ?? addRef.current)?.focus())
  }
  const move = (from: number, by: -1 | 1): void => {
    const to = from + by
    setNews(messages.itemMoved({ item: nameOf(from), place: to + 1, of: count }))
    form.moveItem(field, from, to)
    moved(from, to)
    // At an end of the list the pressed button is off: its counterpart takes over.
    const [pressed, other] = by === -1 ? ['up', 'down'] : ['down', 'up']
    focusAfter(() => (partsOf(to, pressed) ?? partsOf(to, other))?.focus())
  }
  return (
    <HoldingFrame field={field} ids={ids} error={error} aria={aria}>
      {count > 0 && (
        <ol ref={listRef} role="list" className="opsai-items">
          {keys.map((key, index) => {
            const item = toItem(field, index)
            return (
              <ItemCard
                key={key}
                item={item}
                title={nameOf(index)}
                facts={form.fieldProps(item)}
                startsOpen={key === newest}
                disabled={disabled}
                isFirst={index === 0}
                isLast={index === count - 1}
                onMove={(by) => move(index, by)}
                onRemove={() => remove(index)}
                renderFields={() => renderItem(item)}
              />
            )
          })}
        </ol>
      )}
      {!disabled && (
        <AddButton
          {...props}
          ref={addRef}
          fullAt={count >= (field.maxItems ?? Infinity) ? count : undefined}
          onAdd={add}
        />
      )}
      <span role="status" className="opsai-visually-hidden">
        {news}
      </span>
    </HoldingFrame>
  )
}
