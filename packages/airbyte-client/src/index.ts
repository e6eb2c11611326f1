// Everything of `@opsai/airbyte-client` that is public. The zod schemas behind the types: `@opsai/airbyte-client/schemas`.
export { createAirbyteClient, type AirbyteClient, type AirbyteClientOptions } from './client.js'
export { AirbyteError, isAirbyteError, type AirbyteErrorCode, type AirbyteErrorFacts } from './airbyte-error.js'
export type { AirbyteAuth } from './access-token.js'
export type { CallOptions } from './request.js'
export type { NewWorkspace } from './resources/workspaces.js'
export type { NewSource, SourcePatch } from './resources/sources.js'
export type { NewDestination } from './resources/destinations.js'
export type { NewConnection, ConnectionPatch, Schedule } from './resources/connections.js'
export type { ConsentRequest, OAuthCompletion } from './resources/oauth.js'
export type {
  AdvancedAuth,
  Capabilities,
  Check,
  Connection,
  Destination,
  DestinationDefinition,
  DiscoveredStream,
  Discovery,
  FailureReason,
  Job,
  JobDetail,
  JobStatus,
  SampleRows,
  Source,
  SourceDefinition,
  SourceSpec,
  StreamConfiguration,
  SyncMode,
  Workspace,
} from './schemas.js'
