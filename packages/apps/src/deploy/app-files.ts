// What of an app's folder is deployed. The same for every target, so that what is left out is left out everywhere.
import { readdir } from 'node:fs/promises'
import { join } from 'node:path'

const left = new Set(['node_modules', '.next', '.git', 'kept', '.opsai', '.vercel', 'next-env.d.ts', '.DS_Store'])

/** Whether a file or folder of this name stays behind: what is installed or built, and everything that may hold secrets. */
export const isLeftOut = (name: string): boolean =>
  left.has(name) || name === '.env' || name.startsWith('.env.') || name === '.npmrc' || name.endsWith('.tsbuildinfo')

/** The paths of an app's own files, sorted. Links are not followed: they may lead out of the folder. */
export async function listAppFiles(directory: string): Promise<string[]> {
  const files: string[] = []
  const walk = async (below: string): Promise<void> => {
    for (const entry of await readdir(join(directory, below), { withFileTypes: true })) {
      if (isLeftOut(entry.name)) continue
      const path = below ? `${below}/${entry.name}` : entry.name
      if (entry.isDirectory()) await walk(path)
      else if (entry.isFile()) files.push(path)
    }
  }
  await walk('')
  return files.sort()
}
