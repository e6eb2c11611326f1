// What generating again does to an app that is there: decided here, done by whoever can write.
import type { Files } from '../facts.js'
import { shortHash } from '../code/hash.js'
import { generatedFolder, hashFile, type Manifest, manifestPath } from './manifest.js'

export interface Update {
  /** In this order; the manifest is last, so that a run that was cut short is taken up by the next. */
  write: [path: string, content: string][]
  /** Files somebody has edited: they are moved here before anything is written. */
  keep: { path: string; to: string }[]
  /** Files of streams that are gone. */
  remove: string[]
}

/**
 * Plans one update. Outside `generated/` nothing is touched. In it, a file that is neither as it was written nor as it
 * is going to be has been edited: it is kept beside the app, under a name of its content, and nothing is lost.
 *
 * @param files all of the app, as {@link generateApp} gives it
 * @param present what is below `generated/` now, by path
 * @param manifest as it is there; undefined where it is missing or unreadable: then nothing counts as unedited
 */
export function planUpdate(files: Files, present: Files, manifest: Manifest | undefined): Update {
  const wanted = Object.entries(files).filter(([path]) => path.startsWith(generatedFolder) && path !== manifestPath)
  const isEdited = (path: string) => {
    const content = present[path]
    if (content === undefined || content === files[path]) return false
    return hashFile(content) !== (manifest && Object.hasOwn(manifest.files, path) ? manifest.files[path] : undefined)
  }
  const known = Object.keys(manifest?.files ?? {}).filter(isGenerated)
  const gone = known.filter((path) => !Object.hasOwn(files, path) && Object.hasOwn(present, path)).sort()
  const edited = [...wanted.map(([path]) => path), ...gone].filter(isEdited)
  const manifestText = files[manifestPath] ?? ''
  return {
    keep: edited.map((path) => ({ path, to: toKeptPath(path, present[path] ?? '') })),
    remove: gone.filter((path) => !edited.includes(path)),
    write: [
      ...wanted.filter(([path, content]) => present[path] !== content),
      ...(present[manifestPath] === manifestText ? [] : ([[manifestPath, manifestText]] as [string, string][])),
    ],
  }
}

/** Nothing a manifest names outside of the folder, whoever wrote it, is ever removed. */
const isGenerated = (path: string) => /^generated\/(?:streams\/)?[a-z0-9-]+\.ts$/.test(path)

/** No `.ts` at its end: what is kept takes no part in the app. */
const toKeptPath = (path: string, content: string) => `kept/${path.slice(generatedFolder.length)}.${shortHash(content)}`
