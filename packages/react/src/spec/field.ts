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

/** How many values a list may have, and whether one may come twice. */
export interface ItemLimits {
  minItems?: number
  maxItems?: number
  unique: boolean
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
export interface MultiEnumField extends FieldBase, ItemLimits {
  kind: 'multiEnum'
  options: EnumValue[]
}
/** A list of free values, typed one after the other. */
export interface ListField extends FieldBase, ItemLimits {
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
/** Several values of one shape, added and removed one by one: objects, choices, lists in a list. */
export interface ItemsField extends FieldBase, ItemLimits {
  kind: 'items'
  /** The shape of one item, with `*` in its paths where an item's index stands: `toItem(field, 0)` puts it there. */
  item: Field
}
/** Named values of one shape (`additionalProperties`): the names are typed, too. */
export interface MapField extends FieldBase {
  kind: 'map'
  /** The shape of one value, with `*` in its paths where its name stands: `toItem(field, 'name')` puts it there. */
  item: Field
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
  | ItemsField
  | MapField
  | HiddenField

export type FieldKind = Field['kind']
/** A field that holds others. */
export type HoldingField = GroupField | ChoiceField | ItemsField | MapField
/** A field with one value and one control. */
export type LeafField = Exclude<Field, HoldingField | HiddenField>

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
