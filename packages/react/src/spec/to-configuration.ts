// What a form sends: only what the spec knows, only of the options chosen, cast to the spec's types.
import { toSent } from './cast.js'
import type { Field, FormModel, GroupField } from './field.js'
import { getIn, type PlainObject, setIn } from './path.js'
import { selectedOption } from './to-values.js'

/**
 * The configuration that a form's values stand for. Empty text is left out, numbers typed as text are cast,
 * constants are added, keys of options not chosen are dropped.
 *
 * @example
 * await client.testSource({ sourceType, configuration: toConfiguration(model, values) })
 */
export function toConfiguration(model: FormModel, values: PlainObject): PlainObject {
  return write({}, model.fields, values)
}

function write(configuration: PlainObject, fields: readonly Field[], values: PlainObject): PlainObject {
  return fields.reduce((sent, field) => writeField(sent, field, values), configuration)
}

function writeField(sent: PlainObject, field: Field, values: PlainObject): PlainObject {
  switch (field.kind) {
    case 'hidden': {
      const value = field.constant ? field.default : getIn(values, field.path)
      return value === undefined ? sent : setIn(sent, field.path, value)
    }
    case 'group':
      return writeGroup(sent, field, values)
    case 'choice': {
      const option = selectedOption(field, values)
      if (option === undefined) return sent
      const key = [...field.path, field.discriminator]
      return write(field.discriminatorIsSent ? setIn(sent, key, option.value) : sent, option.fields, values)
    }
    default: {
      const value = toSent(field, getIn(values, field.path))
      return value === undefined ? sent : setIn(sent, field.path, value)
    }
  }
}

/** An optional object that nobody touched is left out: half of one would miss what it requires. */
function writeGroup(sent: PlainObject, group: GroupField, values: PlainObject): PlainObject {
  if (!group.required && !isTouched(group.fields, values) && lacksRequired(group.fields, values)) return sent
  const written = write(sent, group.fields, values)
  return group.required && getIn(written, group.path) === undefined ? setIn(written, group.path, {}) : written
}

function isTouched(fields: readonly Field[], values: PlainObject): boolean {
  return fields.some((field) => {
    if (field.kind === 'hidden') return false
    if (field.kind === 'group') return isTouched(field.fields, values)
    if (field.kind === 'choice') {
      const option = selectedOption(field, values)
      return option !== undefined && (option.value !== field.defaultValue || isTouched(option.fields, values))
    }
    return differsFromDefault(field, values)
  })
}

/** Whether a field holds something other than what it would hold untouched. */
export function differsFromDefault(field: Field, values: PlainObject): boolean {
  if (field.kind === 'hidden' || field.kind === 'group' || field.kind === 'choice') return isTouched([field], values)
  const value = toSent(field, getIn(values, field.path))
  if (value === undefined || (field.kind === 'boolean' && value === false && field.default === undefined)) return false
  return JSON.stringify(value) !== JSON.stringify(toSent(field, field.default))
}

function lacksRequired(fields: readonly Field[], values: PlainObject): boolean {
  return fields.some((field) => {
    if (!field.required || field.kind === 'hidden' || field.kind === 'choice') return false
    if (field.kind === 'group') return lacksRequired(field.fields, values)
    return toSent(field, getIn(values, field.path)) === undefined
  })
}
