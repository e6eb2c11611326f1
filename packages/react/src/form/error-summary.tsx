import { useFormMessages } from '../messages/use-form-messages.js'
import { Alert } from '../ui/alert.js'
import type { ErrorSummaryPartProps } from './form-context.js'

/** After a refused submit: which fields are wrong, near the button that refused, each a way there. */
export function ErrorSummary({ errors, nameError, isSignInMissing, onGoTo }: ErrorSummaryPartProps) {
  const messages = useFormMessages()
  const count = errors.length + Number(isSignInMissing) + Number(nameError !== undefined)
  return (
    <Alert tone="danger" title={messages.errorTitle({ count })}>
      <ul className="opsai-error-list">
        {nameError !== undefined && (
          <li>
            <button type="button" className="opsai-link-button" onClick={() => onGoTo('name')}>
              {nameError}
            </button>
          </li>
        )}
        {errors.map((error, index) => {
          const { field, place, message } = error
          const text = place === undefined ? message : messages.errorAt({ place, message })
          return (
            <li key={index}>
              {field === undefined ? (
                text
              ) : (
                <button type="button" className="opsai-link-button" onClick={() => onGoTo(error)}>
                  {text}
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
