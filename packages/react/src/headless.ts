// Everything behind the styled components, for a user interface of one's own: hooks, machines, pure functions, queries.
export { filterConnectors, type RecommendedConnector, toRecommendedConnectors } from './catalog/filter-connectors.js'
export { useConnectorCatalog, type UseConnectorCatalogOptions } from './catalog/use-connector-catalog.js'
export { createHubClient, type HubClient, type HubClientOptions } from './client/hub-client.js'
export { OpsaiError, type OpsaiErrorParts, toOpsaiError } from './client/opsai-error.js'
export type { FetchSession } from './client/session-holder.js'
export { watchJob, type WatchJobOptions } from './client/watch-job.js'
export type { BlockNode, CellAlign, InlineNode, NoteTone } from './documentation/documentation-node.js'
export { findSections, type SectionNode } from './documentation/find-sections.js'
export { type DocumentationOptions, parseDocumentation } from './documentation/parse-documentation.js'
export type { Edition } from './documentation/prepare-markdown.js'
export { type SetupGuide, type SetupGuideOptions, useSetupGuide } from './documentation/use-setup-guide.js'
export type { FieldIds, FieldProps } from './form/field-props.js'
export {
  type ConnectorFormHandle,
  type ConnectorFormOptions,
  type SignInRequest,
  type SubmitOutcome,
  useConnectorForm,
} from './form/use-connector-form.js'
export type { PlacedError, VisibleFields } from './form/visible-fields.js'
export {
  type HubFlowEvent,
  type HubFlowState,
  initialHubFlow,
  toNextStep,
  toVisibleStep,
  type VisibleStep,
  visibleSteps,
} from './hub/hub-flow.machine.js'
export { type StreamProgressRow, toStreamProgress } from './hub/stream-progress.js'
export {
  changeStream,
  filterChoices,
  findGaps,
  needsCursor,
  needsPrimaryKey,
  selectStreams,
  type StreamChange,
  type StreamChoice,
  type StreamGap,
  toConnectionStreams,
  toDefaultChoices,
} from './hub/stream-selection.js'
export type { CheckProblem } from './hub/check-problem.js'
export { type MessageParts, toMessageParts } from './hub/to-message-parts.js'
export { type ConnectProblem, useConnectSource } from './hub/use-connect-source.js'
export { type EditProblem, type EditSourceOptions, type EditState, useEditSource } from './hub/use-edit-source.js'
export { type LeaveGuard, useLeaveGuard } from './hub/use-leave-guard.js'
export type { HubCallbacks } from './hub/use-hub-events.js'
export { type IntegrationHub, useIntegrationHub, type UseIntegrationHubOptions } from './hub/use-integration-hub.js'
export { type SignInAgainOptions, useSignInAgain } from './hub/use-sign-in-again.js'
export { useStartSync } from './hub/use-start-sync.js'
export { type StreamSelection, useStreamSelection } from './hub/use-stream-selection.js'
export { type SyncFlow, useSyncStep } from './hub/use-sync-step.js'
export { type MessageOverrides, mergeMessages, type Messages } from './messages/messages.js'
export { useMessages } from './messages/use-messages.js'
export type { SignInMode, SignInOptions } from './oauth/choose-place.js'
export type { SignInInputs } from './oauth/create-oauth-popup.js'
export { describeSignIn, type SignInDescription, type WayOn } from './oauth/describe-sign-in.js'
export type { FlowMemory, RememberedFlow } from './oauth/flow-memory.js'
export { createOAuthPopupDom, type OAuthPopupDom, type StartForm } from './oauth/oauth-popup.dom.js'
export { transition as toNextSignIn } from './oauth/oauth-popup.machine.js'
export type {
  FlowNews,
  OAuthPopupEffect,
  OAuthPopupEvent,
  OAuthPopupState,
  SignInFailure,
  SignInLink,
  SignInPlace,
} from './oauth/oauth-popup.types.js'
export { useOAuthPopup, type UseOAuthPopup, type UseOAuthPopupOptions } from './oauth/use-oauth-popup.js'
export { AirbyteProvider, type AirbyteProviderProps } from './provider/airbyte-provider.js'
export { describeError, type ErrorDescription } from './provider/describe-error.js'
export type { HubEvent, HubEventDetail } from './provider/hub-event.js'
export { TenantScope } from './provider/tenant-scope.js'
export { useAirbyte } from './provider/use-airbyte.js'
export { connectionsQuery, useConnections, useCreateConnection } from './queries/connections.js'
export { connectorQuery, useConnectorsByType } from './queries/connector.js'
export { connectorSpecQuery, connectorsQuery, useConnectors, useConnectorSpec } from './queries/connectors.js'
export { documentationQuery, useDocumentation } from './queries/documentation.js'
export { flowsQuery, type FlowSubject, useOpenFlow } from './queries/flows.js'
export { useCancelJob, useJob, useSyncConnection } from './queries/jobs.js'
export { airbyteKeys } from './queries/keys.js'
export { estimateQuery, useConnectionUsage, useEstimate, usageQuery } from './queries/cost.js'
export { recommendationsQuery, useRecommendations } from './queries/recommendations.js'
export {
  connectedSourcesQuery,
  type NewSource,
  type SourceChange,
  sourceQuery,
  type TestTarget,
  useConnectedSources,
  useCreateSource,
  useDeleteSource,
  useSource,
  useTestSource,
  useUpdateSource,
} from './queries/sources.js'
export { sampleQuery, streamsQuery, useSample, useStreams } from './queries/streams.js'
export type {
  BooleanField,
  ChoiceField,
  ChoiceOption,
  EnumField,
  EnumValue,
  Field,
  FieldBase,
  FieldKind,
  FormModel,
  FormSection,
  GroupField,
  HiddenField,
  HoldingField,
  ItemsField,
  JsonField,
  LeafField,
  ListField,
  MapField,
  MultiEnumField,
  NumberField,
  OAuthModel,
  OAuthPath,
  SecretField,
  TextField,
} from './spec/field.js'
export { toFieldSets } from './spec/field-order.js'
export { toItem } from './spec/item.js'
export { addItem, moveItem, removeItem, renameKey } from './spec/item-changes.js'
export { toItemTitle } from './spec/item-title.js'
export { isFilledBySignIn, type OAuthOption, oauthOptionOf } from './spec/oauth.js'
export { getIn, type Path, type PlainObject, setIn, toPathKey } from './spec/path.js'
export { parseRichText, type RichNode } from './spec/rich-text.js'
export { type FormSpec, specToForm } from './spec/spec-to-form.js'
export { type Draft, toDraft } from './spec/to-draft.js'
export { toConfiguration } from './spec/to-configuration.js'
export { selectedOption, selectOption, toValues } from './spec/to-values.js'
export { validateConfiguration } from './spec/validate-configuration.js'
