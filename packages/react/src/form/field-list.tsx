import type { Field } from '../spec/field.js'
import { toFieldSets } from '../spec/field-order.js'
import { isFilledBySignIn, type OAuthOption } from '../spec/oauth.js'
import { isSamePath, type Path, toPathKey } from '../spec/path.js'
import { toText } from '../spec/to-text.js'
import { ChoiceFieldView } from './choice-field.js'
import { useFormContext } from './form-context.js'
import { GroupFieldView } from './group-field.js'
import { LeafFieldView } from './leaf-field.js'
import { OptionalFields } from './optional-fields.js'
import { SignInSlot } from './sign-in-slot.js'

export interface FieldListProps {
  fields: readonly Field[]
  /** The object they belong to: sign-in stands in its own. */
  at: Path
  /** Whether the root's sign-in stands here; of several cards only the first holds it. Default true. */
  holdsSignIn?: boolean
}

/** Fields in order: what must be filled, the sign-in where it belongs, then the rest behind a fold. */
export function FieldList({ fields, at, holdsSignIn = true }: FieldListProps) {
  const { oauth } = useFormContext().form
  const open = fields.filter((field) => !isFilledBySignIn(oauth, field.path))
  const { shown, folded } = toFieldSets(open, (field) => isSignInInput(oauth, field))
  const signInAt = oauth.way === 'signIn' ? oauth.at : oauth.insteadOf
  return (
    <>
      {toViews(shown)}
      {holdsSignIn && signInAt !== undefined && isSamePath(signInAt, at) && <SignInSlot />}
      {folded.length > 0 && <OptionalFields fields={folded} renderFields={() => toViews(folded)} />}
    </>
  )
}

const toViews = (fields: readonly Field[]) =>
  fields.map((field) => <FieldView key={`${field.kind}-${toPathKey(field.path)}`} field={field} />)

/** What the provider's step needs is never behind a fold. */
const isSignInInput = (oauth: OAuthOption, field: Field): boolean =>
  oauth.way === 'signIn' && oauth.inputs.some(({ path }) => isSamePath(path, field.path))

/** Any field, by its kind. The only place that knows them all, so that the kinds need not know each other. */
function FieldView({ field }: { field: Field }) {
  switch (field.kind) {
    case 'hidden':
      return null
    case 'choice':
      return (
        <ChoiceFieldView
          field={field}
          renderFields={(option) => <FieldList key={toText(option.value)} fields={option.fields} at={field.path} />}
        />
      )
    case 'group':
      return (
        <GroupFieldView field={field}>
          <FieldList fields={field.fields} at={field.path} />
        </GroupFieldView>
      )
    default:
      return <LeafFieldView field={field} />
  }
}
