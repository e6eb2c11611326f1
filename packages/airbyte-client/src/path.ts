// Ids become parts of paths. One that is empty or a dot would silently address the list above it (`DELETE /sources/`).
import { AirbyteError } from './airbyte-error.js'

/** A path below a door's root, or why there is none: the call then rejects with that. */
export type Path = string | AirbyteError

/**
 * Builds a path; each value is one segment, encoded.
 *
 * @example
 * at`workspaces/${workspaceId}/definitions/sources/${definitionId}`
 */
export function at(fixed: TemplateStringsArray, ...ids: readonly (string | number)[]): Path {
  const wrong = ids.map(String).filter((id) => /^(\.{0,2}|undefined|null|NaN)$/.test(id))
  if (wrong.length > 0) {
    return new AirbyteError(`"${wrong[0]}" is no id, so nothing was asked of Airbyte: give the id of one thing.`, {
      code: 'invalid',
      nothingDone: true,
    })
  }
  return String.raw({ raw: fixed }, ...ids.map((id) => encodeURIComponent(id)))
}
