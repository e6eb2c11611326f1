// Ten stars stand for a secret the server holds. They mean something only where that secret was stored: sent from
// another option of a choice, or from another item of a list, they would name a secret that isn't there.
import { isMasked, secretMask } from '../spec/cast.js'
import type { Field, FormModel, ItemsField, MapField } from '../spec/field.js'
import { toItem } from '../spec/item.js'
import { getIn, type PlainObject, setIn, toPathKey } from '../spec/path.js'
import { selectedOption } from '../spec/to-values.js'
import { toInnerFields, toItemKeys } from './visible-fields.js'

export interface StoredSecrets {
  /** The values without masks that stand for nothing. */
  values: PlainObject
  /** Path keys of the secrets that are stored on the way chosen now. */
  stored: ReadonlySet<string>
}

/** @param start The values the form started with: what is stored. */
export function toStoredSecrets(model: FormModel, held: PlainObject, start: PlainObject): StoredSecrets {
  const stored = new Set<string>()
  let values = held
  const visit = (fields: readonly Field[], isAsStored: boolean): void => {
    for (const field of fields) {
      if (field.kind === 'secret') {
        const isStored = isAsStored && isMasked(getIn(start, field.path))
        if (isStored) stored.add(toPathKey(field.path))
        else if (isMasked(getIn(held, field.path))) values = setIn(values, field.path, undefined)
      } else {
        const isSameOption = field.kind !== 'choice' || selectedOption(field, held) === selectedOption(field, start)
        visit(toInnerFields(field, held), isAsStored && isSameOption)
      }
    }
  }
  visit(model.fields, true)
  return { values, stored }
}

/** The same values with every secret forgotten, those of options not chosen too; stored ones stay stored. */
export function withoutSecrets(values: PlainObject, fields: readonly Field[], start: PlainObject = {}): PlainObject {
  return changeSecrets(values, fields, (value, field) =>
    isMasked(value) || isMasked(getIn(start, field.path)) ? secretMask : undefined,
  )
}

/** After items changed their places: a stored secret is found by its place, so it can't move with its item. */
export function withoutMovedMasks(values: PlainObject, field: ItemsField | MapField, before: PlainObject): PlainObject {
  const moved = toItemKeys(field, values)
    .map((key) => toItem(field, key))
    .filter(({ path }) => getIn(values, path) !== getIn(before, path))
  return changeSecrets(values, moved, (value) => (isMasked(value) ? undefined : value))
}

function changeSecrets(
  values: PlainObject,
  fields: readonly Field[],
  change: (value: unknown, field: Field) => unknown,
): PlainObject {
  return fields.reduce((kept, field) => {
    if (field.kind === 'choice')
      return field.options.reduce((held, option) => changeSecrets(held, option.fields, change), kept)
    if (field.kind !== 'secret') return changeSecrets(kept, toInnerFields(field, kept), change)
    const value = getIn(kept, field.path)
    const next = value === undefined ? value : change(value, field)
    return next === value ? kept : setIn(kept, field.path, next)
  }, values)
}
