import { type ComponentType, useMemo } from 'react'
import type { Field, LeafField } from '../spec/field.js'
import { toFieldSets } from '../spec/field-order.js'
import { isFilledBySignIn, type OAuthOption } from '../spec/oauth.js'
import { isSamePath, type Path, toPathKey } from '../spec/path.js'
import { toText } from '../spec/to-text.js'
import { selectedOption } from '../spec/to-values.js'
import { type ControlProps, type FormPartsValue, useFormContext, useFormParts } from './form-context.js'
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
  const { shown, folded } = useMemo(
    () =>
      toFieldSets(
        fields.filter((field) => !isFilledBySignIn(oauth, field.path)),
        (field) => isSignInInput(oauth, field),
      ),
    [fields, oauth],
  )
  const signInAt = oauth.way === 'signIn' ? oauth.at : oauth.insteadOf
  return (
    <>
      {toViews(shown, at)}
      {holdsSignIn && signInAt !== undefined && isSamePath(signInAt, at) && <SignInSlot />}
      {folded.length > 0 && <OptionalFields fields={folded} renderFields={() => toViews(folded, at)} />}
    </>
  )
}

// Keys leave out where the list stands, so that what is inside an item keeps its state when the item moves.
const toViews = (fields: readonly Field[], at: Path) =>
  fields.map((field) => <FieldView key={`${field.kind}-${toPathKey(field.path.slice(at.length))}`} field={field} />)

/** What the provider's step needs is never behind a fold. */
const isSignInInput = (oauth: OAuthOption, field: Field): boolean =>
  oauth.way === 'signIn' && oauth.inputs.some(({ path }) => isSamePath(path, field.path))

/** Any field, by its kind. The only place that knows them all, so that the kinds need not know each other. */
function FieldView({ field }: { field: Field }) {
  const { form } = useFormContext()
  const context = useFormParts()
  const { parts } = context
  switch (field.kind) {
    case 'hidden':
      return null
    case 'choice':
      return (
        <parts.Choice
          {...form.fieldProps(field)}
          selected={selectedOption(field, form.values)}
          renderFields={(option) => <FieldList key={toText(option.value)} fields={option.fields} at={field.path} />}
        />
      )
    case 'group':
      return (
        <parts.Group {...form.fieldProps(field)}>
          <FieldList fields={field.fields} at={field.path} />
        </parts.Group>
      )
    case 'items':
      return <parts.Items {...form.fieldProps(field)} renderItem={toItemView} />
    case 'map':
      return <parts.Map {...form.fieldProps(field)} renderItem={toItemView} />
    default:
      return <parts.Field {...form.fieldProps(field)} Control={toControl(context, field)} />
  }
}

/** One of many needs no heading of its own: the list gives it one. */
const toItemView = (item: Field) =>
  item.kind === 'group' ? <FieldList fields={item.fields} at={item.path} /> : <FieldView field={item} />

const partOf = {
  text: 'Text',
  secret: 'Secret',
  number: 'Number',
  boolean: 'Boolean',
  enum: 'Enum',
  multiEnum: 'MultiEnum',
  list: 'List',
  json: 'Json',
} as const

function toControl({ parts, controls }: FormPartsValue, field: LeafField): ComponentType<ControlProps> {
  const key = field.path.join('.')
  const everyItem = field.path.map((part) => (/^\d+$/.test(part) ? '*' : part)).join('.')
  // A control of one kind is only ever given fields of that kind.
  return controls[key] ?? controls[everyItem] ?? (parts[partOf[field.kind]] as unknown as ComponentType<ControlProps>)
}
