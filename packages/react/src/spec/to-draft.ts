// What may outlive a page that goes away in the middle of a form: everything typed but secrets, which no storage may hold.
import type { Field, FormModel } from './field.js'
import type { PlainObject } from './path.js'
import { toConfiguration } from './to-configuration.js'
import { withStored } from './with-stored.js'

/** Values of a form without its secrets. */
export interface Draft {
  configuration: PlainObject
  /** False where something had to be left out: a secret, or JSON that may hold one. */
  isWhole: boolean
}

/**
 * What was typed, to be written down. Only what is known to be no secret goes in: a field whose kind may hold anything
 * is left out like a secret.
 *
 * @example
 * sessionStorage.setItem('draft', JSON.stringify(toDraft(model, values)))
 */
export function toDraft(model: Pick<FormModel, 'fields'>, values: PlainObject): Draft {
  const configuration = toConfiguration({ fields: openFields(model.fields) }, values)
  const whole = toConfiguration(model, values)
  return { configuration, isWhole: JSON.stringify(configuration) === JSON.stringify(whole) }
}

/** Puts a draft over the values a form starts with; what the spec does not know is passed over. */
export const withDraft = (model: Pick<FormModel, 'fields'>, values: PlainObject, draft: PlainObject): PlainObject =>
  openFields(model.fields).reduce((held, field) => withStored(held, field, draft), values)

const openFields = (fields: readonly Field[]): Field[] => fields.map(toOpen).filter((field) => field !== undefined)

function toOpen(field: Field): Field | undefined {
  switch (field.kind) {
    case 'secret':
    case 'json':
      return undefined
    case 'group':
      return { ...field, fields: openFields(field.fields) }
    case 'choice':
      return {
        ...field,
        options: field.options.map((option) => ({ ...option, fields: openFields(option.fields) })),
      }
    case 'items':
    case 'map': {
      const item = toOpen(field.item)
      return item && { ...field, item }
    }
    default:
      return field
  }
}
