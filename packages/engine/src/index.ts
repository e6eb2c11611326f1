// Everything of `@opsai/engine` that is public.
export { createEngine, type Engine, type EngineOptions } from './engine.js'
export { listenEngine, type ListeningEngine, type ListenOptions } from './listen.js'
export { createConnectorRegistry, type ConnectorRegistry } from './connector/registry.js'
export { defaultConnectors, type DefaultConnectorsOptions } from './connector/default-connectors.js'
export { createPostgresConnector } from './native/postgres/postgres-connector.js'
export { createAcmeCrmConnector, type AcmeCrmConnectorOptions } from './native/acme-crm/acme-crm-connector.js'
export { createSampleDataConnector } from './native/sample-data/sample-data-connector.js'
export type {
  AdvancedAuth,
  CheckAnswer,
  Connector,
  ConnectorContext,
  ConnectorSpec,
  OAuthFields,
} from './connector/connector.js'
export { ConnectorError } from './connector/connector-error.js'
export { runSync, type RunSyncOptions } from './sync/run-sync.js'
export type { StreamStats } from './sync/progress.js'
export type { SyncResult } from './sync/sync-result.js'
export type { SyncStream } from './load/stream-plan.js'
export type { Credentials } from './api/access.js'
export type { RetryPolicy } from './jobs/retry-policy.js'
export type { EngineLogger } from './logger.js'
export type { OAuthApp } from './oauth/oauth-apps.js'
export type { AirbyteMessage, AirbyteStream, ConfiguredStream, JsonSchema, StreamState } from './protocol/messages.js'
