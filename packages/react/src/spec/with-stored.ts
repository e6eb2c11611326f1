// A stored configuration on its way into a form's controls.
import { toHeld } from './cast.js'
import type { ChoiceField, Field, ItemsField } from './field.js'
import { toItem } from './item.js'
import { getIn, isObject, type Path, type PlainObject, setIn } from './path.js'
import { toText } from './to-text.js'

/** Adds what a configuration stores for a field: cast to what its control holds, without what the spec doesn't know. */
export function withStored(values: PlainObject, field: Field, configuration: PlainObject): PlainObject {
  const stored = getIn(configuration, field.path)
  if (stored === undefined || stored === null) return values
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
