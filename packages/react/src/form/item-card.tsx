import { type ReactNode, useId, useState } from 'react'
import { useFormMessages } from '../messages/use-form-messages.js'
import type { Field } from '../spec/field.js'
import { toPathKey } from '../spec/path.js'
import { Icon } from '../ui/icon.js'
import { IconButton } from '../ui/icon-button.js'
import { FieldErrorText } from './field-error.js'
import type { FieldProps } from './field-props.js'

export interface ItemCardProps {
  item: Field
  /** What it is called, from what was typed into it. */
  title: string
  facts: Partial<Pick<FieldProps, 'error'>> & Pick<FieldProps, 'ids' | 'holdsError'>
  startsOpen: boolean
  disabled: boolean
  isFirst: boolean
  isLast: boolean
  onMove: (by: -1 | 1) => void
  onRemove: () => void
  /** Called only while it is open. */
  renderFields: () => ReactNode
}

/** One item of a list: a line with its title and what can be done to it; its fields below while it is open. */
export function ItemCard(props: ItemCardProps) {
  const { item, title, facts, disabled, isFirst, isLast, onMove, onRemove, renderFields } = props
  const messages = useFormMessages()
  const bodyId = useId()
  const [isWanted, setWanted] = useState(props.startsOpen)
  // Stays open once the mistake is mended: it must not fold away below somebody's hands.
  if (facts.holdsError && !isWanted) setWanted(true)
  const isOpen = isWanted || facts.holdsError
  // Other kinds of fields carry these marks themselves.
  const marks = item.kind === 'group' ? { 'data-part': 'field', 'data-path': toPathKey(item.path) } : {}
  return (
    <li className="opsai-item" data-state={isOpen ? 'open' : 'closed'} {...marks}>
      <div className="opsai-item-head">
        <button
          type="button"
          className="opsai-item-toggle"
          data-part="toggle"
          aria-expanded={isOpen}
          aria-controls={bodyId}
          onClick={() => setWanted(!isOpen)}
        >
          <Icon name="chevron" />
          <span dir="auto">{title}</span>
        </button>
        {!disabled && (
          <>
            <IconButton
              data-part="up"
              icon="up"
              label={messages.itemUpLabel({ item: title })}
              disabled={isFirst}
              onClick={() => onMove(-1)}
            />
            <IconButton
              data-part="down"
              icon="down"
              label={messages.itemDownLabel({ item: title })}
              disabled={isLast}
              onClick={() => onMove(1)}
            />
            <IconButton icon="close" label={messages.itemRemoveLabel({ item: title })} onClick={onRemove} />
          </>
        )}
      </div>
      <div id={bodyId} className="opsai-item-body" hidden={!isOpen}>
        {item.kind === 'group' && facts.error !== undefined && (
          <FieldErrorText id={facts.ids.error} message={facts.error.message} />
        )}
        {isOpen && renderFields()}
      </div>
    </li>
  )
}
