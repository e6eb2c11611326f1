// Which key of a oneOf's options says which of them holds.
import { isObject, type PlainObject } from './path.js'
import { enumOf, fixedValueOf, optionsOf, propertiesOf, propertyOf, type Schema } from './schema.js'

/** The form's own key for the selection where a spec names none. Never sent. */
export const ownDiscriminator = '$option'

export interface Discriminator {
  key: string
  /** False for `ownDiscriminator`. */
  isSent: boolean
}

/** What a branch pins a property to: its `const` or its only `enum` value. */
export function pinnedValue(branch: Schema, key: string): unknown {
  const property = propertyOf(branch, key)
  if (property === undefined) return undefined
  const fixed = fixedValueOf(property)
  if (fixed !== undefined) return fixed
  const [only, ...others] = enumOf(property)
  return others.length === 0 ? only : undefined
}

/** The first property that every branch pins to a value of its own. */
export function toDiscriminator(schema: Schema): Discriminator {
  const branches = optionsOf(schema)
  const [first] = branches
  const found = propertiesOf(first ?? {}).find(([key]) => {
    const values = branches.map((branch) => pinnedValue(branch, key))
    return values.every((value) => value !== undefined && !isObject(value)) && new Set(values).size === values.length
  })
  return found === undefined ? { key: ownDiscriminator, isSent: false } : { key: found[0], isSent: true }
}

/** The branch that a value selects, if one does. Without a discriminator, the only one whose required keys it has. */
export function toSelectedBranch(schema: Schema, value: PlainObject): Schema | undefined {
  const branches = optionsOf(schema)
  const { key, isSent } = toDiscriminator(schema)
  if (isSent) return branches.find((branch) => pinnedValue(branch, key) === value[key])
  const keysOf = (branch: Schema): string[] => propertiesOf(branch).map(([name]) => name)
  const fitting = branches.filter((branch) => Object.keys(value).every((name) => keysOf(branch).includes(name)))
  return fitting.length > 0 ? fitting[0] : undefined
}

/** The option to preselect: a string default names it, an object default holds it, else it is the first offered. */
export function toDefaultOption(schema: Schema, discriminator: Discriminator): unknown {
  const valueOf = (branch: Schema, index: number): unknown =>
    discriminator.isSent ? pinnedValue(branch, discriminator.key) : index
  const branches = optionsOf(schema)
  const values = branches.map(valueOf)
  const named = isObject(schema.default) ? schema.default[discriminator.key] : schema.default
  if (named !== undefined && values.includes(named)) return named
  const offered = branches.findIndex((branch) => branch.airbyte_hidden !== true)
  return values[Math.max(offered, 0)]
}
