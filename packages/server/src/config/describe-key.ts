import { EnvironmentKeys, type EnvironmentKey } from './environment-keys.js'
import { keyFacts, type KeyFacts } from './key-facts.js'

/** All that is said of a setting wherever it is shown. */
export interface KeyDescription extends KeyFacts {
  key: EnvironmentKey
  description: string
  /** What it is where nothing is set. */
  byDefault?: string
}

/** @throws Error where a setting was added without a description or a group. */
export function describeKey(key: EnvironmentKey): KeyDescription {
  const schema = EnvironmentKeys.shape[key]
  const facts = keyFacts.get(schema)
  if (!schema.description || !facts) throw new Error(`${key} has no description.`)
  const byDefault = schema.safeParse(undefined).data
  return {
    key,
    description: schema.description,
    ...facts,
    ...(byDefault !== undefined && { byDefault: String(byDefault) }),
  }
}
