// The embedded engine on its own port, as a self-managed Airbyte would answer.
import { defaultConnectors, listenEngine } from '@opsai/engine'
import type { KeptKeys } from './kept-keys.js'
import { acmeClientId } from './sandbox.js'
import type { DevSettings } from './settings.js'

export interface EmbeddedEngine {
  url: string
  stop(): Promise<void>
}

/** Starts it with the sandbox SaaS among its connectors. */
export async function startEmbeddedEngine(options: {
  settings: DevSettings
  keys: KeptKeys
  databaseUrl: string
}): Promise<EmbeddedEngine> {
  const { settings, keys, databaseUrl } = options
  const { engine: port, sandbox } = settings.ports
  const engine = await listenEngine({
    port,
    databaseUrl,
    encryptionKey: keys.engineEncryptionKey,
    connectors: defaultConnectors({ acmeCrmBaseUrl: `http://localhost:${sandbox}` }),
    oauthApps: { 'acme-crm': { clientId: acmeClientId, clientSecret: keys.acmeClientSecret } },
  })
  return { url: `http://127.0.0.1:${port}`, stop: () => engine.close() }
}
