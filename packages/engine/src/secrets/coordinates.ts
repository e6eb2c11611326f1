// Airbyte keeps secrets apart from configurations and can name the place of one: its coordinate. Here a secret lies in
// its actor's sealed configuration, so its coordinate is made from whose it is and where, and resolved by looking.
import { createHash } from 'node:crypto'
import { mapSecrets, type SecretPath } from './mask.js'
import { isObject, type JsonObject } from './schema.js'

const prefix = 'secret_coordinate::'

/** Whose configuration a secret is in. */
export interface SecretOwner {
  workspaceId: string
  actorId: string
}

/** A copy of `configuration` with `secret_coordinate::…` instead of each secret (`includeSecretCoordinates`). */
export function showCoordinates(spec: JsonObject, configuration: JsonObject, owner: SecretOwner): JsonObject {
  return mapSecrets(spec, configuration, (_, path) => prefix + coordinateOf(owner, path))
}

/** Coordinate → secret, of one configuration. */
export function coordinatesOf(spec: JsonObject, configuration: JsonObject, owner: SecretOwner): Map<string, unknown> {
  const found = new Map<string, unknown>()
  mapSecrets(spec, configuration, (value, path) => {
    found.set(coordinateOf(owner, path), value)
    return value
  })
  return found
}

/**
 * The coordinates that a configuration names where a secret belongs: `secret_coordinate::…`, or an object with
 * `_secret`. Anywhere else they are plain values, so that no secret ends up in a field that is shown.
 */
export function referencedCoordinates(spec: JsonObject, configuration: JsonObject): string[] {
  const found: string[] = []
  mapSecrets(spec, configuration, (value) => {
    const coordinate = toCoordinate(value)
    if (coordinate !== undefined) found.push(coordinate)
    return value
  })
  return found
}

/** A copy of `configuration` with the secrets that its coordinates name. */
export function resolveCoordinates(
  spec: JsonObject,
  configuration: JsonObject,
  secrets: ReadonlyMap<string, unknown>,
): JsonObject {
  return mapSecrets(spec, configuration, (value) => {
    const coordinate = toCoordinate(value)
    return coordinate === undefined ? value : secrets.get(coordinate)
  })
}

function toCoordinate(value: unknown): string | undefined {
  if (typeof value === 'string') return value.startsWith(prefix) ? value.slice(prefix.length) : undefined
  if (!isObject(value)) return undefined
  const reference = value._secret ?? value._secret_reference_id
  return typeof reference === 'string' ? reference : undefined
}

/** In the form of Airbyte's own, `airbyte_workspace_<workspace>_secret_<uuid>_v1`. */
function coordinateOf({ workspaceId, actorId }: SecretOwner, path: SecretPath): string {
  const digest = createHash('sha256')
    .update(JSON.stringify([workspaceId, actorId, path]))
    .digest('hex')
  const uuid = digest.replace(/^(.{8})(.{4})(.{4})(.{4})(.{12}).*$/, '$1-$2-$3-$4-$5')
  return `airbyte_workspace_${workspaceId}_secret_${uuid}_v1`
}
