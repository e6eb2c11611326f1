import { useFormMessages } from '../messages/use-form-messages.js'
import { FieldErrorText } from './field-error.js'
import { useSignIn } from './form-context.js'

/** Where the host's sign-in button stands, with what is wrong about it beside it. */
export function SignInSlot() {
  const { form, signInSlot } = useSignIn()
  const messages = useFormMessages()
  if (form.oauth.way === 'manual') {
    return (
      <button type="button" className="opsai-link-button" onClick={() => form.setManual(false)}>
        {messages.signInInstead}
      </button>
    )
  }
  const isMissing = form.signIn === 'missing'
  return (
    <div className="opsai-sign-in" data-part="sign-in" data-state={form.signIn} data-invalid={isMissing || undefined}>
      {signInSlot}
      {isMissing && <FieldErrorText id={`${form.formId}-sign-in-error`} message={messages.signInMissing} />}
      {form.oauth.manualIsOffered && (
        <button type="button" className="opsai-link-button" onClick={() => form.setManual(true)}>
          {messages.signInManually}
        </button>
      )}
    </div>
  )
}
