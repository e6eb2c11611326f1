// What a sign-in needs of a configuration before it begins: Airbyte's `oAuthInputConfiguration`, values by name.
import { OAuthError, type OAuthSpec } from '@opsai/oauth'
import { Problem } from '../api/problem.js'
import { mask } from '../secrets/mask.js'
import type { JsonObject } from '../secrets/schema.js'
import { valueAt } from './oauth-apps.js'

/** The inputs that the templates may use, as text. */
export function toInputs({ inputs }: Pick<OAuthSpec, 'inputs'>, input: JsonObject): Record<string, string> {
  return Object.fromEntries(
    inputs.flatMap(({ name }) => {
      const value = Object.hasOwn(input, name) ? input[name] : undefined
      return ['string', 'number', 'boolean'].includes(typeof value) ? [[name, String(value)]] : []
    }),
  )
}

/** An input where each mask is what the stored configuration has there: how a stored source is signed in to again. */
export function unmaskInput(spec: OAuthSpec, input: JsonObject, stored: JsonObject): JsonObject {
  const places = new Map([...spec.inputs, ...spec.serverOutputs].map(({ name, path }) => [name, path]))
  return Object.fromEntries(
    Object.entries(input).flatMap(([name, value]) => {
      if (value !== mask) return [[name, value]]
      const kept = valueAt(stored, places.get(name) ?? [name])
      return kept === undefined ? [] : [[name, kept]]
    }),
  )
}

/** Says which input is to blame where a URL or a request cannot be made of them. */
export function withProblems<T>(make: () => T): T {
  try {
    return make()
  } catch (error) {
    if (error instanceof OAuthError) throw new Problem('unprocessable-entity', error.message)
    throw error
  }
}
