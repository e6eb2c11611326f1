// What a form's controls hold at the start: defaults on a new one, the stored configuration on an edit.
import { toHeld } from './cast.js'
import type { ChoiceField, ChoiceOption, Field, FormModel, ItemsField } from './field.js'
import { toItem } from './item.js'
import { getIn, isObject, type Path, type PlainObject, setIn } from './path.js'
import { toText } from './to-text.js'

/**
 * The values a form starts with. All options of a choice share one object, so that a field of the same name keeps
 * its value when the choice is switched, and switching back loses nothing.
 *
 * Behaviour: Airbyte's web app. A new form has every constant and default and the first way of every choice; an edited
 * one has what is stored, and defaults only where a required field of the first level is missing.
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

/** Adds what a configuration stores for a field: cast to what its control holds, without what the spec doesn't know. */
function withStored(values: PlainObject, field: Field, configuration: PlainObject): PlainObject {
  const stored = getIn(configuration, field.path)
  if (stored === undefined) return values
  switch (field.kind) {
    case 'hidden':
      return setIn(values, field.path, field.constant ? field.default : stored)
    case 'group':
      return isObject(stored) ? withStoredFields(made(values, field.path, {}), field.fields, configuration) : values
    case 'choice':
      return isObject(stored) ? withStoredChoice(values, field, stored, configuration) : values
    case 'items':
      return Array.isArray(stored) ? withStoredItems(values, field, stored, configuration) : values
    case 'map':
      return isObject(stored)
        ? withStoredFields(
            setIn(values, field.path, {}),
            Object.keys(stored).map((name) => toItem(field, name)),
            configuration,
          )
        : values
    default: {
      const held = toHeld(field, stored)
      return held === undefined ? values : setIn(values, field.path, held)
    }
  }
}

const withStoredFields = (values: PlainObject, fields: readonly Field[], configuration: PlainObject): PlainObject =>
  fields.reduce((held, field) => withStored(held, field, configuration), values)

const made = (values: PlainObject, path: Path, value: unknown): PlainObject =>
  path.length === 0 || getIn(values, path) !== undefined ? values : setIn(values, path, value)

function withStoredItems(
  values: PlainObject,
  field: ItemsField,
  stored: readonly unknown[],
  configuration: PlainObject,
): PlainObject {
  const places = stored.map(() => undefined)
  const items = stored.map((_, index) => toItem(field, index))
  return withStoredFields(setIn(values, field.path, places), items, configuration)
}

/** Where no option fits, nothing is selected, and what is stored waits for the option that somebody chooses. */
function withStoredChoice(
  values: PlainObject,
  field: ChoiceField,
  stored: PlainObject,
  configuration: PlainObject,
): PlainObject {
  const selected = toStoredOption(field, stored)
  const option =
    field.options.find(({ value }) => value === selected) ??
    field.options.find(({ value }) => selected !== undefined && toText(value) === toText(selected))
  const started = made(values, field.path, {})
  if (option === undefined) {
    const marked = selected === undefined ? started : setIn(started, [...field.path, field.discriminator], selected)
    return field.options.reduce((held, { fields }) => withStoredFields(held, fields, configuration), marked)
  }
  const marked = setIn(started, [...field.path, field.discriminator], option.value)
  return withStoredFields(marked, option.fields, configuration)
}

/** What is stored names its option, or is told by its keys: the only one that knows them all and misses none. */
function toStoredOption(field: ChoiceField, stored: PlainObject): unknown {
  if (field.discriminatorIsSent && stored[field.discriminator] !== undefined) return stored[field.discriminator]
  const depth = field.path.length
  const keys = Object.keys(stored)
  const fitting = field.options.filter(
    (option) =>
      keys.every((key) => option.fields.some((inner) => inner.path[depth] === key)) &&
      option.fields.every((inner) => !inner.required || isFixed(inner) || keys.includes(inner.path[depth] ?? '')),
  )
  return field.discriminatorIsSent && fitting.length > 1 ? undefined : fitting[0]?.value
}

const isFixed = (field: Field): boolean => field.kind === 'hidden' && field.constant
