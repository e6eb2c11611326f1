// How an edited configuration reaches Airbyte: what the user did not touch stays, and nothing stored goes elsewhere. Pure.
import type { FieldError } from '@opsai/contract'
import { MASK, toMasked } from './masks.js'
import { findMovedSecrets } from './moved-secrets.js'

type Tree = Readonly<Record<string, unknown>>
type Path = readonly string[]

const isTree = (value: unknown): value is Tree => typeof value === 'object' && value !== null && !Array.isArray(value)

/** How an edit reaches Airbyte so that every secret the user did not touch stays byte for byte. */
export type Edit =
  /** PUT: ten stars keep what is stored. */
  | { kind: 'replace'; configuration: Record<string, unknown> }
  /** PATCH of what changed: what is not sent stays. The only way where a list holds secrets, for PUT would store the stars. */
  | { kind: 'patch'; configuration: Record<string, unknown> }
  /** Neither can do it: these secrets must be typed again. */
  | { kind: 'refused'; fieldErrors: FieldError[] }

/**
 * @param specification the connector's `connectionSpecification`, to know an address by
 * @param stored the configuration as Airbyte answers it, masks and all
 * @param wanted what the user sent back
 */
export function planEdit(specification: unknown, stored: Tree, wanted: Tree): Edit {
  const before = toMasked(stored)
  const after = toMasked(wanted)
  const groundless = listMasks(after).filter((path) => at(before, path) !== MASK)
  if (groundless.length > 0) return refused(groundless)
  const moved = findMovedSecrets(specification, before, after)
  if (moved.length > 0) return { kind: 'refused', fieldErrors: moved }
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

/** Where a configuration still has stars. */
export function listMasks(value: unknown, path: Path = []): Path[] {
  if (value === MASK) return [path]
  if (typeof value !== 'object' || value === null) return []
  return Object.entries(value).flatMap(([key, inner]) => listMasks(inner, [...path, key]))
}

/** Those of them that Airbyte would not fill in, as they stand in lists. */
export const listMasksInLists = (value: unknown): Path[] =>
  listMaskedLists(value).flatMap((path) => listMasks(at(value, path), path))

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
