// Where root keeps what an unprivileged user must be able to reach.
import { chmod, mkdir, stat } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { RunUser } from './run-user.js'
import { canReach } from './reach.js'

/**
 * A directory of ours that `user` can enter, made if need be: `/var/lib` outlives a reboot, the temp folder
 * is second.
 */
export async function openPlace(user: RunUser, parents = ['/var/lib', tmpdir()]): Promise<string | undefined> {
  for (const parent of parents) {
    const place = join(parent, 'opsai-postgres')
    const made = await mkdir(place, { recursive: true, mode: 0o711 })
      .then(() => chmod(place, 0o711))
      .then(
        () => true,
        () => false,
      )
    if (made && (await isOurs(place)) && (await canReach(place, user))) return place
  }
  return undefined
}

// In a world-writable parent somebody else may have made it first and put their own binaries there.
async function isOurs(place: string): Promise<boolean> {
  const { uid, mode } = await stat(place)
  return uid === process.getuid?.() && (mode & 0o022) === 0
}
