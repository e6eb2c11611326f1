import type { OAuthOutput } from '../connector/connector.js'
import { isObject, type JsonObject } from '../secrets/schema.js'

/** A copy of `configuration` with each value at the path its specification names. */
export function placeOutputs(configuration: JsonObject, outputs: OAuthOutput, values: JsonObject): JsonObject {
  return Object.entries(outputs.properties).reduce((placed, [key, { path_in_connector_config: path }]) => {
    return values[key] === undefined ? placed : setAt(placed, path, values[key])
  }, configuration)
}

function setAt(target: JsonObject, [key, ...rest]: string[], value: unknown): JsonObject {
  if (key === undefined) return target
  const inner = target[key]
  return { ...target, [key]: rest.length === 0 ? value : setAt(isObject(inner) ? inner : {}, rest, value) }
}

/** What is at a path; `undefined` for nothing. */
export function getAt(target: JsonObject, path: string[]): unknown {
  return path.reduce<unknown>((part, key) => (isObject(part) ? part[key] : undefined), target)
}
