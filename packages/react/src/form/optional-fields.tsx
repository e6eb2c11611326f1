import { type ReactNode, useId, useState } from 'react'
import { useFormMessages } from '../messages/use-form-messages.js'
import type { Field } from '../spec/field.js'
import { differsFromDefault } from '../spec/to-configuration.js'
import { Icon } from '../ui/icon.js'
import type { ConnectorFormHandle } from './use-connector-form.js'

export interface OptionalFieldsProps {
  form: ConnectorFormHandle
  fields: readonly Field[]
  /** Called only while they are open. */
  renderFields: () => ReactNode
}

/** Optional fields behind one line; open by itself where one holds a value of its own or is wrong. */
export function OptionalFields({ form, fields, renderFields }: OptionalFieldsProps) {
  const messages = useFormMessages()
  const id = useId()
  const [isOpened, setOpened] = useState(() => fields.some((field) => differsFromDefault(field, form.values)))
  const isWrong = fields.some((field) => form.fieldProps(field).holdsError)
  // Stays open once the mistake is mended: it must not fold away below somebody's hands.
  if (isWrong && !isOpened) setOpened(true)
  const isOpen = isOpened || isWrong
  return (
    <div className="opsai-fold" data-state={isOpen ? 'open' : 'closed'}>
      <button
        type="button"
        className="opsai-fold-button"
        data-state={isWrong ? 'invalid' : 'valid'}
        aria-expanded={isOpen}
        aria-controls={id}
        onClick={() => setOpened(!isOpen)}
      >
        <Icon name="chevron" />
        {messages.optionalSettings}
        <span className="opsai-fold-count">{fields.length}</span>
      </button>
      <div id={id} className="opsai-fold-body" hidden={!isOpen}>
        {isOpen && renderFields()}
      </div>
    </div>
  )
}
