import { useState } from 'react'
import { useFormMessages } from '../messages/use-form-messages.js'
import { toPlainText } from '../spec/rich-text.js'
import { RichText } from './rich-text.js'

/** Longest description shown whole, in characters: about two lines. */
const lengthLimit = 180

/** What a field is for. Long texts show two lines, so that they don't drown the form. */
export function Description({ id, source }: { id: string; source: string }) {
  const messages = useFormMessages()
  const [isOpen, setOpen] = useState(false)
  const isLong = toPlainText(source).length > lengthLimit
  return (
    <div className="opsai-field-description" data-state={isLong && !isOpen ? 'clamped' : 'whole'}>
      <span id={id}>
        <RichText source={source} />
      </span>
      {isLong && (
        <button
          type="button"
          className="opsai-link-button"
          aria-expanded={isOpen}
          aria-controls={id}
          onClick={() => setOpen(!isOpen)}
        >
          {isOpen ? messages.showLess : messages.showMore}
        </button>
      )}
    </div>
  )
}
