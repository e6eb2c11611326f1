// Which control shows which kind of field.
import type { ComponentType } from 'react'
import type { LeafField, NumberField, TextField } from '../spec/field.js'
import { toText } from '../spec/to-text.js'
import { NumberInput } from '../ui/number-input.js'
import { TextArea } from '../ui/text-area.js'
import { TextInput } from '../ui/text-input.js'
import { BooleanControl } from './boolean-control.js'
import { DateControl } from './date-control.js'
import { EnumControl } from './enum-control.js'
import { FileButton } from './file-button.js'
import type { ControlProps } from './form-context.js'
import { JsonControl } from './json-control.js'
import { ListControl } from './list-control.js'
import { MultiEnumControl } from './multi-enum-control.js'
import { ReadOnlyControl } from './read-only-control.js'
import { SecretControl } from './secret-control.js'

const toInputText = (value: unknown): string => (value === undefined || value === null ? '' : toText(value))

function TextControl(props: ControlProps<TextField>) {
  const { field, id, value, onChange, onBlur, aria, disabled } = props
  const text = toInputText(value)
  if (field.date !== undefined) return <DateControl {...props} precision={field.date} text={text} />
  const shared = { id, onBlur, disabled, autoComplete: 'off', placeholder: field.examples[0], value: text, ...aria }
  if (!field.multiline) return <TextInput {...shared} onChange={(event) => onChange(event.target.value)} />
  return (
    <>
      <TextArea {...shared} onChange={(event) => onChange(event.target.value)} />
      <FileButton id={id} title={field.title} disabled={disabled} onRead={onChange} />
    </>
  )
}

function NumberControl({ field, id, value, onChange, onBlur, aria, disabled }: ControlProps<NumberField>) {
  return (
    <NumberInput
      {...aria}
      id={id}
      integer={field.integer && (field.minimum ?? -1) >= 0}
      placeholder={field.default === undefined ? field.examples[0] : toText(field.default)}
      value={toInputText(value)}
      disabled={disabled}
      onBlur={onBlur}
      onChange={(event) => onChange(event.target.value)}
    />
  )
}

/** Lets the control of one kind stand among all: it is only ever given fields of that kind. */
const forKind = <Kind extends LeafField>(control: ComponentType<ControlProps<Kind>>) => {
  const Control = control as unknown as ComponentType<ControlProps>
  return function KindControl(props: ControlProps) {
    return props.field.readOnly ? <ReadOnlyControl {...props} /> : <Control {...props} />
  }
}

export const controls: Record<LeafField['kind'], ComponentType<ControlProps>> = {
  text: forKind(TextControl),
  secret: forKind(SecretControl),
  number: forKind(NumberControl),
  boolean: BooleanControl as unknown as ComponentType<ControlProps>,
  enum: forKind(EnumControl),
  multiEnum: forKind(MultiEnumControl),
  list: forKind(ListControl),
  json: forKind(JsonControl),
}
