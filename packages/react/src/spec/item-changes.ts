// Adding, removing, moving and naming the items of lists and maps, in a form's values.
import type { ItemsField, MapField } from './field.js'
import { toItem } from './item.js'
import { getIn, isObject, type PlainObject, setIn } from './path.js'
import { withDefaults } from './to-values.js'

/**
 * Adds an item at the end, with the defaults of its spec.
 *
 * @param key The name of a map's new value. Default: `''`, a row whose name isn't typed yet.
 * @returns New values; the same ones where a map has the name already.
 * @example
 * const values = addItem(state.values, streams)
 */
export function addItem(values: PlainObject, field: ItemsField | MapField, key = ''): PlainObject {
  if (field.kind === 'map') {
    const held = toNamed(values, field)
    if (Object.hasOwn(held, key)) return values
    const named = setIn(values, field.path, { ...held, ...toRow(key, undefined) })
    return withDefaults(named, [toItem(field, key)])
  }
  const items = toListed(values, field)
  return withDefaults(setIn(values, field.path, [...items, undefined]), [toItem(field, items.length)])
}

/**
 * Removes an item by its index or name; those after it move up.
 *
 * @example
 * const values = removeItem(state.values, streams, 0)
 */
export function removeItem(values: PlainObject, field: ItemsField | MapField, key: string | number): PlainObject {
  if (field.kind === 'items') {
    return setIn(
      values,
      field.path,
      toListed(values, field).filter((_, index) => index !== Number(key)),
    )
  }
  const rows = Object.entries(toNamed(values, field)).filter(([name]) => name !== String(key))
  return setIn(values, field.path, Object.fromEntries(rows))
}

/**
 * Moves an item of a list.
 *
 * @param to The index it has afterwards.
 * @returns New values; the same ones where either index is none.
 * @example
 * const values = moveItem(state.values, streams, 2, 0)
 */
export function moveItem(values: PlainObject, field: ItemsField, from: number, to: number): PlainObject {
  const items = toListed(values, field)
  if (!Object.hasOwn(items, from) || !Object.hasOwn(items, to)) return values
  const others = items.filter((_, index) => index !== from)
  return setIn(values, field.path, [...others.slice(0, to), items[from], ...others.slice(to)])
}

/**
 * Gives a map's value another name, in its place.
 *
 * @returns New values; the same ones where the name is taken.
 * @example
 * const values = renameKey(state.values, headers, '', 'X-Team')
 */
export function renameKey(values: PlainObject, field: MapField, from: string, to: string): PlainObject {
  const held = toNamed(values, field)
  if (!Object.hasOwn(held, from) || Object.hasOwn(held, to)) return values
  const rows = Object.entries(held).map(([name, value]) => [name === from ? to : name, value] as const)
  return setIn(values, field.path, Object.fromEntries(rows))
}

function toListed(values: PlainObject, field: ItemsField): unknown[] {
  const held = getIn(values, field.path)
  return Array.isArray(held) ? held : []
}

function toNamed(values: PlainObject, field: MapField): PlainObject {
  const held = getIn(values, field.path)
  return isObject(held) ? held : {}
}

const toRow = (name: string, value: unknown): PlainObject => Object.fromEntries([[name, value]])
