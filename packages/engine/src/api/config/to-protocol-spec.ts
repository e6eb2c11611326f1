// A connector's spec as the Airbyte Protocol writes it: `advanced_auth` in snake_case, where the API says camelCase
// (trap 20).
import type { Services } from '../services.js'
import { requireKind } from './find-kind.js'
import { withoutDeclaration } from './to-advanced-auth.js'

/** @throws UnknownId */
export function toProtocolSpec(services: Services, definitionId: string) {
  const connector = services.registry.get(definitionId)
  if (!connector) {
    const kind = requireKind(services, definitionId)
    return {
      protocol_version: '0.2.0',
      documentationUrl: kind.documentationUrl,
      connectionSpecification: kind.connectionSpecification,
      supported_destination_sync_modes: supportedDestinationSyncModes,
    }
  }
  const { documentationUrl, connectionSpecification, advanced_auth: auth } = connector.spec
  return {
    protocol_version: '0.2.0',
    ...(documentationUrl && { documentationUrl }),
    connectionSpecification,
    ...(auth && { advanced_auth: withoutDeclaration(auth) }),
  }
}

/** What the destination can do with a stream's rows. */
export const supportedDestinationSyncModes = ['overwrite', 'append', 'append_dedup']
