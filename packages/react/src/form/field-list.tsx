import { type ComponentType, memo } from 'react'
import type { Field, LeafField } from '../spec/field.js'
import { toFieldSets } from '../spec/field-order.js'
import type { OAuthOption } from '../spec/oauth.js'
import { isSamePath, type Path, toPathKey } from '../spec/path.js'
import { toText } from '../spec/to-text.js'
import { selectedOption } from '../spec/to-values.js'
import { toDrawnFields } from './drawn-fields.js'
import { isLeaf } from './field-props.js'
import { type ControlProps, type FormPartsValue, useFormParts } from './form-context.js'
import { type DrawnField, isSameWithin } from './is-same-within.js'
import { OptionalFields } from './optional-fields.js'
import { SignInSlot } from './sign-in-slot.js'
import type { ConnectorFormHandle } from './use-connector-form.js'

export interface FieldListProps {
  form: ConnectorFormHandle
  fields: readonly Field[]
  /** The object they belong to: sign-in stands in its own. */
  at: Path
  /** Whether the root's sign-in stands here; of several cards only the first holds it. Default true. */
  holdsSignIn?: boolean
}

/** Fields in order: what must be filled, the sign-in where it belongs, then the rest behind a fold. */
export function FieldList({ form, fields, at, holdsSignIn = true }: FieldListProps) {
  const { oauth } = form
  const { shown, folded } = toFieldSets(toDrawnFields(form, fields), (field) => isSignInInput(oauth, field))
  // Keys leave out where the list stands, so that what is inside an item keeps its state when the item moves.
  const toView = (field: Field) => (
    <FieldView key={`${field.kind}-${toPathKey(field.path.slice(at.length))}`} form={form} field={field} />
  )
  const signInAt = oauth.way === 'signIn' ? oauth.at : oauth.insteadOf
  return (
    <>
      {shown.map(toView)}
      {holdsSignIn && signInAt !== undefined && isSamePath(signInAt, at) && <SignInSlot />}
      {folded.length > 0 && <OptionalFields form={form} fields={folded} renderFields={() => folded.map(toView)} />}
    </>
  )
}

/** What the provider's step needs is never behind a fold. */
const isSignInInput = (oauth: OAuthOption, field: Field): boolean =>
  oauth.way === 'signIn' && oauth.inputs.some(({ path }) => isSamePath(path, field.path))

/** Any field, by its kind. */
function FieldView({ form, field }: { form: ConnectorFormHandle; field: Field }) {
  const context = useFormParts()
  if (field.kind === 'hidden') return null
  const props = form.fieldProps(field)
  if (!isLeaf(field)) return <HoldingFieldView form={form} field={field} props={props} />
  return <context.parts.Field {...form.fieldProps(field)} Control={toControl(context, field)} />
}

/** The only place that knows all kinds that hold others, so that they need not know each other. */
const HoldingFieldView = memo(function HoldingFieldView({ form, field }: DrawnField) {
  const { parts } = useFormParts()
  const renderItem = (item: Field) => <ItemView form={form} item={item} />
  switch (field.kind) {
    case 'choice':
      return (
        <parts.Choice
          {...form.fieldProps(field)}
          form={form}
          selected={selectedOption(field, form.values)}
          renderFields={(option) => (
            <FieldList key={toText(option.value)} form={form} fields={option.fields} at={field.path} />
          )}
        />
      )
    case 'group':
      return (
        <parts.Group {...form.fieldProps(field)} form={form}>
          <FieldList form={form} fields={field.fields} at={field.path} />
        </parts.Group>
      )
    case 'items':
      return <parts.Items {...form.fieldProps(field)} form={form} renderItem={renderItem} />
    case 'map':
      return <parts.Map {...form.fieldProps(field)} form={form} renderItem={renderItem} />
    default:
      return null
  }
}, isSameWithin)

/** One of many needs no heading of its own: the list gives it one. */
const ItemView = ({ form, item }: { form: ConnectorFormHandle; item: Field }) =>
  item.kind === 'group' ? (
    <ItemFields form={form} field={item} props={form.fieldProps(item)} />
  ) : (
    <FieldView form={form} field={item} />
  )

const ItemFields = memo(
  ({ form, field }: DrawnField) =>
    field.kind === 'group' && <FieldList form={form} fields={field.fields} at={field.path} />,
  isSameWithin,
)

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
  const everyItem = field.path.map((part) => (/^\d+$/.test(part) ? '*' : part)).join('.')
  // Own keys only: a spec may name a property `toString`.
  const byPath = [field.path.join('.'), everyItem].find((key) => Object.hasOwn(controls, key))
  // A control of one kind is only ever given fields of that kind.
  const ofKind = parts[partOf[field.kind]] as unknown as ComponentType<ControlProps>
  return byPath === undefined ? ofKind : (controls[byPath] ?? ofKind)
}
