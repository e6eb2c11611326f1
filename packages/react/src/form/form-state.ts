// What a person did to a form, as a pure reducer. Errors are not stored: they follow from the values.
import type { FieldError } from '@opsai/contract'
import type { ChoiceField, FormModel, ItemsField, MapField } from '../spec/field.js'
import { addItem, moveItem, removeItem, renameKey } from '../spec/item-changes.js'
import { isSamePath, isWithin, type Path, type PlainObject, setIn, toPathKey } from '../spec/path.js'
import { withDraft } from '../spec/to-draft.js'
import { selectOption, toValues } from '../spec/to-values.js'
import { withoutMovedMasks, withoutSecrets } from './stored-secrets.js'
import { toItemKeys } from './visible-fields.js'

export interface FormState {
  values: PlainObject
  /** What the form began with, or what was accepted last: the values that are not a change. */
  start: PlainObject
  /** Fields that were left once, by path key. */
  touched: ReadonlyMap<string, Path>
  /** Whether somebody tried to submit. */
  tried: boolean
  /** What came on screen since: nobody had a chance to fill it in yet. */
  fresh: readonly Path[]
  /** The person types the credentials although signing in is possible. */
  manual: boolean
  /** What the server said about fields nobody has changed since. */
  answered: readonly FieldError[]
  /** What the server said last, so that hearing it twice is not news. */
  heard: readonly FieldError[]
  /** Counts up when the first wrong field should take the focus. */
  focusRequests: number
}

export type FormEvent =
  | { type: 'value_changed'; path: Path; value: unknown }
  | { type: 'option_chosen'; field: ChoiceField; value: unknown }
  | { type: 'item_added'; field: ItemsField | MapField; key?: string }
  | { type: 'item_removed'; field: ItemsField | MapField; key: string | number }
  | { type: 'item_moved'; field: ItemsField; from: number; to: number }
  | { type: 'key_renamed'; field: MapField; from: string; to: string }
  | { type: 'field_left'; path: Path }
  | { type: 'manual_chosen'; manual: boolean }
  | { type: 'submit_refused' }
  | { type: 'submitted' }
  | { type: 'errors_answered'; errors: readonly FieldError[] }
  | { type: 'accepted'; model: FormModel }
  | { type: 'started_over'; model: FormModel; configuration?: PlainObject }

/** @param draft What was typed on a page that went away: over the start, and a change of it. */
export function createFormState(model: FormModel, configuration?: PlainObject, draft?: PlainObject): FormState {
  const start = toValues(model, configuration)
  return {
    values: draft === undefined ? start : withDraft(model, start, draft),
    start,
    touched: new Map(),
    tried: false,
    fresh: [],
    manual: false,
    answered: [],
    heard: [],
    focusRequests: 0,
  }
}

export function transition(state: FormState, event: FormEvent): FormState {
  switch (event.type) {
    case 'value_changed':
      return {
        ...state,
        values: setIn(state.values, event.path, event.value),
        answered: state.answered.filter((error) => !isWithin(error.path, event.path)),
      }
    case 'option_chosen':
      return {
        ...state,
        values: selectOption(state.values, event.field, event.value),
        answered: state.answered.filter((error) => !isWithin(error.path, event.field.path)),
        touched: withoutInner(state.touched, event.field.path),
        fresh: [...state.fresh, event.field.path],
      }
    case 'item_added':
    case 'item_removed':
    case 'item_moved':
    case 'key_renamed':
      return changeItems(state, event)
    case 'field_left':
      if (state.touched.has(toPathKey(event.path))) return state
      return { ...state, touched: new Map([...state.touched, [toPathKey(event.path), event.path]]) }
    case 'manual_chosen':
      return { ...state, manual: event.manual }
    case 'submit_refused':
      return { ...state, tried: true, fresh: [], focusRequests: state.focusRequests + 1 }
    case 'submitted':
      return { ...state, answered: [], heard: [] }
    case 'errors_answered':
      return isSame(event.errors, state.heard) ? state : hear(state, event.errors)
    case 'accepted': {
      const values = withoutSecrets(state.values, event.model.fields, state.start)
      return { ...state, values, start: values, tried: false, touched: new Map() }
    }
    case 'started_over':
      return createFormState(event.model, event.configuration)
  }
}

const hear = (state: FormState, errors: readonly FieldError[]): FormState => ({
  ...state,
  answered: errors,
  heard: errors,
  focusRequests: state.focusRequests + (errors.length > 0 ? 1 : 0),
})

const isSame = (a: readonly FieldError[], b: readonly FieldError[]): boolean =>
  a === b || JSON.stringify(a) === JSON.stringify(b)

const withoutInner = (touched: FormState['touched'], path: Path): FormState['touched'] =>
  new Map([...touched].filter(([, left]) => isSamePath(left, path) || !isWithin(left, path)))

type ItemEvent = Extract<FormEvent, { type: 'item_added' | 'item_removed' | 'item_moved' | 'key_renamed' }>

/** What is known of an item goes where the item goes: that its fields were left, what the server said of them. */
function changeItems(state: FormState, event: ItemEvent): FormState {
  const { field } = event
  const moved = (path: Path): Path[] => {
    const [key, ...rest] = path.slice(field.path.length)
    if (!isWithin(path, field.path) || key === undefined) return [path]
    const next = toNextKey(event, key)
    return next === undefined ? [] : [[...field.path, next, ...rest]]
  }
  const values = toNextValues(state.values, event)
  // A name that another row has changes nothing.
  if (values === state.values) return state
  const known = toItemKeys(field, state.values)
  const added = toItemKeys(field, values).filter((key) => event.type === 'item_added' && !known.includes(key))
  return {
    ...state,
    values: event.type === 'item_added' ? values : withoutMovedMasks(values, field, state.values),
    answered: state.answered
      .filter((error) => !isSamePath(error.path, field.path))
      .flatMap((error) => moved(error.path).map((path) => ({ ...error, path: [...path] }))),
    touched: new Map([...state.touched.values()].flatMap(moved).map((path) => [toPathKey(path), path])),
    fresh: [...state.fresh.flatMap(moved), ...added.map((key) => [...field.path, key])],
  }
}

function toNextValues(values: PlainObject, event: ItemEvent): PlainObject {
  switch (event.type) {
    case 'item_added':
      return addItem(values, event.field, event.key)
    case 'item_removed':
      return removeItem(values, event.field, event.key)
    case 'item_moved':
      return moveItem(values, event.field, event.from, event.to)
    case 'key_renamed':
      return renameKey(values, event.field, event.from, event.to)
  }
}

/** The index or name an item has afterwards; undefined once it is gone. */
function toNextKey(event: ItemEvent, key: string): string | undefined {
  switch (event.type) {
    case 'item_added':
      return key
    case 'item_removed': {
      if (key === String(event.key)) return undefined
      const isAfter = event.field.kind === 'items' && Number(key) > Number(event.key)
      return isAfter ? String(Number(key) - 1) : key
    }
    case 'item_moved': {
      const { from, to } = event
      const index = Number(key)
      if (index === from) return String(to)
      const shift = Number(index >= to && index < from) - Number(index > from && index <= to)
      return String(index + shift)
    }
    case 'key_renamed':
      return key === event.from ? event.to : key
  }
}
