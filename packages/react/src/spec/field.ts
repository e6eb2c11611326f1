// What a form shows, as data. `specToForm` makes it from a spec; components and the headless hook read it.
import type { Path } from './path.js'
import type { DatePrecision } from './dates.js'

/** What every field has, whatever its control. */
export interface FieldBase {
  /** Where its value stands in the configuration. */
  path: Path
  title: string
  /** Text of the spec, possibly with HTML in it: show it through `parseRichText`, never as HTML. */
  description?: string
  required: boolean
  /** Optional and not marked `always_show`: kept behind "Optional settings". */
  folded: boolean
  readOnly: boolean
  /** The value used where nobody chose one. */
  default?: unknown
  examples: string[]
}

/** A rule in words, to show under a label: `YYYY-MM-DD`. */
export interface TextRule {
  pattern?: string
  patternDescriptor?: string
}

export interface TextField extends FieldBase, TextRule {
  kind: 'text'
  multiline: boolean
  /** Set where it is a date that a native picker can hold. */
  date?: DatePrecision
}
/** Shown masked, never prefilled by a browser, cleared once it was accepted. */
export interface SecretField extends FieldBase, TextRule {
  kind: 'secret'
  multiline: boolean
}
export interface NumberField extends FieldBase {
  kind: 'number'
  integer: boolean
  minimum?: number
  maximum?: number
}
export interface BooleanField extends FieldBase {
  kind: 'boolean'
}
export interface EnumValue {
  value: unknown
  label: string
}
export interface EnumField extends FieldBase {
  kind: 'enum'
  options: EnumValue[]
}
/** A list in which each value comes from a closed set. */
export interface MultiEnumField extends FieldBase {
  kind: 'multiEnum'
  options: EnumValue[]
}
/** A list of free values, typed one after the other. */
export interface ListField extends FieldBase {
  kind: 'list'
  items: 'string' | 'number' | 'integer'
}
/** Anything without a control of its own: typed as JSON. */
export interface JsonField extends FieldBase {
  kind: 'json'
  expects: 'array' | 'object' | 'any'
}
/** An object whose fields stand under one heading. */
export interface GroupField extends FieldBase {
  kind: 'group'
  fields: Field[]
}
/** One way of a choice. Its fields' paths are full paths, below the choice's own. */
export interface ChoiceOption {
  /** The discriminator's value that selects it. */
  value: unknown
  title: string
  description?: string
  /** Not offered, shown only where a stored configuration has it. */
  hidden: boolean
  fields: Field[]
}
/** A `oneOf`: exactly one of several shapes. */
export interface ChoiceField extends FieldBase {
  kind: 'choice'
  /** The key that says which option holds. */
  discriminator: string
  /** False where the spec has none: the key then only lives in the form's values and is never sent. */
  discriminatorIsSent: boolean
  options: ChoiceOption[]
  /** The option chosen on a new form. */
  defaultValue: unknown
  display: 'cards' | 'select'
}
/** Never shown; `constant` is always sent, otherwise a default or the stored value is. */
export interface HiddenField extends FieldBase {
  kind: 'hidden'
  constant: boolean
}

export type Field =
  | TextField
  | SecretField
  | NumberField
  | BooleanField
  | EnumField
  | MultiEnumField
  | ListField
  | JsonField
  | GroupField
  | ChoiceField
  | HiddenField

export type FieldKind = Field['kind']
/** A field with one value and one control. */
export type LeafField = Exclude<Field, GroupField | ChoiceField | HiddenField>

/** Fields that stand together in one card. */
export interface FormSection {
  id: string
  title?: string
  fields: Field[]
}

/** One path that signing in reads or fills, with the provider's own key for it. */
export interface OAuthPath {
  key: string
  path: Path
}

/** How a connector signs in, said in paths of its configuration. */
export interface OAuthModel {
  /** Sign-in is the way where the value here equals `value`; without it, always. */
  predicate?: { path: Path; value?: string }
  /** Needed before consent: a subdomain, a region. */
  inputs: OAuthPath[]
  /** Filled by signing in. */
  outputs: OAuthPath[]
  /** The app's own credentials: hidden where the operator holds them. */
  serverOutputs: OAuthPath[]
  /** Whether the operator holds app credentials; undefined while unknown. */
  globalCredentials?: boolean
}

/** A whole form as data. */
export interface FormModel {
  sections: FormSection[]
  /** Every top-level field, hidden ones too, in the order shown. */
  fields: Field[]
  oauth?: OAuthModel
}
