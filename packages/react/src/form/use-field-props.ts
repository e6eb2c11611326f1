import { type Dispatch, useMemo } from 'react'
import type { FormMessages } from '../messages/form-en.js'
import type { Field } from '../spec/field.js'
import { getIn, isWithin, type PlainObject, toPathKey } from '../spec/path.js'
import { selectedOption } from '../spec/to-values.js'
import { type FieldFacts, type FieldProps, isSameFacts, toFieldProps } from './field-props.js'
import type { FormEvent } from './form-state.js'
import type { PlacedError } from './visible-fields.js'

interface FieldPropsInput {
  formId: string
  values: PlainObject
  /** Path keys of the secrets the server holds. */
  stored: ReadonlySet<string>
  /** One error a field. */
  errors: readonly PlacedError[]
  /** All that is shown, several at one field too. */
  shown: readonly PlacedError[]
  messages: FormMessages
  dispatch: Dispatch<FormEvent>
}

/** Makes each field's props once and again only when something of the field changed, so that parts can be `memo`. */
export function useFieldProps(input: FieldPropsInput): <Kind extends Field>(field: Kind) => FieldProps<Kind> {
  const { formId, values, stored, errors, shown, messages, dispatch } = input
  const propsOf = useMemo(() => toPropsMaker(formId, messages, dispatch), [formId, messages, dispatch])
  const wrong = useMemo(() => toWrong(errors), [errors])
  const toFacts = (field: Field): FieldFacts => ({
    value: field.kind === 'choice' ? selectedOption(field, values)?.value : getIn(values, field.path),
    error: wrong.at.get(field),
    holdsError: wrong.holding.size > 0 && wrong.holding.has(toPathKey(field.path)),
    wrongItems: field.kind === 'list' && wrong.at.has(field) ? toWrongItems(field, shown) : undefined,
    isStored: field.kind === 'secret' && stored.has(toPathKey(field.path)),
  })
  // The props of a field are of its kind: they hold the field itself.
  return (field) => propsOf(field, toFacts(field)) as FieldProps<typeof field>
}

type PropsMaker = (field: Field, facts: FieldFacts) => FieldProps

function toPropsMaker(formId: string, messages: FormMessages, dispatch: Dispatch<FormEvent>): PropsMaker {
  const made = new WeakMap<Field, FieldProps>()
  return (field, facts) => {
    const known = made.get(field)
    if (known !== undefined && isSameFacts(known, facts)) return known
    const props = toFieldProps(formId, field, facts, messages, known ?? toCallbacks(field, dispatch))
    made.set(field, props)
    return props
  }
}

const toCallbacks = (field: Field, dispatch: Dispatch<FormEvent>): Pick<FieldProps, 'onChange' | 'onBlur'> => ({
  onChange: (value) =>
    dispatch(
      field.kind === 'choice'
        ? { type: 'option_chosen', field, value }
        : { type: 'value_changed', path: field.path, value },
    ),
  onBlur: () => dispatch({ type: 'field_left', path: field.path }),
})

/** What is wrong at each field, and the path keys of all that something wrong stands in. */
function toWrong(errors: readonly PlacedError[]) {
  const at = new Map<Field, PlacedError>()
  const holding = new Set<string>()
  for (const error of errors) {
    const { field } = error
    if (field === undefined) continue
    at.set(field, error)
    for (let length = 0; length <= field.path.length; length += 1) holding.add(toPathKey(field.path.slice(0, length)))
  }
  return { at, holding }
}

const toWrongItems = (field: Field, errors: readonly PlacedError[]): string[] =>
  errors.flatMap(({ path }) => (isWithin(path, field.path) && path[field.path.length]) || [])
