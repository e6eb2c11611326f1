// Reading and writing one place in a configuration tree, without touching what came in.

type Tree = Readonly<Record<string, unknown>>

export const isTree = (value: unknown): value is Tree =>
  typeof value === 'object' && value !== null && !Array.isArray(value)

/** The value at a path, or nothing. */
export function readAt(tree: unknown, path: readonly string[]): unknown {
  return path.reduce<unknown>((at, key) => (isTree(at) && Object.hasOwn(at, key) ? at[key] : undefined), tree)
}

/** A copy with the value at the path; objects on the way are made. */
export function writeAt(tree: Tree, [key, ...rest]: readonly string[], value: unknown): Record<string, unknown> {
  if (key === undefined) return { ...tree }
  const inner = Object.hasOwn(tree, key) && isTree(tree[key]) ? tree[key] : {}
  return { ...tree, [key]: rest.length === 0 ? value : writeAt(inner, rest, value) }
}
