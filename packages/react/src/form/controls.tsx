// Which control shows which kind of field.
import type { ComponentType } from 'react'
import type { BooleanField, EnumField, JsonField, LeafField, NumberField, TextField } from '../spec/field.js'
import { fromDateInput, toDateInput, toDateInputType } from '../spec/dates.js'
import { toText } from '../spec/to-text.js'
import { useMessages } from '../messages/use-messages.js'
import { NumberInput } from '../ui/number-input.js'
import { Select } from '../ui/select.js'
import { Switch } from '../ui/switch.js'
import { TextArea } from '../ui/text-area.js'
import { TextInput } from '../ui/text-input.js'
import type { ControlProps } from './form-context.js'
import { ListControl } from './list-control.js'
import { MultiEnumControl } from './multi-enum-control.js'
import { SecretControl } from './secret-control.js'

const toInputText = (value: unknown): string => (value === undefined || value === null ? '' : toText(value))

function TextControl({ field, id, value, onChange, onBlur, aria, disabled }: ControlProps<TextField>) {
  const text = toInputText(value)
  const shared = { id, onBlur, disabled, autoComplete: 'off', ...aria }
  if (field.multiline) {
    return <TextArea {...shared} value={text} onChange={(event) => onChange(event.target.value)} />
  }
  const { date } = field
  const held = date === undefined ? undefined : toDateInput(date, text)
  if (date !== undefined && held !== undefined) {
    return (
      <TextInput
        {...shared}
        type={toDateInputType(date)}
        step={date === 'month' || date === 'day' ? undefined : 1}
        value={held}
        onChange={(event) => onChange(fromDateInput(date, event.target.value))}
      />
    )
  }
  return (
    <TextInput
      {...shared}
      placeholder={field.examples[0]}
      value={text}
      onChange={(event) => onChange(event.target.value)}
    />
  )
}

function NumberControl({ field, id, value, onChange, onBlur, aria, disabled }: ControlProps<NumberField>) {
  return (
    <NumberInput
      {...aria}
      id={id}
      integer={field.integer && (field.minimum ?? -1) >= 0}
      placeholder={field.examples[0]}
      value={toInputText(value)}
      disabled={disabled}
      onBlur={onBlur}
      onChange={(event) => onChange(event.target.value)}
    />
  )
}

function BooleanControl({ field, id, value, onChange, onBlur, aria, disabled }: ControlProps<BooleanField>) {
  return (
    <Switch
      {...aria}
      id={id}
      label={<span className="opsai-field-label">{field.title}</span>}
      checked={value === true}
      disabled={disabled}
      onBlur={onBlur}
      onChange={(event) => onChange(event.target.checked)}
    />
  )
}

/** Options are told apart by their place: values may be numbers, and two may read the same. */
function EnumControl({ field, id, value, onChange, onBlur, aria, disabled }: ControlProps<EnumField>) {
  const messages = useMessages().form
  const selected = field.options.findIndex((option) => option.value === value)
  return (
    <Select
      {...aria}
      id={id}
      value={selected === -1 ? '' : String(selected)}
      disabled={disabled}
      onBlur={onBlur}
      onChange={(event) => {
        const chosen = event.target.value
        onChange(chosen === '' ? undefined : field.options[Number(chosen)]?.value)
      }}
    >
      <option value="" disabled={field.required} hidden={field.required}>
        {field.required ? messages.choose : messages.notSet}
      </option>
      {field.options.map((option, index) => (
        <option key={index} value={index}>
          {option.label}
        </option>
      ))}
    </Select>
  )
}

function JsonControl({ id, value, onChange, onBlur, aria, disabled }: ControlProps<JsonField>) {
  return (
    <TextArea
      {...aria}
      id={id}
      data-kind="code"
      autoComplete="off"
      value={toInputText(value)}
      disabled={disabled}
      onBlur={onBlur}
      onChange={(event) => onChange(event.target.value)}
    />
  )
}

/** Lets the control of one kind stand among all: it is only ever given fields of that kind. */
const forKind = <Kind extends LeafField>(control: ComponentType<ControlProps<Kind>>) =>
  control as unknown as ComponentType<ControlProps>

export const controls: Record<LeafField['kind'], ComponentType<ControlProps>> = {
  text: forKind(TextControl),
  secret: forKind(SecretControl),
  number: forKind(NumberControl),
  boolean: forKind(BooleanControl),
  enum: forKind(EnumControl),
  multiEnum: forKind(MultiEnumControl),
  list: forKind(ListControl),
  json: forKind(JsonControl),
}
