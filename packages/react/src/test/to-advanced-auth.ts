import type { AdvancedAuth } from '@opsai/contract'
import { isObject } from '../spec/path.js'

/** `advanced_auth` of a registry (snake case) as the API says it. */
export function toAdvancedAuth(registered: unknown): AdvancedAuth | undefined {
  const auth = camelCased(registered)
  return isObject(auth) ? (auth as AdvancedAuth) : undefined
}

// Names of properties are a connector's own words: they stay as they are.
const camelCased = (value: unknown): unknown =>
  isObject(value)
    ? Object.fromEntries(
        Object.entries(value).map(([key, inner]) => [
          toCamelCase(key),
          key === 'properties' ? inner : camelCased(inner),
        ]),
      )
    : value

const toCamelCase = (key: string): string =>
  key.replaceAll(/_([a-z])/g, (_, letter: string) => letter.toUpperCase()).replace('Oauth', 'OAuth')
