import type { FieldError } from '@opsai/contract'
import { useCallback, useEffect, useId, useMemo, useReducer, useState } from 'react'
import { useFormMessages } from '../messages/use-form-messages.js'
import type { ChoiceField, Field, FormModel, ItemsField, MapField } from '../spec/field.js'
import { isFilledBySignIn, type OAuthOption, oauthOptionOf } from '../spec/oauth.js'
import { getIn, isWithin, type Path, type PlainObject, toPathKey } from '../spec/path.js'
import { type FormSpec, specToForm } from '../spec/spec-to-form.js'
import { toConfiguration } from '../spec/to-configuration.js'
import { type Draft, toDraft } from '../spec/to-draft.js'
import { validateConfiguration } from '../spec/validate-configuration.js'
import { withPlaces } from './error-places.js'
import type { FieldProps } from './field-props.js'
import { createFormState, transition } from './form-state.js'
import { toStoredSecrets } from './stored-secrets.js'
import { useFieldProps } from './use-field-props.js'
import { type PlacedError, toPlacedErrors, toVisibleFields, type VisibleFields } from './visible-fields.js'

/** `accepted` makes the form forget its secrets; anything else keeps what was typed for another try. */
export type SubmitOutcome = 'accepted' | 'rejected'

export interface ConnectorFormOptions {
  /** A stored configuration to edit, secrets as ten stars. Without it the form starts with the spec's defaults. */
  initialConfiguration?: PlainObject
  /** What `toDraft` gave on a page that went away since: the form starts with it, and differs from its start by it. */
  draft?: PlainObject | undefined
  /** What the server found wrong, by path in the configuration. An error goes when its field is changed. */
  fieldErrors?: readonly FieldError[]
  /**
   * Whether signing in at the provider can happen here: `offered` hides what it would fill, `done` also lets the form
   * submit without it. Without it every field is typed by hand.
   */
  signIn?: 'offered' | 'done'
  /** Called with a valid configuration only. Resolve to `accepted` to have typed secrets cleared. */
  onSubmit: (configuration: PlainObject) => void | Promise<SubmitOutcome | void>
}

/** What signing in needs, once everything beside it is valid. */
export interface SignInRequest {
  configuration: PlainObject
  /** Fields the provider's step needs, by its own keys. */
  inputs: Record<string, unknown>
}

/** A connector's form without a look: what to show, what is held, what is wrong, and how to change it. */
export interface ConnectorFormHandle {
  /** What the ids of `fieldProps` begin with. */
  formId: string
  model: FormModel
  values: PlainObject
  /** Every field on screen or behind a fold now, by path key, in reading order. */
  visible: VisibleFields
  /** Path keys of the secrets the server holds for what is chosen now. */
  stored: ReadonlySet<string>
  /** Whether sign-in is the way now, where its button stands, what it hides. */
  oauth: OAuthOption
  /** Errors to show now, in reading order, one a field. Missing values count only after a submit was tried. */
  errors: readonly PlacedError[]
  /** What would be submitted differs from what the form started with, or from what was accepted last. */
  isDirty: boolean
  /** `missing` once a submit was tried without signing in. */
  signIn: 'unused' | 'needed' | 'missing' | 'done'
  /** What is typed now of the fields the provider's step needs, by its own keys. */
  signInInputs: Record<string, unknown>
  /** A submit was refused, here or by the server, and something is still wrong. */
  isRefused: boolean
  state: 'editing' | 'submitting'
  /** Counts up when the first wrong field should take the focus. */
  focusRequests: number
  /** The person types credentials although they could sign in. */
  manual: boolean
  setManual: (manual: boolean) => void
  /** All that a field's control needs, as our own parts get it; the same object while nothing of the field changed. */
  fieldProps: <Kind extends Field>(field: Kind) => FieldProps<Kind>
  setValue: (path: Path, value: unknown) => void
  chooseOption: (field: ChoiceField, value: unknown) => void
  /** A new last item of a list with its defaults, or a new row of a map. `key`: the row's name, default not typed yet. */
  addItem: (field: ItemsField | MapField, key?: string) => void
  /** @param key The item's index, or the row's name. */
  removeItem: (field: ItemsField | MapField, key: string | number) => void
  moveItem: (field: ItemsField, from: number, to: number) => void
  renameKey: (field: MapField, from: string, to: string) => void
  /** Tell it that a field was left: its errors show from then on. */
  leaveField: (path: Path) => void
  /** Submits if everything is valid. Returns whether it did. */
  submit: () => boolean
  /** Shows what is wrong without submitting, where something beside the configuration is missing. */
  refuse: () => void
  /** What signing in needs; null (and the errors shown) while something beside it is wrong. Works inside a click. */
  prepareSignIn: () => SignInRequest | null
  /** What is typed now, less its secrets: to be written down where this page goes away. */
  toDraft: () => Draft
  /** Back to the start; typed values are forgotten. */
  reset: () => void
}

/**
 * The state of a connector's form: what `ConnectorForm` is built on, for a user interface of your own.
 *
 * @param spec The connector's spec. Memoise it: another object starts a new form.
 * @example
 * const form = useConnectorForm(spec, { onSubmit: (configuration) => createSource(configuration) })
 * return form.model.fields.map((field) => <MyField key={field.title} {...form.fieldProps(field)} />)
 */
export function useConnectorForm(spec: FormSpec, options: ConnectorFormOptions): ConnectorFormHandle {
  const { initialConfiguration, draft, fieldErrors, signIn: signInSupport, onSubmit } = options
  const formId = useId()
  const messages = useFormMessages()
  const model = useMemo(() => specToForm(spec), [spec])
  const [state, dispatch] = useReducer(transition, undefined, () => createFormState(model, initialConfiguration, draft))
  const [startedWith, setStartedWith] = useState(model)
  const [pending, setPending] = useState(false)
  const reset = useCallback(
    () => dispatch({ type: 'started_over', model, configuration: initialConfiguration }),
    [model, initialConfiguration],
  )
  if (startedWith !== model) {
    setStartedWith(model)
    reset()
  }
  useEffect(() => dispatch({ type: 'errors_answered', errors: fieldErrors ?? [] }), [fieldErrors])

  const { manual, tried, answered, touched, fresh, start } = state
  const { values, stored } = useMemo(() => toStoredSecrets(model, state.values, start), [model, state.values, start])
  const oauth = signInSupport === undefined ? typedByHand : oauthOptionOf(model, values, { manual })
  const configuration = useMemo(() => toConfiguration(model, values), [model, values])
  const unchanged = useMemo(() => JSON.stringify(toConfiguration(model, start)), [model, start])
  const visible = useMemo(() => toVisibleFields(model, values, oauth), [model, values, oauth])
  const found = useMemo(
    () =>
      toPlacedErrors(
        validateConfiguration(spec, configuration, messages.validation).filter((error) => !isHidden(oauth, error)),
        visible,
      ),
    [spec, configuration, messages, oauth, visible],
  )
  const shown = useMemo(() => {
    const isFresh = ({ path }: FieldError): boolean => fresh.some((added) => isWithin(path, added))
    const isLeft = ({ field, path }: PlacedError): boolean => touched.has(toPathKey(field?.path ?? path))
    const isShown = (error: PlacedError): boolean =>
      (tried && !isFresh(error)) || (error.code !== 'required' && isLeft(error))
    return toPlacedErrors([...answered, ...found.filter(isShown)], visible)
  }, [answered, found, fresh, tried, touched, visible])
  const errors = useMemo(() => withPlaces(toFirstPerField(shown), visible), [shown, visible])
  const fieldProps = useFieldProps({ formId, values, stored, errors, shown, messages, dispatch })

  const needsSignIn = oauth.way === 'signIn' && !oauth.filled && signInSupport !== 'done'
  const signIn = oauth.way === 'manual' ? 'unused' : !needsSignIn ? 'done' : tried ? 'missing' : 'needed'

  const signInInputs = toSignInInputs(oauth, configuration)
  const isWrong = errors.length > 0 || signIn === 'missing'

  const finish = async (outcome: Promise<SubmitOutcome | void>): Promise<void> => {
    setPending(true)
    try {
      if ((await outcome) === 'accepted') dispatch({ type: 'accepted', model })
    } finally {
      setPending(false)
    }
  }
  const submit = (): boolean => {
    if (pending) return false
    if (found.length > 0 || needsSignIn) {
      dispatch({ type: 'submit_refused' })
      return false
    }
    dispatch({ type: 'submitted' })
    const outcome = onSubmit(configuration)
    // A rejected promise is the host's to report; the form only stays as it is.
    if (outcome !== undefined) finish(outcome).catch(() => {})
    return true
  }
  const prepareSignIn = (): SignInRequest | null => {
    if (oauth.way === 'manual') return null
    if (found.length > 0) {
      dispatch({ type: 'submit_refused' })
      return null
    }
    return { configuration, inputs: signInInputs }
  }
  const actions = useMemo(
    () => ({
      setManual: (chosen: boolean) => dispatch({ type: 'manual_chosen', manual: chosen }),
      setValue: (path: Path, value: unknown) => dispatch({ type: 'value_changed', path, value }),
      chooseOption: (field: ChoiceField, value: unknown) => dispatch({ type: 'option_chosen', field, value }),
      addItem: (field: ItemsField | MapField, key?: string) => dispatch({ type: 'item_added', field, key }),
      removeItem: (field: ItemsField | MapField, key: string | number) =>
        dispatch({ type: 'item_removed', field, key }),
      moveItem: (field: ItemsField, from: number, to: number) => dispatch({ type: 'item_moved', field, from, to }),
      renameKey: (field: MapField, from: string, to: string) => dispatch({ type: 'key_renamed', field, from, to }),
      leaveField: (path: Path) => dispatch({ type: 'field_left', path }),
      refuse: () => dispatch({ type: 'submit_refused' }),
    }),
    [],
  )

  return {
    ...actions,
    formId,
    model,
    values,
    visible,
    stored,
    oauth,
    errors,
    isDirty: JSON.stringify(configuration) !== unchanged,
    signIn,
    signInInputs,
    isRefused: isWrong && (tried || answered.length > 0),
    state: pending ? 'submitting' : 'editing',
    focusRequests: state.focusRequests,
    manual,
    fieldProps,
    submit,
    prepareSignIn,
    toDraft: () => toDraft(model, values),
    reset,
  }
}

/** Without a sign-in. The same object each time: what depends on it need not be drawn again. */
const typedByHand: OAuthOption = { way: 'manual' }

/** What signing in fills isn't missing, neither itself nor the object that would only hold it. */
const isHidden = (oauth: OAuthOption, error: FieldError): boolean =>
  isFilledBySignIn(oauth, error.path) ||
  (oauth.way === 'signIn' &&
    error.code === 'required' &&
    oauth.fills.some((path) => path.length > error.path.length && isWithin(path, error.path)))

function toSignInInputs(oauth: OAuthOption, configuration: PlainObject): Record<string, unknown> {
  if (oauth.way === 'manual') return {}
  const inputs = oauth.inputs.map(({ key, path }) => [key, getIn(configuration, path)] as const)
  return Object.fromEntries(inputs.filter(([, value]) => value !== undefined))
}

/** One error a field: what the server said, else the first rule it breaks. Those without a field all stay. */
function toFirstPerField(errors: readonly PlacedError[]): PlacedError[] {
  const seen = new Set<Field>()
  return errors.filter(({ field }) => field === undefined || (!seen.has(field) && seen.add(field)))
}
