import { createHash } from 'node:crypto'
import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { listAppFiles } from './app-files.js'

/**
 * A hash of all that would be deployed of an app's folder, its `.env` included; `undefined` where there is no such folder.
 *
 * @example
 * const isEdited = (await hashApp('apps/acme')) !== before
 */
export async function hashApp(directory: string): Promise<string | undefined> {
  const files = await listAppFiles(directory).catch(unlessMissing)
  if (!files) return undefined
  const hash = createHash('sha256')
  for (const path of [...files, '.env']) {
    const content = await readFile(join(directory, path)).catch(unlessMissing)
    hash.update(JSON.stringify([path, content?.length])).update(content ?? '')
  }
  return hash.digest('hex')
}

/** Also what was there a moment ago. */
function unlessMissing(error: NodeJS.ErrnoException): undefined {
  if (error.code !== 'ENOENT') throw error
}
