import type { Connector } from '../../connector/connector.js'
import type { Actor } from '../../store/actors.js'
import type { DestinationKind } from '../destination-kind.js'
import { unknownId } from '../problem.js'
import type { Services } from '../services.js'

/** A source definition by its id. @throws UnknownId, where the public API speaks of a value that was not found */
export function requireConnector({ registry }: Services, definitionId: string): Connector {
  const connector = registry.get(definitionId)
  if (!connector) throw unknownId('source definition')
  return connector
}

/** A destination definition by its id. @throws UnknownId */
export function requireKind({ destinationKinds }: Services, definitionId: string): DestinationKind {
  const kind = destinationKinds.find((it) => it.definitionId === definitionId)
  if (!kind) throw unknownId('destination definition')
  return kind
}

/** A stored destination and what kind it is of. @throws UnknownId */
export async function findDestination(
  services: Services,
  destinationId: string,
): Promise<{ destination: Actor; kind: DestinationKind }> {
  const destination = await services.actors.get('destination', destinationId)
  if (!destination) throw unknownId('destination')
  return { destination, kind: requireKind(services, destination.definitionId) }
}
