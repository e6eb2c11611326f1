import type { FieldError } from '@opsai/contract'
import { type ReactNode, useEffect, useId, useRef } from 'react'
import { useMessages } from '../messages/use-messages.js'
import type { PlainObject } from '../spec/path.js'
import type { FormSpec } from '../spec/spec-to-form.js'
import { Button } from '../ui/button.js'
import { ErrorSummary } from './error-summary.js'
import { FieldList } from './field-list.js'
import { focusField } from './form-focus.js'
import { type ControlComponents, FormContext } from './form-context.js'
import { NameField } from './name-field.js'
import { type SignInRequest, type SubmitOutcome, useConnectorForm } from './use-connector-form.js'
import { useNameField } from './use-name-field.js'

/** What a submitted form brings. */
export interface ConnectorFormSubmission {
  /** What the person calls this source. */
  name: string
  /** Valid by the connector's spec. */
  configuration: PlainObject
}

/** What a sign-in button gets from the form around it. */
export interface SignInSlotProps {
  /** `missing` once a submit was tried without it; `done` when the configuration holds what signing in brings. */
  state: 'needed' | 'missing' | 'done'
  /** Inputs of the provider's step as typed now, by the provider's keys. */
  inputs: Record<string, unknown>
  /**
   * Call it in the click: what signing in needs, or null (with the errors shown) while something is wrong.
   * It is synchronous, so that a popup may be opened right after it.
   */
  prepare: () => (SignInRequest & { name: string }) | null
}

export interface ConnectorFormProps {
  /** The connector's spec. Memoise it: another object starts a new form. */
  spec: FormSpec
  /** What the name field starts with: the connector's name. */
  name?: string
  /** A stored configuration to edit, secrets as ten stars. */
  initialConfiguration?: PlainObject
  /** What the server found wrong, by path in the configuration. */
  errors?: readonly FieldError[]
  /** Something is under way: the button says so and a second submit is ignored. Default false. */
  busy?: boolean
  /** Called with a name and a valid configuration. Resolve to `accepted` to have typed secrets cleared. */
  onSubmit: (submission: ConnectorFormSubmission) => void | Promise<SubmitOutcome | void>
  /** Shown where the connector's sign-in belongs. Without it, credentials are typed by hand. */
  renderSignIn?: (slot: SignInSlotProps) => ReactNode
  /** Signing in happened: the form submits without what it fills. Default false. */
  signedIn?: boolean
  /** Signing in finishes the form, so while it is the way no other button submits. Default false. */
  signInSubmits?: boolean
  /** Default "Connect". */
  submitLabel?: string
  /** What the button says while busy. Default "Testing…". */
  busyLabel?: string
  /** Stands left of the submit button: a cancel button. */
  footer?: ReactNode
  /** Stands above the buttons: the outcome of a test. */
  status?: ReactNode
  /** Controls of your own, by the field's dotted path. */
  components?: ControlComponents
}

const noComponents: ControlComponents = {}

/**
 * A form made from a connector's spec: labelled, validated, with sign-in where the connector offers it.
 *
 * @example
 * <ConnectorForm spec={spec} name="HubSpot" onSubmit={({ name, configuration }) => create(name, configuration)} />
 */
export function ConnectorForm(props: ConnectorFormProps) {
  const { spec, initialConfiguration, errors, renderSignIn, signedIn = false, signInSubmits = false } = props
  const messages = useMessages().form
  const formId = useId()
  const formRef = useRef<HTMLFormElement>(null)
  const name = useNameField(props.name ?? '', spec)
  const form = useConnectorForm({
    spec,
    initialConfiguration,
    fieldErrors: errors,
    signIn: renderSignIn === undefined ? undefined : signedIn ? 'done' : 'offered',
    onSubmit: (configuration) => props.onSubmit({ name: name.value.trim(), configuration }),
  })
  const isBusy = props.busy === true || form.state === 'submitting'
  const { focusRequests } = form
  useEffect(() => {
    if (focusRequests > 0 && formRef.current !== null) focusField(formRef.current)
  }, [focusRequests])

  const submit = (): void => {
    if (isBusy) return
    const isNamed = name.check()
    if (isNamed) form.submit()
    else form.refuse()
  }
  const prepare: SignInSlotProps['prepare'] = () => {
    const isNamed = name.check()
    const request = form.prepareSignIn()
    if (!isNamed) form.refuse()
    return isNamed && request !== null ? { ...request, name: name.value.trim() } : null
  }
  const { signIn } = form
  const signInSlot =
    signIn === 'unused' ? undefined : renderSignIn?.({ state: signIn, inputs: form.signInInputs, prepare })
  const context = { form, formId, components: props.components ?? noComponents, signInSlot }
  const hasErrors = form.isRefused || name.error !== undefined
  const isSignInTheButton = signInSubmits && (signIn === 'needed' || signIn === 'missing')
  return (
    <FormContext.Provider value={context}>
      <form
        ref={formRef}
        className="opsai-form"
        data-part="connector-form"
        data-state={isBusy ? 'busy' : 'editing'}
        aria-busy={isBusy}
        noValidate
        autoComplete="off"
        onSubmit={(event) => {
          event.preventDefault()
          submit()
        }}
      >
        <div className="opsai-form-section">
          <NameField name={name} />
        </div>
        {form.model.sections.map((section, index) => (
          <section key={section.id} className="opsai-form-section" aria-label={section.title}>
            {section.title !== undefined && <h3 className="opsai-form-section-title">{section.title}</h3>}
            <FieldList fields={section.fields} at={[]} holdsSignIn={index === 0} />
          </section>
        ))}
        <div className="opsai-form-footer" data-part="footer">
          {(hasErrors || props.status !== undefined) && (
            <div data-part="status">
              {hasErrors && (
                <ErrorSummary nameError={name.error} onGoTo={(path) => focusField(formRef.current, path)} />
              )}
              {props.status}
            </div>
          )}
          {props.footer}
          {!isSignInTheButton && (
            <Button type="submit" variant="primary" state={isBusy ? 'busy' : 'idle'}>
              {isBusy ? (props.busyLabel ?? messages.busy) : (props.submitLabel ?? messages.submit)}
            </Button>
          )}
        </div>
      </form>
    </FormContext.Provider>
  )
}
