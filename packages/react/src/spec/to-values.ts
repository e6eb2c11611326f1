// What a form's controls hold at the start: defaults on a new one, the stored configuration on an edit.
import { toHeld } from './cast.js'
import type { ChoiceField, ChoiceOption, Field, FormModel } from './field.js'
import { getIn, isObject, type PlainObject, setIn } from './path.js'

/**
 * The values a form starts with. All options of a choice share one object, so that a field of the same name keeps
 * its value when the choice is switched, and switching back loses nothing.
 *
 * @param configuration A stored configuration to edit (secrets masked). Without it, the spec's defaults are used.
 * @returns A plain object shaped like the configuration, with text where a control holds text.
 * @example
 * const values = toValues(specToForm(spec), source.configuration)
 */
export function toValues(model: FormModel, configuration?: PlainObject): PlainObject {
  if (configuration === undefined) return withDefaults({}, model.fields)
  const stored = model.fields.reduce((values, field) => withStored(values, field, configuration), {} as PlainObject)
  const missing = model.fields.filter((field) => field.required && getIn(stored, field.path) === undefined)
  return withDefaults(stored, missing)
}

/** Adds defaults where nothing is held yet; of a choice, only those of the option it has. */
export function withDefaults(values: PlainObject, fields: readonly Field[]): PlainObject {
  return fields.reduce(withDefault, values)
}

function withDefault(values: PlainObject, field: Field): PlainObject {
  if (field.kind === 'group') return withDefaults(values, field.fields)
  if (field.kind === 'choice') {
    const held = selectedOption(field, values)
    if (held !== undefined) return withDefaults(values, held.fields)
    if (getIn(values, [...field.path, field.discriminator]) !== undefined) return values
    return selectOption(values, field, field.defaultValue)
  }
  if (getIn(values, field.path) !== undefined || field.default === undefined) return values
  const value = field.kind === 'hidden' ? field.default : toHeld(field, field.default)
  return value === undefined ? values : setIn(values, field.path, value)
}

/** The option a choice has now; undefined where the held value fits none. */
export function selectedOption(field: ChoiceField, values: PlainObject): ChoiceOption | undefined {
  const held = getIn(values, [...field.path, field.discriminator])
  return field.options.find((option) => option.value === held)
}

/**
 * Switches a choice: fields of the same name keep what they hold, others stay for the way back,
 * and the new option's empty fields get their defaults.
 */
export function selectOption(values: PlainObject, field: ChoiceField, value: unknown): PlainObject {
  const option = field.options.find((candidate) => candidate.value === value)
  if (option === undefined) return values
  return withDefaults(setIn(values, [...field.path, field.discriminator], value), option.fields)
}

function withStored(values: PlainObject, field: Field, configuration: PlainObject): PlainObject {
  if (field.kind === 'group') {
    return field.fields.reduce((held, inner) => withStored(held, inner, configuration), values)
  }
  if (field.kind === 'choice') return withStoredChoice(values, field, configuration)
  const stored = getIn(configuration, field.path)
  if (stored === undefined) return values
  const held = field.kind === 'hidden' ? (field.constant ? field.default : stored) : toHeld(field, stored)
  return held === undefined ? values : setIn(values, field.path, held)
}

function withStoredChoice(values: PlainObject, field: ChoiceField, configuration: PlainObject): PlainObject {
  const stored = getIn(configuration, field.path)
  if (!isObject(stored)) return values
  const selected = field.discriminatorIsSent ? stored[field.discriminator] : ownOptionOf(field, stored)
  if (selected === undefined) return values
  const option = field.options.find((candidate) => candidate.value === selected)
  const marked = setIn(values, [...field.path, field.discriminator], selected)
  return (option?.fields ?? []).reduce((held, inner) => withStored(held, inner, configuration), marked)
}

/** Without a discriminator in the spec: the first option that has a field for every stored key. */
function ownOptionOf(field: ChoiceField, stored: PlainObject): unknown {
  const depth = field.path.length
  const fits = (option: ChoiceOption): boolean =>
    Object.keys(stored).every((key) => option.fields.some((inner) => inner.path[depth] === key))
  return field.options.find(fits)?.value
}
