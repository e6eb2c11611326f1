import { Icon } from '../ui/icon.js'

/** What is wrong with one field, below it. Not a live region: the summary by the button speaks for all. */
export function FieldErrorText({ id, message }: { id: string; message: string }) {
  return (
    <p id={id} className="opsai-field-error" data-part="error">
      <Icon name="warning" />
      <span>{message}</span>
    </p>
  )
}
