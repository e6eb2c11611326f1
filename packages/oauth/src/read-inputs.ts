import { isObject } from './is-object.js'
import type { OAuthSpec } from './oauth-spec.js'

/**
 * What the templates need of a connector's configuration, as text. What is not there is left out.
 *
 * @example
 * readInputs(spec, { credentials: { tenant_id: 'common' } }) // { tenant_id: 'common' }
 */
export function readInputs({ inputs }: Pick<OAuthSpec, 'inputs'>, configuration: unknown): Record<string, string> {
  return Object.fromEntries(
    inputs.flatMap(({ name, path }) => {
      const value = path.reduce(valueAt, configuration)
      return ['string', 'number', 'boolean'].includes(typeof value) ? [[name, String(value)]] : []
    }),
  )
}

function valueAt(of: unknown, key: string): unknown {
  return isObject(of) && Object.hasOwn(of, key) ? of[key] : undefined
}
