// A copy of PostgreSQL's programs that every user can run.
import { randomUUID } from 'node:crypto'
import { chmod, cp, mkdir, readFile, readdir, rename, rm, stat, symlink } from 'node:fs/promises'
import { basename, dirname, join } from 'node:path'

/** npm packages cannot hold symlinks: an install script makes them, and some installs never run it. */
export async function addSymlinks(native: string): Promise<void> {
  const text = await readFile(join(native, 'pg-symlinks.json'), 'utf8').catch(() => '[]')
  const links = JSON.parse(text) as { source: string; target: string }[]
  const ignoreExisting = (error: NodeJS.ErrnoException) => {
    if (error.code !== 'EEXIST') throw error
  }
  for (const { source, target } of links) {
    await symlink(basename(source), join(dirname(native), target)).catch(ignoreExisting)
  }
}

/** Copies under another name and renames, so that half a copy is never taken for a whole one. */
export async function copyOnce(native: string, target: string): Promise<string> {
  const copy = join(target, 'native')
  if (await stat(copy).catch(() => undefined)) return copy
  const draft = `${target}.${randomUUID()}`
  await mkdir(draft, { recursive: true })
  await cp(native, join(draft, 'native'), { recursive: true, verbatimSymlinks: true })
  await addSymlinks(join(draft, 'native'))
  await openToAll(draft)
  await rename(draft, target).catch(() => rm(draft, { recursive: true, force: true }))
  return copy
}

async function openToAll(directory: string): Promise<void> {
  await chmod(directory, 0o755)
  for (const entry of await readdir(directory, { withFileTypes: true })) {
    const path = join(directory, entry.name)
    if (entry.isDirectory()) await openToAll(path)
    else if (entry.isFile()) await chmod(path, ((await stat(path)).mode & 0o100) === 0 ? 0o644 : 0o755)
  }
}
