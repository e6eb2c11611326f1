// A source or a destination as the Config API tells it: secrets as ten stars.
import type { Connector } from '../../connector/connector.js'
import { maskSecrets } from '../../secrets/mask.js'
import type { Actor } from '../../store/actors.js'
import type { DestinationKind } from '../destination-kind.js'

const shared = {
  isVersionOverrideApplied: false,
  isEntitled: true,
  supportState: 'supported',
  status: 'active',
} as const

export function toSourceRead(source: Actor, connector: Connector) {
  return {
    sourceDefinitionId: source.definitionId,
    sourceId: source.actorId,
    workspaceId: source.workspaceId,
    connectionConfiguration: maskSecrets(connector.spec.connectionSpecification, source.configuration),
    name: source.name,
    sourceName: connector.name,
    ...(connector.icon && { icon: connector.icon }),
    createdAt: Math.floor(source.createdAt.getTime() / 1000),
    ...shared,
  }
}

export function toDestinationRead(destination: Actor, kind: DestinationKind) {
  return {
    destinationDefinitionId: destination.definitionId,
    destinationId: destination.actorId,
    workspaceId: destination.workspaceId,
    connectionConfiguration: maskSecrets(kind.connectionSpecification, destination.configuration),
    name: destination.name,
    destinationName: kind.name,
    createdAt: Math.floor(destination.createdAt.getTime() / 1000),
    ...shared,
  }
}
