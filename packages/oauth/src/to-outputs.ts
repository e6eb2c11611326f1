import type { OAuthOutput } from './oauth-spec.js'

interface Property {
  path_in_connector_config?: string[]
  path_in_oauth_response?: string[]
}

/**
 * What to take out of the provider's answer: `extract_output`, each under the last name of its path, as Airbyte does; the
 * connector's own output specification where there is none, and the refresh token where there is neither.
 */
export function toOutputs(extract: readonly string[] | undefined, properties: Record<string, Property>): OAuthOutput[] {
  if (extract && extract.length > 0) {
    return extract.map((written) => {
      const answerPath = toAnswerPath(written)
      const name = answerPath.findLast((key) => typeof key === 'string') ?? written
      return withPlace({ name, answerPath }, placeOf(name, answerPath, properties))
    })
  }
  const declared = Object.entries(properties)
    // A date is made of the expiry, see `readTokens`.
    .filter(([name]) => name !== 'token_expiry_date')
    .map(([name, property]) => {
      return withPlace(
        { name, answerPath: property.path_in_oauth_response ?? [name] },
        property.path_in_connector_config,
      )
    })
  return declared.length > 0 ? declared : [{ name: 'refresh_token', answerPath: ['refresh_token'] }]
}

/** `$.data.tokens[0].access_token`, `data['access_token']` or just a name. */
export function toAnswerPath(written: string): (string | number)[] {
  const parts = written.replace(/^\$\.?/, '').matchAll(/\[(\d+)\]|\[['"]([^'"]*)['"]\]|([^.[\]]+)/g)
  return [...parts].map(([, index, quoted, name]) => (index === undefined ? (quoted ?? name ?? '') : Number(index)))
}

/** By its name, or by where the connector says that it is in the answer. */
function placeOf(name: string, answerPath: readonly (string | number)[], properties: Record<string, Property>) {
  if (Object.hasOwn(properties, name)) return properties[name]?.path_in_connector_config
  const at = answerPath.join('.')
  return Object.values(properties).find(({ path_in_oauth_response: path }) => path?.join('.') === at)
    ?.path_in_connector_config
}

const withPlace = (output: OAuthOutput, path: string[] | undefined): OAuthOutput =>
  path ? { ...output, path } : output
