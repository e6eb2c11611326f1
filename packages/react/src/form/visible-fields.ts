// Which fields are on screen for what is chosen now, and which of them an error belongs to.
import type { FieldError } from '@opsai/contract'
import type { Field, FormModel, ItemsField, MapField } from '../spec/field.js'
import { toItem } from '../spec/item.js'
import { isFilledBySignIn, type OAuthOption } from '../spec/oauth.js'
import { getIn, isObject, type PlainObject, toPathKey } from '../spec/path.js'
import { selectedOption } from '../spec/to-values.js'

/** What is on screen or behind a fold, by path key, in reading order. */
export type VisibleFields = ReadonlyMap<string, Field>

/** The indexes of a list's items, or the names in a map, as they stand in the values. */
export function toItemKeys(field: ItemsField | MapField, values: PlainObject): string[] {
  const held = getIn(values, field.path)
  if (field.kind === 'items') return Array.isArray(held) ? Object.keys(held) : []
  return isObject(held) ? Object.keys(held) : []
}

/** Every field that can be seen; of a choice, itself and its selected option's fields; each item of a list. */
export function toVisibleFields(model: FormModel, values: PlainObject, oauth: OAuthOption): VisibleFields {
  const visible = new Map<string, Field>()
  const visit = (fields: readonly Field[]): void => {
    for (const field of fields) {
      if (field.kind === 'hidden' || isFilledBySignIn(oauth, field.path)) continue
      visible.set(toPathKey(field.path), field)
      visit(toInnerFields(field, values))
    }
  }
  for (const section of model.sections) visit(section.fields)
  return visible
}

/** What stands inside a field now. */
export function toInnerFields(field: Field, values: PlainObject): readonly Field[] {
  switch (field.kind) {
    case 'group':
      return field.fields
    case 'choice':
      return selectedOption(field, values)?.fields ?? []
    case 'items':
    case 'map':
      return toItemKeys(field, values).map((key) => toItem(field, key))
    default:
      return []
  }
}

/** An error and the field it is shown at; without a field it is only named in the summary. */
export interface PlacedError extends FieldError {
  field?: Field
  /** Where that field stands, if its title alone doesn't say it: `Streams 2`. */
  place?: string
}

/** Each error at the deepest field around its path, in reading order; those without a field last. */
export function toPlacedErrors(errors: readonly FieldError[], visible: VisibleFields): PlacedError[] {
  if (errors.length === 0) return noErrors
  const order = new Map([...visible.values()].map((field, index) => [field, index]))
  const rank = ({ field }: PlacedError): number => (field && order.get(field)) ?? order.size
  return errors
    .map((error): PlacedError => ({ ...error, field: deepestField(error, visible) }))
    .toSorted((a, b) => rank(a) - rank(b))
}

const noErrors: PlacedError[] = []

function deepestField({ path }: FieldError, visible: VisibleFields): Field | undefined {
  for (let length = path.length; length > 0; length -= 1) {
    const field = visible.get(toPathKey(path.slice(0, length)))
    if (field !== undefined) return field
  }
  const root = visible.get('')
  return root?.kind === 'choice' && path[0] === root.discriminator ? root : undefined
}

/** The fields around a path, the outermost first. */
export function toHolders(path: readonly string[], visible: VisibleFields): Field[] {
  return path.map((_, length) => visible.get(toPathKey(path.slice(0, length)))).filter((field) => field !== undefined)
}
