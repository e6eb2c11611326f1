import { useRef, useState } from 'react'
import { useFormMessages } from '../messages/use-form-messages.js'
import { Button } from '../ui/button.js'
import { FieldErrorText } from './field-error.js'
import { readTextFile } from './read-text-file.js'

export interface FileButtonProps {
  /** The field's id: the parts' own are made of it. */
  id: string
  title: string
  disabled: boolean
  onRead: (text: string) => void
}

/** Fills a field of several lines from a file: keys and certificates come as files. The file stays in the browser. */
export function FileButton({ id, title, disabled, onRead }: FileButtonProps) {
  const messages = useFormMessages()
  const inputRef = useRef<HTMLInputElement>(null)
  const [last, setLast] = useState<{ name: string; state: 'read' | 'binary' | 'big' }>()
  const label = messages.fileChooseLabel({ title })
  const noteId = `${id}-file`
  const take = async (file: File): Promise<void> => {
    const outcome = await readTextFile(file)
    setLast({ name: file.name, state: outcome.state })
    if (outcome.state === 'read') onRead(outcome.text)
  }
  return (
    <div className="opsai-file">
      <Button
        size="small"
        aria-label={label}
        aria-describedby={last && noteId}
        disabled={disabled}
        onClick={() => inputRef.current?.click()}
      >
        {messages.fileChoose}
      </Button>
      <input
        ref={inputRef}
        type="file"
        className="opsai-visually-hidden"
        tabIndex={-1}
        aria-hidden="true"
        aria-label={label}
        disabled={disabled}
        onChange={(event) => {
          const file = event.target.files?.[0]
          // Emptied, so that the same file can be chosen again.
          if (file !== undefined) take(file).finally(() => (event.target.value = ''))
        }}
      />
      <div role="status">
        {last?.state === 'read' && (
          <span id={noteId} className="opsai-field-hint">
            {messages.fileRead(last)}
          </span>
        )}
        {last?.state === 'binary' && <FieldErrorText id={noteId} message={messages.fileBinary(last)} />}
        {last?.state === 'big' && <FieldErrorText id={noteId} message={messages.fileBig(last)} />}
      </div>
    </div>
  )
}
