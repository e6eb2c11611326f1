// What a connector's form is made of where the host has nothing of its own.
import { ChoiceFieldView } from './choice-field.js'
import { controls } from './controls.js'
import { Description } from './description.js'
import { ErrorSummary } from './error-summary.js'
import type { FormParts } from './form-context.js'
import { GroupFieldView } from './group-field.js'
import { ItemsFieldView } from './items-field.js'
import { LeafFieldView } from './leaf-field.js'
import { MapFieldView } from './map-field.js'

/**
 * Our own parts of a connector's form, to put something around one of them.
 *
 * @example
 * const Secret: FormParts['Secret'] = (props) => <Vault onPick={props.onChange}><formParts.Secret {...props} /></Vault>
 * <ConnectorForm components={{ Secret }} … />
 */
export const formParts: FormParts = {
  Field: LeafFieldView,
  Group: GroupFieldView,
  Choice: ChoiceFieldView,
  Items: ItemsFieldView,
  Map: MapFieldView,
  Text: controls.text as FormParts['Text'],
  Secret: controls.secret as FormParts['Secret'],
  Number: controls.number as FormParts['Number'],
  Boolean: controls.boolean as FormParts['Boolean'],
  Enum: controls.enum as FormParts['Enum'],
  MultiEnum: controls.multiEnum as FormParts['MultiEnum'],
  List: controls.list as FormParts['List'],
  Json: controls.json as FormParts['Json'],
  Description,
  ErrorSummary,
}
