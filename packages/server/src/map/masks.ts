// Airbyte shows a stored secret as one of three masks, and takes back only one of them. Pure.

/** What Airbyte shows for a secret in a configuration, and reads on PUT as "keep the stored one". */
export const MASK = '**********'
/** What it shows for values of its own after a sign-in. */
const SERVER_MASK = '******'

type Tree = Readonly<Record<string, unknown>>

const isTree = (value: unknown): value is Tree => typeof value === 'object' && value !== null && !Array.isArray(value)

export const isMask = (value: unknown): boolean => value === MASK || value === SERVER_MASK

/** Where a secret is stored, instead of the secret: as text, or as an object in its place. */
const isCoordinate = (value: unknown): boolean =>
  typeof value === 'string'
    ? /^(secret_coordinate::|airbyte_(workspace|oauth_workspace)_)/.test(value)
    : isTree(value) && (Object.hasOwn(value, '_secret') || Object.hasOwn(value, '_secret_reference_id'))

function mapTree(value: unknown, change: (value: unknown) => unknown): unknown {
  const changed = change(value)
  if (changed !== value) return changed
  if (Array.isArray(value)) return value.map((item) => mapTree(item, change))
  if (!isTree(value)) return value
  return Object.fromEntries(Object.entries(value).map(([key, inner]) => [key, mapTree(inner, change)]))
}

/** A configuration of Airbyte's as a browser may see it: whatever stands for a secret is ten stars. */
export const toMasked = (configuration: Tree): Record<string, unknown> =>
  mapTree(configuration, (value) => (isMask(value) || isCoordinate(value) ? MASK : value)) as Record<string, unknown>

/** A configuration without what stands for a secret: what is left is known, and may be sent elsewhere. */
export const withoutMasks = (configuration: Tree): Record<string, unknown> =>
  drop(configuration) as Record<string, unknown>

function drop(value: unknown): unknown {
  if (Array.isArray(value)) return value.filter(isKnown).map(drop)
  if (!isTree(value)) return value
  return Object.fromEntries(
    Object.entries(value)
      .filter(([, inner]) => isKnown(inner))
      .map(([key, inner]) => [key, drop(inner)]),
  )
}

const isKnown = (value: unknown) => !isMask(value) && !isCoordinate(value)
