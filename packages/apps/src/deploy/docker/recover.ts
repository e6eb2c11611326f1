// A process that died while it wrote an app has left it half, beside its place or in the way to it, with its settings in it.
import { readdir, rename, rm } from 'node:fs/promises'
import { basename, dirname, join } from 'node:path'

/** Puts back what was moved aside and has nothing in its place, and clears the rest. Whoever calls holds the app's lock. */
export async function recover(folder: string): Promise<void> {
  const parent = dirname(folder)
  const name = basename(folder)
  const beside: string[] = await readdir(parent).catch(() => [])
  // A name has no dots: what has is of no other app.
  const left = beside.filter((one) => one.startsWith(`${name}.`) && /\.(new|old)$/.test(one)).sort()
  const former = left.filter((one) => one.endsWith('.old')).pop()
  if (former !== undefined && !beside.includes(name)) await rename(join(parent, former), folder)
  for (const one of left) await rm(join(parent, one), { recursive: true, force: true })
}
