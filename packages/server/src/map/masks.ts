// Airbyte shows a stored secret as one of three masks, and takes back only one of them. Pure.
import type { FieldError } from '@opsai/contract'

/** What Airbyte shows for a secret in a configuration, and reads on PUT as "keep the stored one". */
export const MASK = '**********'
/** What it shows for values of its own after a sign-in. */
const SERVER_MASK = '******'

type Tree = Readonly<Record<string, unknown>>
type Path = readonly string[]

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

/** How an edit reaches Airbyte so that every secret the user did not touch stays byte for byte. */
export type Edit =
  /** PUT: ten stars keep what is stored. */
  | { kind: 'replace'; configuration: Record<string, unknown> }
  /** PATCH of what changed: what is not sent stays. The only way where a list holds secrets, for PUT would store the stars. */
  | { kind: 'patch'; configuration: Record<string, unknown> }
  /** Neither can do it: these secrets must be typed again. */
  | { kind: 'refused'; fieldErrors: FieldError[] }

/**
 * @param stored the configuration as Airbyte answers it, masks and all
 * @param wanted what the user sent back
 */
export function planEdit(stored: Tree, wanted: Tree): Edit {
  const before = toMasked(stored)
  const after = toMasked(wanted)
  const groundless = listMasks(after).filter((path) => at(before, path) !== MASK)
  if (groundless.length > 0) return refused(groundless)
  const lists = listMaskedLists(after)
  if (lists.length === 0) return { kind: 'replace', configuration: after }
  const changed = lists.filter((path) => !equal(at(before, path), at(after, path)))
  const maskedIn = (paths: readonly Path[]) => paths.flatMap((path) => listMasks(at(after, path), path))
  if (changed.length > 0) return refused(maskedIn(changed))
  if (removesAnything(before, after)) return refused(maskedIn(lists))
  return { kind: 'patch', configuration: toDifference(before, after) }
}

const refused = (paths: readonly Path[]): Edit => ({
  kind: 'refused',
  fieldErrors: paths.map((path) => ({
    path: ['configuration', ...path],
    code: 'secret_needed',
    message: 'must be typed again: this change can’t keep the stored one',
  })),
})

function listMasks(value: unknown, path: Path = []): Path[] {
  if (value === MASK) return [path]
  if (typeof value !== 'object' || value === null) return []
  return Object.entries(value).flatMap(([key, inner]) => listMasks(inner, [...path, key]))
}

/** The outermost lists that hold a mask. */
function listMaskedLists(value: unknown, path: Path = []): Path[] {
  if (Array.isArray(value)) return listMasks(value).length > 0 ? [path] : []
  if (!isTree(value)) return []
  return Object.entries(value).flatMap(([key, inner]) => listMaskedLists(inner, [...path, key]))
}

const at = (value: unknown, path: Path): unknown =>
  path.reduce<unknown>(
    (inner, key) =>
      typeof inner === 'object' && inner !== null && Object.hasOwn(inner, key) ? (inner as Tree)[key] : undefined,
    value,
  )

function equal(a: unknown, b: unknown): boolean {
  if (a === b) return true
  if (typeof a !== 'object' || typeof b !== 'object' || a === null || b === null) return false
  if (Array.isArray(a) !== Array.isArray(b)) return false
  const keys = Object.keys(a)
  if (keys.length !== Object.keys(b).length) return false
  return keys.every((key) => Object.hasOwn(b, key) && equal((a as Tree)[key], (b as Tree)[key]))
}

const removesAnything = (before: Tree, after: Tree): boolean =>
  Object.entries(before).some(([key, old]) => {
    if (!Object.hasOwn(after, key)) return true
    const now = after[key]
    return isTree(old) && isTree(now) && removesAnything(old, now)
  })

function toDifference(before: Tree, after: Tree): Record<string, unknown> {
  const changed = Object.entries(after).filter(([key, now]) => !Object.hasOwn(before, key) || !equal(before[key], now))
  return Object.fromEntries(
    changed.map(([key, now]) => {
      const old = Object.hasOwn(before, key) ? before[key] : undefined
      return [key, isTree(old) && isTree(now) ? toDifference(old, now) : now]
    }),
  )
}
