// What a person did to a form, as a pure reducer. Errors are not stored: they follow from the values.
import type { FieldError } from '@opsai/contract'
import type { ChoiceField, Field, FormModel } from '../spec/field.js'
import { getIn, isSamePath, isWithin, type Path, type PlainObject, setIn, toPathKey } from '../spec/path.js'
import { selectOption, toValues } from '../spec/to-values.js'

export interface FormState {
  values: PlainObject
  /** Fields that were left once, by path key. */
  touched: ReadonlySet<string>
  /** Whether somebody tried to submit. */
  tried: boolean
  /** The person types the credentials although signing in is possible. */
  manual: boolean
  /** What the server said about fields nobody has changed since. */
  answered: readonly FieldError[]
  /** Counts up when the first wrong field should take the focus. */
  focusRequests: number
}

export type FormEvent =
  | { type: 'value_changed'; path: Path; value: unknown }
  | { type: 'option_chosen'; field: ChoiceField; value: unknown }
  | { type: 'field_left'; path: Path }
  | { type: 'manual_chosen'; manual: boolean }
  | { type: 'submit_refused' }
  | { type: 'submitted' }
  | { type: 'errors_answered'; errors: readonly FieldError[] }
  | { type: 'accepted'; model: FormModel }
  | { type: 'started_over'; model: FormModel; configuration?: PlainObject }

export function createFormState(model: FormModel, configuration?: PlainObject): FormState {
  const values = toValues(model, configuration)
  return { values, touched: new Set(), tried: false, manual: false, answered: [], focusRequests: 0 }
}

export function transition(state: FormState, event: FormEvent): FormState {
  switch (event.type) {
    case 'value_changed':
      return {
        ...state,
        values: setIn(state.values, event.path, event.value),
        answered: withoutPath(state.answered, event.path),
      }
    case 'option_chosen':
      return {
        ...state,
        values: selectOption(state.values, event.field, event.value),
        answered: state.answered.filter((error) => !isWithin(error.path, event.field.path)),
        touched: new Set([...state.touched].filter((key) => !key.startsWith(`${toPathKey(event.field.path)}.`))),
      }
    case 'field_left':
      return { ...state, touched: new Set([...state.touched, toPathKey(event.path)]) }
    case 'manual_chosen':
      return { ...state, manual: event.manual }
    case 'submit_refused':
      return { ...state, tried: true, focusRequests: state.focusRequests + 1 }
    case 'submitted':
      return { ...state, answered: [] }
    case 'errors_answered':
      if (event.errors.length === 0) return state.answered.length === 0 ? state : { ...state, answered: [] }
      return { ...state, answered: event.errors, focusRequests: state.focusRequests + 1 }
    case 'accepted':
      return {
        ...state,
        values: withoutSecrets(state.values, event.model.fields),
        tried: false,
        touched: new Set(),
      }
    case 'started_over':
      return createFormState(event.model, event.configuration)
  }
}

const withoutPath = (errors: readonly FieldError[], path: Path): readonly FieldError[] =>
  errors.filter((error) => !isSamePath(error.path, path) && !isWithin(error.path, path))

/** The same values with every secret forgotten, those of options not chosen too. */
export function withoutSecrets(values: PlainObject, fields: readonly Field[]): PlainObject {
  return fields.reduce((kept, field) => {
    if (field.kind === 'group') return withoutSecrets(kept, field.fields)
    if (field.kind === 'choice')
      return field.options.reduce((held, option) => withoutSecrets(held, option.fields), kept)
    if (field.kind !== 'secret' || getIn(kept, field.path) === undefined) return kept
    return setIn(kept, field.path, undefined)
  }, values)
}
