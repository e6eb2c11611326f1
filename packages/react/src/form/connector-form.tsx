import type { FieldError } from '@opsai/contract'
import { type FocusEvent, type ReactNode, useEffect, useMemo, useRef } from 'react'
import { useFormMessages } from '../messages/use-form-messages.js'
import type { Field } from '../spec/field.js'
import { type Path, type PlainObject, toPathKey } from '../spec/path.js'
import { useLatest } from '../provider/use-latest.js'
import type { FormSpec } from '../spec/spec-to-form.js'
import { Alert } from '../ui/alert.js'
import { Button } from '../ui/button.js'
import { toDrawnFields } from './drawn-fields.js'
import { FieldList } from './field-list.js'
import { focusField } from './form-focus.js'
import { type FormComponents, type FormControls, PartsContext, SignInContext } from './form-context.js'
import { NameField } from './name-field.js'
import { formParts } from './parts.js'
import { type SignInRequest, type SubmitOutcome, useConnectorForm } from './use-connector-form.js'
import { namePath, useNameField } from './use-name-field.js'

/** What a submitted form brings. */
export interface ConnectorFormSubmission {
  /** What the person calls this source; empty in a form without a name. */
  name: string
  /** Valid by the connector's spec. */
  configuration: PlainObject
}

/** What was typed before this page went away, secrets left out: plain JSON, good for `sessionStorage`. */
export interface FormDraft {
  name: string
  configuration: PlainObject
  /** False where a secret was typed, too: it must be typed again. */
  isWhole: boolean
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
  /** What is typed now, less its secrets: to come back to it where signing in leaves this page. */
  getDraft: () => FormDraft
}

export interface ConnectorFormProps {
  /** The connector's spec. Memoise it: another object starts a new form. */
  spec: FormSpec
  /** What the name field starts with: the connector's name. */
  name?: string
  /** Whether the form asks for a name. Default true. */
  withName?: boolean
  /** A stored configuration to edit, secrets as ten stars. */
  initialConfiguration?: PlainObject
  /** What `getDraft` gave before this page went away: the form starts with it, and says where a secret is missing. */
  draft?: FormDraft | undefined
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
  /** Parts of your own, by kind: each replaces every one of ours of that kind and gets all that ours gets. */
  components?: FormComponents
  /** Single controls of your own, by the field's dotted path. */
  controls?: FormControls
  /** Called with the path of the field that the focus came to. The name has none. */
  onFieldFocus?: (path: Path) => void
  /** Called when what would be submitted begins, or ceases, to differ from what the form started with. */
  onDirtyChange?: (isDirty: boolean) => void
}

const noControls: FormControls = {}

/**
 * A form made from a connector's spec: labelled, validated, with sign-in where the connector offers it.
 *
 * @example
 * <ConnectorForm spec={spec} name="HubSpot" onSubmit={({ name, configuration }) => create(name, configuration)} />
 */
export function ConnectorForm(props: ConnectorFormProps) {
  const { spec, initialConfiguration, errors, renderSignIn, signedIn = false, signInSubmits = false } = props
  const { withName = true, components, controls = noControls } = props
  const messages = useFormMessages()
  const formRef = useRef<HTMLFormElement>(null)
  const { draft } = props
  const name = useNameField(props.name ?? '', spec, draft?.name)
  const submitNamed = (given: string, configuration: PlainObject): void | Promise<SubmitOutcome | void> => {
    const outcome = props.onSubmit({ name: given, configuration })
    if (outcome === undefined) return
    return outcome.then((said) => {
      if (said === 'accepted') name.accept(given)
      return said
    })
  }
  const form = useConnectorForm(spec, {
    initialConfiguration,
    draft: draft?.configuration,
    fieldErrors: errors,
    signIn: renderSignIn === undefined ? undefined : signedIn ? 'done' : 'offered',
    onSubmit: (configuration) => submitNamed(withName ? name.value.trim() : '', configuration),
  })
  const isBusy = props.busy === true || form.state === 'submitting'
  const { focusRequests } = form
  useEffect(() => {
    if (focusRequests > 0) focusField(formRef.current)
  }, [focusRequests])

  const onDirtyChange = useLatest(props.onDirtyChange)
  const isDirty = form.isDirty || (withName && name.isDirty)
  const toldDirty = useRef(false)
  useEffect(() => {
    if (toldDirty.current === isDirty) return
    toldDirty.current = isDirty
    onDirtyChange(isDirty)
  }, [isDirty, onDirtyChange])

  const isNamed = (): boolean => !withName || name.check()
  const submit = (): void => {
    if (isBusy) return
    if (isNamed()) form.submit()
    else form.refuse()
  }
  const prepare: SignInSlotProps['prepare'] = () => {
    const hasName = isNamed()
    const request = form.prepareSignIn()
    if (!hasName) form.refuse()
    return hasName && request !== null ? { ...request, name: withName ? name.value.trim() : '' } : null
  }
  const getDraft = (): FormDraft => ({ name: name.value, ...form.toDraft() })
  const { signIn, formId } = form
  const fieldOf = (element: Element | null): Field | undefined =>
    form.visible.get(element?.id.slice(formId.length + 1) || '-') ??
    form.visible.get(element?.closest<HTMLElement>('[data-path]')?.dataset.path ?? '-')
  const onFocus = (event: FocusEvent): void => {
    const field = fieldOf(event.target)
    if (field !== undefined && field !== fieldOf(event.relatedTarget)) props.onFieldFocus?.(field.path)
  }
  const goTo = (key: string): void =>
    focusField(formRef.current, `#${CSS.escape(`${formId}-${key}`)}`, `[data-path="${CSS.escape(key)}"]`)
  const signInSlot =
    signIn === 'unused' ? undefined : renderSignIn?.({ state: signIn, inputs: form.signInInputs, prepare, getDraft })
  const nameError = withName ? name.error : undefined
  const hasErrors = form.isRefused || nameError !== undefined
  const isSignInTheButton = signInSubmits && (signIn === 'needed' || signIn === 'missing')
  // The first stays: sign-in stands there where it fills everything.
  const sections = form.model.sections.filter(
    ({ fields }, index) => index === 0 || toDrawnFields(form, fields).length > 0,
  )
  const partsInUse = useMemo(() => ({ parts: { ...formParts, ...components }, controls }), [components, controls])
  const { ErrorSummary } = partsInUse.parts
  return (
    <PartsContext.Provider value={partsInUse}>
      <SignInContext.Provider value={{ form, signInSlot }}>
        <form
          ref={formRef}
          className="opsai-form"
          data-part="connector-form"
          data-state={isBusy ? 'busy' : 'editing'}
          aria-busy={isBusy}
          noValidate
          autoComplete="off"
          onFocus={onFocus}
          onSubmit={(event) => {
            event.preventDefault()
            submit()
          }}
        >
          {draft?.isWhole === false && form.state === 'editing' && <Alert tone="info">{messages.draftNote}</Alert>}
          {withName && (
            <div className="opsai-form-section">
              <NameField name={name} />
            </div>
          )}
          {sections.map((section, index) => (
            <section key={section.id} className="opsai-form-section" aria-label={section.title}>
              {section.title !== undefined && <h3 className="opsai-form-section-title">{section.title}</h3>}
              <FieldList form={form} fields={section.fields} at={[]} holdsSignIn={index === 0} />
            </section>
          ))}
          <div className="opsai-form-footer" data-part="footer">
            {(hasErrors || props.status !== undefined) && (
              <div data-part="status">
                {hasErrors && (
                  <ErrorSummary
                    errors={form.errors}
                    nameError={nameError}
                    isSignInMissing={signIn === 'missing'}
                    onGoTo={(error) => goTo(error === 'name' ? namePath : toPathKey(error.field?.path ?? error.path))}
                  />
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
      </SignInContext.Provider>
    </PartsContext.Provider>
  )
}
