// Everything a field's control needs, whoever draws it: value, callbacks, ids, and the attributes that tie them.
import type { FormMessages } from '../messages/form-en.js'
import type { Field, LeafField } from '../spec/field.js'
import { type Path, toPathKey } from '../spec/path.js'
import { toHint } from './to-hint.js'
import type { PlacedError } from './visible-fields.js'

/** Ids of a field's parts, the same for the label, the control and the summary's links. */
export interface FieldIds {
  id: string
  label: string
  description: string
  hint: string
  error: string
}

/** What the part that shows a field gets; the same object again while nothing of it changed. */
export interface FieldProps<Kind extends Field = Field> {
  field: Kind
  /** Of the element that takes the focus: the label points to it. */
  id: string
  /** Give the description, the hint and the error these ids, so that `aria` finds them. */
  ids: FieldIds
  /** What the field holds: text, a list's items, a map's object; of a choice, the chosen option's value. */
  value: unknown
  /** Takes what `value` holds. */
  onChange: (value: unknown) => void
  /** Call it when the field is left: its errors show from then on. */
  onBlur: () => void
  /** The rule a value must keep, in words. */
  hint?: string
  /** What is wrong with it now. */
  error?: PlacedError
  /** Something in it is wrong: what hides it should open. */
  holdsError: boolean
  /** Of a list: the indexes of the values that are wrong. */
  wrongItems?: readonly string[]
  /** Of a secret: the server holds one that may be kept. */
  isStored: boolean
  /** Spread onto the element that takes the focus. */
  aria: {
    'aria-describedby'?: string
    'aria-invalid'?: true
    'aria-required'?: true
    'data-invalid'?: true
  }
  disabled: boolean
}

/** What changes about a field while a form is filled in. */
export type FieldFacts = Pick<FieldProps, 'value' | 'error' | 'holdsError' | 'wrongItems' | 'isStored'>

export function toFieldIds(formId: string, path: Path): FieldIds {
  const id = `${formId}-${toPathKey(path)}`
  return { id, label: `${id}-label`, description: `${id}-description`, hint: `${id}-hint`, error: `${id}-error` }
}

export function toFieldProps(
  formId: string,
  field: Field,
  facts: FieldFacts,
  messages: FormMessages,
  { onChange, onBlur }: Pick<FieldProps, 'onChange' | 'onBlur'>,
): FieldProps {
  const ids = toFieldIds(formId, field.path)
  const hint = isLeaf(field) ? toHint(field, facts.value, messages) : undefined
  const isWrong = facts.error !== undefined || undefined
  const described = [field.description && ids.description, hint && ids.hint, isWrong && ids.error].filter(Boolean)
  return {
    ...facts,
    onChange,
    onBlur,
    field,
    id: ids.id,
    ids,
    hint,
    aria: {
      'aria-describedby': described.length > 0 ? described.join(' ') : undefined,
      'aria-invalid': isWrong,
      'aria-required': (isLeaf(field) && field.required && field.kind !== 'boolean') || undefined,
      'data-invalid': isWrong,
    },
    disabled: field.readOnly,
  }
}

export const isLeaf = (field: Field): field is LeafField =>
  !['hidden', 'group', 'choice', 'items', 'map'].includes(field.kind)

export const isSameFacts = (a: FieldFacts, b: FieldFacts): boolean =>
  a.value === b.value &&
  a.isStored === b.isStored &&
  a.holdsError === b.holdsError &&
  a.error?.message === b.error?.message &&
  a.wrongItems?.join() === b.wrongItems?.join()
