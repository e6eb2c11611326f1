import { createActorActions } from './actor-actions.js'
import { findConnector, type Services } from './services.js'

/** Makes, edits and removes sources. */
export function createSourceActions(services: Services) {
  return createActorActions(services, {
    kind: 'source',
    typeKey: 'sourceType',
    specOf: (definitionId) => findConnector(services, definitionId).spec.connectionSpecification,
    definitionOf: (type) => services.registry.list().find((it) => it.sourceType === type)?.definitionId,
    spendSecret: ({ definitionId, ...spending }, tx) =>
      services.oauth.spend({ ...spending, connector: findConnector(services, definitionId) }, tx),
  })
}
