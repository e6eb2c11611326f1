// What was written, by hash: the next time it tells a file somebody has edited from one that is as it was written.
import type { Adviser } from '../choose/advice.js'
import { shortHash } from '../code/hash.js'
import type { Files } from '../facts.js'

/** The folder that is rewritten. All outside of it is the app's owner's. */
export const generatedFolder = 'generated/'
export const manifestPath = `${generatedFolder}manifest.json`

export interface Manifest {
  /** Of this file; rises when what is generated needs another \`lib/\`. */
  format: 1
  /** Who chose the dashboard's charts and headings. */
  advisedBy: Adviser
  /** Path → SHA-256. */
  files: Readonly<Record<string, string>>
}

export const hashFile = (content: string): string => shortHash(content, 64)

export function toManifest(files: Files, advisedBy: Adviser = 'rules'): Manifest {
  const generated = Object.keys(files).filter((path) => path.startsWith(generatedFolder) && path !== manifestPath)
  const hashes = generated.sort().map((path) => [path, hashFile(files[path] ?? '')])
  return { format: 1, advisedBy, files: Object.fromEntries(hashes) as Manifest['files'] }
}

export const printManifest = (manifest: Manifest): string => `${JSON.stringify(manifest, null, 2)}\n`

/** A manifest as it was found; undefined where it is none of ours. */
export function parseManifest(text: string): Manifest | undefined {
  try {
    const { format, advisedBy, files } = JSON.parse(text) as Partial<Manifest>
    if (format !== 1 || typeof files !== 'object' || files === null) return undefined
    const entries = Object.entries(files).filter(([, hash]) => typeof hash === 'string')
    const by = advisedBy === 'openai' || advisedBy === 'claude' ? advisedBy : 'rules'
    return { format, advisedBy: by, files: Object.fromEntries(entries) }
  } catch {
    return undefined
  }
}
