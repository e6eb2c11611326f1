// Some fields have nothing to choose and nothing to fill in: a heading over nothing would only ask what it is for.
import type { Field } from '../spec/field.js'
import { isFilledBySignIn } from '../spec/oauth.js'
import { isWithin, type PlainObject } from '../spec/path.js'
import { selectedOption } from '../spec/to-values.js'
import type { ConnectorFormHandle } from './use-connector-form.js'

/** The fields that something is drawn of now: a control, an error, the sign-in. */
export const toDrawnFields = (form: ConnectorFormHandle, fields: readonly Field[]): Field[] =>
  fields.filter(
    (field) =>
      !isFilledBySignIn(form.oauth, field.path) &&
      (!isBlank(field, form.values) || form.fieldProps(field).holdsError || holdsSignIn(form, field)),
  )

const holdsSignIn = ({ oauth }: ConnectorFormHandle, field: Field): boolean =>
  oauth.way === 'signIn' && isWithin(oauth.at, field.path)

function isBlank(field: Field, values: PlainObject): boolean {
  if (field.kind === 'hidden') return true
  if (field.kind === 'group') return field.fields.every((inner) => isBlank(inner, values))
  if (field.kind !== 'choice') return false
  const selected = selectedOption(field, values)
  const isOnly = field.options.every((option) => option.hidden || option === selected)
  return isOnly && selected !== undefined && selected.fields.every((inner) => isBlank(inner, values))
}
