import { createActorActions } from './actor-actions.js'
import { findDestinationKind, type Services } from './services.js'

/** Makes, edits and removes destinations, by the same rules as sources. */
export function createDestinationActions(services: Services) {
  return createActorActions(services, {
    kind: 'destination',
    typeKey: 'destinationType',
    specOf: (definitionId) => findDestinationKind(services, definitionId).connectionSpecification,
    definitionOf: (type) => services.destinationKinds.find((it) => it.destinationType === type)?.definitionId,
  })
}
