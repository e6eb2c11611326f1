// What a form sends: only what the spec knows, only of the options chosen, cast to the spec's types.
import { toSent } from './cast.js'
import type { Field, FormModel, GroupField, ItemsField, MapField } from './field.js'
import { toItem } from './item.js'
import { getIn, isObject, type PlainObject, setIn } from './path.js'
import { type FormSpec, toFormModel } from './spec-to-form.js'
import { selectedOption, withDefaults } from './to-values.js'

/**
 * The configuration that a form's values stand for. Empty text is left out, numbers typed as text are cast,
 * constants are added, keys of options not chosen are dropped. Items keep their places, so that an error's path is
 * the same in both.
 *
 * @param form The connector's spec, or the form that `specToForm` made of it.
 * @example
 * await client.testSource({ sourceType, configuration: toConfiguration(spec, values) })
 */
export function toConfiguration(form: Pick<FormModel, 'fields'> | FormSpec, values: PlainObject): PlainObject {
  return write({}, toFormModel(form).fields, values)
}

const write = (configuration: PlainObject, fields: readonly Field[], values: PlainObject): PlainObject =>
  fields.reduce((sent, field) => writeField(sent, field, values), configuration)

function writeField(sent: PlainObject, field: Field, values: PlainObject): PlainObject {
  switch (field.kind) {
    case 'hidden':
      return put(sent, field, field.constant ? field.default : getIn(values, field.path))
    case 'group':
      return writeGroup(sent, field, values)
    case 'choice': {
      const option = selectedOption(field, values)
      if (option === undefined) return sent
      const key = [...field.path, field.discriminator]
      return write(field.discriminatorIsSent ? setIn(sent, key, option.value) : sent, option.fields, values)
    }
    case 'items':
      return writeItems(sent, field, values)
    case 'map':
      return writeMap(sent, field, values)
    default:
      return put(sent, field, toSent(field, getIn(values, field.path)))
  }
}

const put = (sent: PlainObject, field: Field, value: unknown): PlainObject =>
  value === undefined ? sent : setIn(sent, field.path, value)

/** An optional object that nobody touched is left out: half of one would miss what it requires. */
function writeGroup(sent: PlainObject, group: GroupField, values: PlainObject): PlainObject {
  if (!group.required && !isTouched(group.fields, values) && lacksRequired(group.fields, values)) return sent
  const written = write(sent, group.fields, values)
  const isThere = group.required || isObject(getIn(values, group.path))
  return isThere && getIn(written, group.path) === undefined ? setIn(written, group.path, {}) : written
}

function writeItems(sent: PlainObject, field: ItemsField, values: PlainObject): PlainObject {
  const held = getIn(values, field.path)
  if (!Array.isArray(held)) return sent
  if (held.length === 0 && !field.required && (field.minItems ?? 0) > 0) return sent
  const blank = held.map(() => blankOf(field.item))
  return held.reduce<PlainObject>(
    (written, _, index) => writeField(written, toItem(field, index), values),
    setIn(sent, field.path, blank),
  )
}

/** A row without a name is sent where it has a value, for validation to ask for the name. */
function writeMap(sent: PlainObject, field: MapField, values: PlainObject): PlainObject {
  const held = getIn(values, field.path)
  if (!isObject(held)) return sent
  const names = Object.keys(held).filter((name) => name !== '' || isTouched([toItem(field, name)], values))
  return names.reduce(
    (written, name) => {
      const item = toItem(field, name)
      return writeField(setIn(written, item.path, blankOf(item)), item, values)
    },
    setIn(sent, field.path, {}),
  )
}

/** What stands for an item that nothing was typed into: what the spec then finds missing is named inside it. */
function blankOf(item: Field): unknown {
  switch (item.kind) {
    case 'group':
    case 'choice':
    case 'map':
      return {}
    case 'items':
    case 'list':
    case 'multiEnum':
      return []
    case 'boolean':
      return false
    case 'number':
    case 'json':
    case 'hidden':
      return null
    default:
      return ''
  }
}

/** Whether a field holds something other than what it would hold untouched. */
export const differsFromDefault = (field: Field, values: PlainObject): boolean => isTouched([field], values)

function isTouched(fields: readonly Field[], values: PlainObject): boolean {
  return fields.some((field) => {
    switch (field.kind) {
      case 'hidden':
        return false
      case 'group':
        return isTouched(field.fields, values)
      case 'choice': {
        const option = selectedOption(field, values)
        return option !== undefined && (option.value !== field.defaultValue || isTouched(option.fields, values))
      }
      default:
        return isChanged(field, values)
    }
  })
}

// An empty list and an unticked box are nothing chosen, unless the default is something else.
function isChanged(field: Field, values: PlainObject): boolean {
  const sent = toSentValue(field, values)
  if (sent === undefined) return false
  const untouched = toSentValue(field, withDefaults({}, [field]))
  return JSON.stringify(sent) !== JSON.stringify(untouched ?? (isEmpty(sent) ? sent : undefined))
}

const toSentValue = (field: Field, values: PlainObject): unknown => getIn(writeField({}, field, values), field.path)

const isEmpty = (value: unknown): boolean =>
  value === false || (typeof value === 'object' && value !== null && Object.keys(value).length === 0)

function lacksRequired(fields: readonly Field[], values: PlainObject): boolean {
  return fields.some((field) => {
    if (field.kind === 'choice') return lacksRequired(selectedOption(field, values)?.fields ?? [], values)
    if (!field.required || field.kind === 'hidden') return false
    if (field.kind === 'group') return lacksRequired(field.fields, values)
    return toSentValue(field, values) === undefined
  })
}
