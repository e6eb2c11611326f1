import { useMessages } from '../messages/use-messages.js'
import { Alert } from '../ui/alert.js'
import { toPathKey } from '../spec/path.js'
import { useFormContext } from './form-context.js'
import { namePath } from './use-name-field.js'

export interface ErrorSummaryProps {
  /** What is wrong with the name, which is no part of the configuration. */
  nameError?: string
  /** Called with the `data-path` of the field to focus. */
  onGoTo: (path: string) => void
}

/** After a refused submit: which fields are wrong, near the button that refused, each a way there. */
export function ErrorSummary({ nameError, onGoTo }: ErrorSummaryProps) {
  const { form } = useFormContext()
  const messages = useMessages().form
  const isSignInMissing = form.signIn === 'missing'
  const count = form.errors.length + Number(isSignInMissing) + Number(nameError !== undefined)
  return (
    <Alert tone="danger" title={messages.errorTitle({ count })}>
      <ul className="opsai-error-list">
        {nameError !== undefined && (
          <li>
            <button type="button" className="opsai-link-button" onClick={() => onGoTo(namePath)}>
              {nameError}
            </button>
          </li>
        )}
        {form.errors.map((error) => {
          const { field } = error
          return (
            <li key={toPathKey(error.path)}>
              {field === undefined ? (
                error.message
              ) : (
                <button type="button" className="opsai-link-button" onClick={() => onGoTo(toPathKey(field.path))}>
                  {error.message}
                </button>
              )}
            </li>
          )
        })}
        {isSignInMissing && <li>{messages.signInMissing}</li>}
      </ul>
    </Alert>
  )
}
