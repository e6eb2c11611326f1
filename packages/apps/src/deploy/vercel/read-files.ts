import { createHash, createHmac } from 'node:crypto'
import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { listAppFiles } from '../app-files.js'
import { toDigest } from './vercel-api.js'

export interface UploadedFile {
  file: string
  sha: string
  size: number
  bytes: Uint8Array<ArrayBuffer>
}

export async function readFiles(directory: string): Promise<UploadedFile[]> {
  const files: UploadedFile[] = []
  for (const file of await listAppFiles(directory)) {
    const bytes = new Uint8Array(await readFile(join(directory, file)))
    files.push({ file, sha: toDigest(bytes), size: bytes.length, bytes })
  }
  return files
}

/**
 * What a deployment is known by: the same files with the same settings are the same deployment, so that a deployment that
 * was cut off is found again instead of made twice. Keyed, for whoever reads it is not to try out settings by it.
 */
export function toFingerprint(
  files: readonly UploadedFile[],
  env: Readonly<Record<string, string>>,
  key: string,
): string {
  const settings = Object.entries(env).sort(([a], [b]) => (a < b ? -1 : 1))
  const content = JSON.stringify([files.map(({ file, sha }) => [file, sha]), settings])
  return createHmac('sha256', createHash('sha256').update(key).digest()).update(content).digest('hex').slice(0, 40)
}
