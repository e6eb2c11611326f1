import { useState } from 'react'
import { useFormMessages } from '../messages/use-form-messages.js'

/** Where the form finds the name field; no key of a configuration, as no spec has it. */
export const namePath = '$name'

/** What a source is called: not part of its configuration, always asked. */
export interface NameFieldHandle {
  value: string
  onChange: (value: string) => void
  /** It differs from what it started with, or from what was accepted last. */
  isDirty: boolean
  accept: (name: string) => void
  /** Set while a submit was tried without a name. */
  error?: string
  /** Whether there is a name; its error shows from then on. */
  check: () => boolean
}

/**
 * @param subject What the name is for: another one starts over with the initial name.
 * @param draft What was typed on a page that went away.
 */
export function useNameField(initial: string, subject: unknown, draft?: string): NameFieldHandle {
  const messages = useFormMessages()
  const [typed, setTyped] = useState(draft === undefined ? undefined : { subject, value: draft })
  const [accepted, setAccepted] = useState<{ subject: unknown; value: string }>()
  const [checked, setChecked] = useState(false)
  const value = typed !== undefined && typed.subject === subject ? typed.value : initial
  const start = accepted !== undefined && accepted.subject === subject ? accepted.value : initial
  const isMissing = value.trim() === ''
  return {
    value,
    onChange: (next) => setTyped({ subject, value: next }),
    isDirty: value.trim() !== start.trim(),
    accept: (name) => setAccepted({ subject, value: name }),
    error: checked && isMissing ? messages.nameRequired : undefined,
    check: () => {
      setChecked(true)
      return !isMissing
    },
  }
}
