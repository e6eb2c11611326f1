// Whether another user can walk to a path: a clone under a 0700 home is common in containers.
import { realpath, stat } from 'node:fs/promises'
import { dirname } from 'node:path'
import type { RunUser } from './run-user.js'

/** What `stat` says of a directory, as far as entering it goes. */
export interface Enterable {
  uid: number
  gid: number
  mode: number
}

/** POSIX directory search permission: the first class that matches decides, alone. */
export function canEnter(directory: Enterable, user: RunUser): boolean {
  if (directory.uid === user.uid) return (directory.mode & 0o100) !== 0
  if (directory.gid === user.gid) return (directory.mode & 0o010) !== 0
  return (directory.mode & 0o001) !== 0
}

/** Every directory from the root to `path`, `path` included. */
export function ancestorsOf(path: string): string[] {
  const parent = dirname(path)
  return parent === path ? [path] : [...ancestorsOf(parent), path]
}

/** Can `user` enter every directory on the way to the existing directory `path`, and `path` itself? */
export async function canReach(path: string, user: RunUser): Promise<boolean> {
  const stats = await Promise.all(ancestorsOf(await realpath(path)).map((directory) => stat(directory)))
  return stats.every((directory) => canEnter(directory, user))
}
