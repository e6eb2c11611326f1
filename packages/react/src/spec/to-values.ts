// What a form's controls hold at the start: defaults on a new one, the stored configuration on an edit.
import type { ChoiceField, ChoiceOption, Field, FormModel } from './field.js'
import { getIn, type PlainObject, setIn } from './path.js'
import { type FormSpec, toFormModel } from './spec-to-form.js'
import { withStored } from './with-stored.js'

/**
 * The values a form starts with. All options of a choice share one object, so that a field of the same name keeps
 * its value when the choice is switched, and switching back loses nothing.
 *
 * Behaviour: Airbyte's web app. A new form has every constant and default and the first way of every choice; an edited
 * one has what is stored, and defaults only where a required field of the first level is missing.
 *
 * @param form The connector's spec, or the form that `specToForm` made of it.
 * @param configuration A stored configuration to edit (secrets masked). Without it, the spec's defaults are used.
 * @returns A plain object shaped like the configuration, with text where a control holds text.
 * @example
 * const values = toValues(spec, source.configuration)
 */
export function toValues(form: Pick<FormModel, 'fields'> | FormSpec, configuration?: PlainObject): PlainObject {
  const { fields } = toFormModel(form)
  if (configuration === undefined) return withDefaults({}, fields)
  const stored = fields.reduce((values, field) => withStored(values, field, configuration), {} as PlainObject)
  const missing = fields.filter((field) => field.required && getIn(stored, field.path) === undefined)
  return withDefaults(stored, missing)
}

/** Adds defaults where nothing is held yet; of a choice, only those of the option it has. */
export const withDefaults = (values: PlainObject, fields: readonly Field[]): PlainObject =>
  fields.reduce(withDefault, values)

function withDefault(values: PlainObject, field: Field): PlainObject {
  if (field.kind === 'group') return withDefaults(values, field.fields)
  if (field.kind === 'choice') {
    const option = selectedOption(field, values)
    if (option !== undefined) return withDefaults(values, option.fields)
    const isOther = getIn(values, [...field.path, field.discriminator]) !== undefined
    return isOther ? values : selectOption(values, field, field.defaultValue)
  }
  if (getIn(values, field.path) !== undefined) return values
  if (field.default !== undefined) return withStored(values, field, setIn({}, field.path, field.default))
  // An empty list of objects is one to add to, an empty map one without rows: not missing.
  if (field.required && field.kind === 'items') return setIn(values, field.path, [])
  return field.required && field.kind === 'map' ? setIn(values, field.path, {}) : values
}

/**
 * The option a choice has now; undefined where what it holds fits none.
 *
 * @example
 * const title = selectedOption(field, values)?.title
 */
export function selectedOption(field: ChoiceField, values: PlainObject): ChoiceOption | undefined {
  const held = getIn(values, [...field.path, field.discriminator])
  return field.options.find((option) => option.value === held)
}

/**
 * Switches a choice: fields of the same name keep what they hold, others stay for the way back,
 * and the new option's empty fields get their defaults.
 *
 * @param value The option's `value`. The values stay the same where no option has it.
 * @example
 * const values = selectOption(state.values, field, field.options[1].value)
 */
export function selectOption(values: PlainObject, field: ChoiceField, value: unknown): PlainObject {
  const option = field.options.find((candidate) => candidate.value === value)
  if (option === undefined) return values
  return withDefaults(setIn(values, [...field.path, field.discriminator], value), option.fields)
}
