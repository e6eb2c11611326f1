// One item of a list or a map as a field of its own, with its place in its paths.
import type { ChoiceOption, Field, ItemsField, MapField } from './field.js'
import type { Path } from './path.js'

/** Where an item's index or name stands in the paths of its shape. */
export const itemPlace = '*'

const made = new WeakMap<ItemsField | MapField, Map<string, Field>>()

/**
 * The field of one item. The same list and key always give the same object, so that fields can be compared.
 *
 * @param key The item's index in a list, or its name in a map.
 * @example
 * toItem(streams, 0).path // ['streams', '0']
 */
export function toItem(field: ItemsField | MapField, key: string | number): Field {
  const known = made.get(field) ?? new Map<string, Field>()
  made.set(field, known)
  const name = String(key)
  const item = known.get(name) ?? placed(field.item, field.path.length, name)
  known.set(name, item)
  return item
}

function placed(field: Field, depth: number, key: string): Field {
  const path: Path = field.path.map((part, at) => (at === depth ? key : part))
  switch (field.kind) {
    case 'group':
      return { ...field, path, fields: field.fields.map((inner) => placed(inner, depth, key)) }
    case 'choice':
      return {
        ...field,
        path,
        options: field.options.map((option): ChoiceOption => ({
          ...option,
          fields: option.fields.map((inner) => placed(inner, depth, key)),
        })),
      }
    case 'items':
    case 'map':
      return { ...field, path, item: placed(field.item, depth, key) }
    default:
      return { ...field, path }
  }
}
