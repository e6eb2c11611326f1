import type { Connector } from './connector.js'
import { defaultConnectors } from './default-connectors.js'

/** The connectors one engine offers. */
export interface ConnectorRegistry {
  list(): Connector[]
  get(definitionId: string): Connector | undefined
}

/**
 * Makes a registry.
 * @param connectors the connectors to offer; by default all that come with the engine
 * @throws when two connectors share a definition id
 * @example
 * const registry = createConnectorRegistry([createPostgresConnector()])
 * registry.get('decd338e-5647-4c0b-adf4-da0e75f5a750')?.name // 'Postgres'
 * registry.list().length // 1
 */
export function createConnectorRegistry(connectors: Connector[] = defaultConnectors()): ConnectorRegistry {
  const byId = new Map<string, Connector>()
  for (const connector of connectors) {
    const other = byId.get(connector.definitionId)
    if (other) throw new Error(`${connector.name} and ${other.name} share the definition id ${connector.definitionId}`)
    byId.set(connector.definitionId, connector)
  }
  return { list: () => [...byId.values()], get: (definitionId) => byId.get(definitionId) }
}
