// A keystroke makes a new form handle. Most of a big form has nothing to do with it and need not be drawn again.
import type { Field } from '../spec/field.js'
import { getIn } from '../spec/path.js'
import type { FieldProps } from './field-props.js'
import type { ConnectorFormHandle } from './use-connector-form.js'

export interface DrawnField {
  form: ConnectorFormHandle
  field: Field
  props: FieldProps
}

/** Whether a field that holds others would be drawn the same, all that is in it too. */
export const isSameWithin = (before: DrawnField, now: DrawnField): boolean =>
  before.props === now.props &&
  getIn(before.form.values, now.field.path) === getIn(now.form.values, now.field.path) &&
  before.form.oauth === now.form.oauth &&
  (before.form.errors === now.form.errors || !now.props.holdsError) &&
  isSameSet(before.form.stored, now.form.stored)

const isSameSet = (a: ReadonlySet<string>, b: ReadonlySet<string>): boolean =>
  a === b || (a.size === b.size && [...a].every((key) => b.has(key)))
