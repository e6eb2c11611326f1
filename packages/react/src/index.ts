// The styled half: components a host puts on a page, and the types they speak. Hooks and machines: `@opsai/react/headless`.
export { ConnectorCatalog, type ConnectorCatalogProps } from './catalog/connector-catalog.js'
export { createHubClient, type HubClient, type HubClientOptions } from './client/hub-client.js'
export { OpsaiError, type OpsaiErrorParts } from './client/opsai-error.js'
export type { FetchSession } from './client/session-holder.js'
export {
  ConnectorForm,
  type ConnectorFormProps,
  type ConnectorFormSubmission,
  type FormDraft,
  type SignInSlotProps,
} from './form/connector-form.js'
export type { FieldProps } from './form/field-props.js'
export type {
  ChoicePartProps,
  ControlProps,
  DescriptionPartProps,
  ErrorSummaryPartProps,
  FieldPartProps,
  FormComponents,
  FormControls,
  FormParts,
  GroupPartProps,
  ItemsPartProps,
  MapPartProps,
} from './form/form-context.js'
export { formParts } from './form/parts.js'
export type { PlacedError } from './form/visible-fields.js'
export { AirbyteIntegrationHub, type AirbyteIntegrationHubProps } from './hub/airbyte-integration-hub.js'
export type { MessageOverrides, Messages } from './messages/messages.js'
export type { SignInMode, SignInOptions } from './oauth/choose-place.js'
export { OAuthButton, type OAuthButtonProps } from './oauth/oauth-button.js'
export { AirbyteProvider, type AirbyteProviderProps, type Localization } from './provider/airbyte-provider.js'
export type { Appearance, AppearanceVariables } from './provider/appearance.js'
export type { HubEvent, HubEventBase, HubEventDetail } from './provider/hub-event.js'
export { useAirbyte } from './provider/use-airbyte.js'
