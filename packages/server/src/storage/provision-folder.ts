// Files in a folder of this machine: for development, and for a platform that is one machine. Whoever runs as the same user
// of the machine reaches every tenant's.
import { lstat, mkdir, rm } from 'node:fs/promises'
import { join, resolve } from 'node:path'
import type { Provisioner } from '../tenants/provisioner.js'
import { assertSlug } from './names.js'

export function provisionFolder(folder: string): Provisioner {
  const root = resolve(folder)
  const of = (slug: string) => join(root, assertSlug(slug))
  return {
    part: 'storage',
    need: 'extra',
    repeats: 'safely',
    place: root,
    ensure: async ({ slug }) => {
      await mkdir(of(slug), { recursive: true, mode: 0o700 })
      return {}
    },
    inspect: async ({ slug }) => {
      const found = await lstat(of(slug)).catch(() => undefined)
      if (!found) return { state: 'absent' }
      if (!found.isDirectory()) return { state: 'wrong', what: 'something else than a folder is in its place' }
      return found.mode & 0o077 ? { state: 'wrong', what: 'others may read the folder' } : { state: 'present' }
    },
    rotate: () => Promise.resolve({}),
    // Of a link that was put in its place, the link goes and nothing behind it.
    remove: ({ slug }) => rm(of(slug), { recursive: true, force: true }),
    toEnv: ({ slug }) => ({ STORAGE_PROVIDER: 'local', STORAGE_PATH: of(slug) }),
  }
}
