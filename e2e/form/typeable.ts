// What of a configuration a form can say. Every difference has its reason, and the reasons are counted.
import type { Field } from '../../packages/react/src/spec/field.js'
import type { PlainObject } from '../../packages/react/src/spec/path.js'
import { toItem } from '../../packages/react/src/spec/item.js'
import { optionOf } from './model.js'

export interface Typeable {
  configuration: PlainObject
  /** Why it is not what was generated, once for every value. */
  left: string[]
}

const kept = 'a read-only field keeps its value'
const ordered = 'a multi-select holds its values in the order of the spec'

/** The configuration as the form will submit it. */
export function toTypeable(fields: readonly Field[], wanted: PlainObject): Typeable {
  const left: string[] = []
  const inObject = (inner: readonly Field[], value: unknown): unknown => {
    if (typeof value !== 'object' || value === null) return value
    const changed: PlainObject = { ...value }
    for (const field of inner) {
      const key = field.path.at(-1)!
      if (field.path.length > 0 && Object.hasOwn(changed, key)) changed[key] = inField(field, changed[key])
    }
    return changed
  }
  const inField = (field: Field, value: unknown): unknown => {
    if (field.readOnly) {
      if (value !== field.default) left.push(kept)
      return field.default
    }
    switch (field.kind) {
      case 'multiEnum': {
        if (!Array.isArray(value)) return value
        const sorted = field.options.map((option) => option.value).filter((option) => value.includes(option))
        if (sorted.some((option, index) => option !== value[index])) left.push(ordered)
        return sorted
      }
      case 'group':
        return inObject(field.fields, value)
      case 'choice':
        return inObject(optionOf(field, value)?.fields ?? [], value)
      case 'items':
        return Array.isArray(value) ? value.map((item, index) => inField(toItem(field, index), item)) : value
      default:
        return value
    }
  }
  return { configuration: inObject(fields, wanted) as PlainObject, left }
}
