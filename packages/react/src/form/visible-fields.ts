// Which fields are on screen for what is chosen now, and which of them an error belongs to.
import type { FieldError } from '@opsai/contract'
import type { Field, FormModel } from '../spec/field.js'
import { isFilledBySignIn, type OAuthOption } from '../spec/oauth.js'
import { isSamePath, isWithin, type Path, type PlainObject } from '../spec/path.js'
import { selectedOption } from '../spec/to-values.js'

/** Every field on screen or behind a fold, in reading order; of a choice, itself and its selected option's fields. */
export function toVisibleFields(model: FormModel, values: PlainObject, oauth: OAuthOption): Field[] {
  const visit = (fields: readonly Field[]): Field[] =>
    fields.flatMap((field) => {
      if (field.kind === 'hidden' || isFilledBySignIn(oauth, field.path)) return []
      if (field.kind === 'group') return [field, ...visit(field.fields)]
      if (field.kind === 'choice') return [field, ...visit(selectedOption(field, values)?.fields ?? [])]
      return [field]
    })
  return visit(model.sections.flatMap((section) => section.fields))
}

/** An error and the field it is shown at; without a field it is only named in the summary. */
export interface PlacedError extends FieldError {
  field?: Field
}

/** Each error at the deepest field around its path, in reading order; those without a field last. */
export function toPlacedErrors(errors: readonly FieldError[], fields: readonly Field[]): PlacedError[] {
  const place = (field: Field | undefined): number => (field === undefined ? fields.length : fields.indexOf(field))
  return errors
    .map((error) => ({ ...error, field: deepestField(fields, error.path) }))
    .toSorted((a, b) => place(a.field) - place(b.field))
}

function deepestField(fields: readonly Field[], path: Path): Field | undefined {
  const around = fields.filter((field) => field.path.length > 0 && isWithin(path, field.path))
  const exact = around.find((field) => isSamePath(field.path, path))
  return exact ?? around.toSorted((a, b) => b.path.length - a.path.length)[0]
}
