// The embedded engine on its own port, as a self-managed Airbyte would answer.
import { createAcmeCrmConnector, createConnectorRegistry, defaultConnectors, listenEngine } from '@opsai/engine'
import { pino } from 'pino'
import type { KeptKeys } from './kept-keys.js'
import { acmeClientId } from './sandbox.js'
import type { DevSettings } from './settings.js'

export interface EmbeddedEngineOptions {
  settings: DevSettings
  keys: KeptKeys
  databaseUrl: string
}
