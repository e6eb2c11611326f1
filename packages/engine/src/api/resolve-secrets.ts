import { coordinatesOf, referencedCoordinates, resolveCoordinates } from '../secrets/coordinates.js'
import type { JsonObject } from '../secrets/schema.js'
import type { Actor } from '../store/actors.js'
import type { Queryable } from '../store/database.js'
import { Problem } from './problem.js'
import type { Services } from './services.js'

/**
 * A configuration whose secret coordinates are the secrets they name, of this workspace and no other (trap 6).
 * Throws a 422 problem for one that the workspace does not have, whether another has it or not.
 */
export async function resolveSecrets(
  services: Services,
  { spec, configuration, workspaceId }: { spec: JsonObject; configuration: JsonObject; workspaceId: string },
  tx: Queryable,
): Promise<JsonObject> {
  const wanted = referencedCoordinates(spec, configuration)
  if (wanted.length === 0) return configuration
  const secrets = new Map<string, unknown>()
  for (const kind of ['source', 'destination'] as const) {
    for (const actor of await services.actors.list(kind, [workspaceId], { limit: 10_000, offset: 0 }, tx)) {
      for (const [coordinate, secret] of secretsOf(services, actor)) secrets.set(coordinate, secret)
    }
  }
  if (wanted.every((coordinate) => secrets.has(coordinate))) return resolveCoordinates(spec, configuration, secrets)
  throw new Problem(
    'unprocessable-entity',
    'The configuration refers to a secret that is not stored in this workspace. Send the secret itself.',
  )
}

function secretsOf({ registry, destinationKinds }: Services, actor: Actor): Map<string, unknown> {
  const spec =
    registry.get(actor.definitionId)?.spec.connectionSpecification ??
    destinationKinds.find((it) => it.definitionId === actor.definitionId)?.connectionSpecification
  return spec ? coordinatesOf(spec, actor.configuration, actor) : new Map<string, unknown>()
}
