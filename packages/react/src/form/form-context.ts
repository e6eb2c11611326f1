import { type ComponentType, createContext, type ReactNode, useContext } from 'react'
import type {
  BooleanField,
  ChoiceField,
  ChoiceOption,
  EnumField,
  Field,
  GroupField,
  HoldingField,
  ItemsField,
  JsonField,
  LeafField,
  ListField,
  MapField,
  MultiEnumField,
  NumberField,
  SecretField,
  TextField,
} from '../spec/field.js'
import { type FieldProps, toFieldIds } from './field-props.js'
import type { ConnectorFormHandle } from './use-connector-form.js'
import type { PlacedError } from './visible-fields.js'

export { type FieldProps, toFieldIds }

/** What the control of one field gets: native inputs take `id`, `aria` and the callbacks as they are. */
export type ControlProps<Kind extends LeafField = LeafField> = FieldProps<Kind>

/** What stands around a control: its label, what it is for, its rule and its error. */
export interface FieldPartProps extends FieldProps<LeafField> {
  /** The control of this field: the host's own by path or kind, else ours. Give it the same props. */
  Control: ComponentType<ControlProps>
}
export interface HoldingPartProps<Kind extends HoldingField> extends FieldProps<Kind> {
  /** The form as it was when something of this field changed last: to change it, and for what is in the field. */
  form: ConnectorFormHandle
}
export interface GroupPartProps extends HoldingPartProps<GroupField> {
  /** Its fields. */
  children: ReactNode
}
export interface ChoicePartProps extends HoldingPartProps<ChoiceField> {
  /** The option chosen; undefined where what is stored fits none. `onChange` takes the value of another. */
  selected?: ChoiceOption
  /** The fields of the option chosen. */
  renderFields: (option: ChoiceOption) => ReactNode
}
export interface ItemsPartProps extends HoldingPartProps<ItemsField> {
  /** The fields of one item: `renderItem(toItem(field, index))`. */
  renderItem: (item: Field) => ReactNode
}
export interface MapPartProps extends HoldingPartProps<MapField> {
  /** The value under one name: `renderItem(toItem(field, name))`. */
  renderItem: (item: Field) => ReactNode
}
export interface DescriptionPartProps {
  id: string
  /** Text of the spec, possibly with HTML in it: show it through `parseRichText`, never as HTML. */
  source: string
}
export interface ErrorSummaryPartProps {
  errors: readonly PlacedError[]
  /** What is wrong with the name, which is no part of the configuration. */
  nameError?: string
  isSignInMissing: boolean
  /** Brings the focus to the field of an error, or to the name. */
  onGoTo: (error: PlacedError | 'name') => void
}

/** Every part a connector's form is made of. */
export interface FormParts {
  /** The frame around every control. */
  Field: ComponentType<FieldPartProps>
  Group: ComponentType<GroupPartProps>
  Choice: ComponentType<ChoicePartProps>
  Items: ComponentType<ItemsPartProps>
  Map: ComponentType<MapPartProps>
  Text: ComponentType<ControlProps<TextField>>
  Secret: ComponentType<ControlProps<SecretField>>
  Number: ComponentType<ControlProps<NumberField>>
  Boolean: ComponentType<ControlProps<BooleanField>>
  Enum: ComponentType<ControlProps<EnumField>>
  MultiEnum: ComponentType<ControlProps<MultiEnumField>>
  List: ComponentType<ControlProps<ListField>>
  Json: ComponentType<ControlProps<JsonField>>
  Description: ComponentType<DescriptionPartProps>
  ErrorSummary: ComponentType<ErrorSummaryPartProps>
}

/** Parts of your own, instead of every one of that kind: `{ Secret: VaultField }`. */
export type FormComponents = Partial<FormParts>

/**
 * Controls of your own, by the field's dotted path: `{ 'credentials.region': RegionPicker }`.
 * A `*` stands for every item of a list: `{ 'streams.*.name': StreamPicker }`.
 */
export type FormControls = Record<string, ComponentType<ControlProps>>

export interface SignInContextValue {
  form: ConnectorFormHandle
  /** What the host shows where signing in belongs. */
  signInSlot: ReactNode
}

/** Changes with every keystroke, wherever it stands. */
export const SignInContext = createContext<SignInContextValue | null>(null)

export function useSignIn(): SignInContextValue {
  return inForm(useContext(SignInContext))
}

export interface FormPartsValue {
  parts: FormParts
  controls: FormControls
}

/** Stays as it is: for parts that should not be drawn again at every keystroke. */
export const PartsContext = createContext<FormPartsValue | null>(null)

export function useFormParts(): FormPartsValue {
  return inForm(useContext(PartsContext))
}

function inForm<Value>(value: Value | null): Value {
  if (value === null) throw new Error('A field was used outside of a ConnectorForm. Put it inside of one.')
  return value
}
