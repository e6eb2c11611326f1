// A source or destination as the public API answers it: seconds, and no secret in the clear.
import { showCoordinates } from '../secrets/coordinates.js'
import { maskSecrets } from '../secrets/mask.js'
import type { JsonObject } from '../secrets/schema.js'
import type { Actor } from '../store/actors.js'

export interface ActorView {
  /** Coordinates instead of ten stars (`includeSecretCoordinates`). */
  coordinates: boolean
}

/** `type` is empty for a connector without a public name (trap 29). Without a spec nothing is known to be no secret. */
export function toActor(actor: Actor, { spec, coordinates }: ActorView & { spec: JsonObject | undefined }) {
  const { configuration } = actor
  return {
    name: actor.name,
    definitionId: actor.definitionId,
    workspaceId: actor.workspaceId,
    configuration: spec
      ? coordinates
        ? showCoordinates(spec, configuration, actor)
        : maskSecrets(spec, configuration)
      : {},
    createdAt: Math.floor(actor.createdAt.getTime() / 1000),
  }
}
