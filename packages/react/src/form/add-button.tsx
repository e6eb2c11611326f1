import { forwardRef } from 'react'
import { useFormMessages } from '../messages/use-form-messages.js'
import { Button } from '../ui/button.js'
import { Icon } from '../ui/icon.js'
import type { FieldProps } from './field-props.js'

export interface AddButtonProps extends Pick<FieldProps, 'id' | 'ids' | 'field' | 'aria'> {
  /** Most there may be: at hand only once that many are there. */
  fullAt?: number
  onAdd: () => void
}

/** Adds one to a list or a map. When no more fit it stays in reach and says so. */
export const AddButton = forwardRef<HTMLButtonElement, AddButtonProps>(function AddButton(props, ref) {
  const { id, ids, field, aria, fullAt, onAdd } = props
  const messages = useFormMessages()
  const isFull = fullAt !== undefined
  const described = [aria['aria-describedby'], isFull && ids.hint].filter(Boolean).join(' ')
  return (
    <div className="opsai-add">
      <Button
        ref={ref}
        id={id}
        size="small"
        icon={<Icon name="plus" />}
        aria-label={messages.itemAddLabel({ title: field.title })}
        aria-describedby={described || undefined}
        aria-disabled={isFull || undefined}
        data-invalid={aria['data-invalid']}
        onClick={() => !isFull && onAdd()}
      >
        {messages.itemAdd}
      </Button>
      {isFull && (
        <span id={ids.hint} className="opsai-field-hint">
          {messages.itemsFull({ limit: fullAt })}
        </span>
      )}
    </div>
  )
})
