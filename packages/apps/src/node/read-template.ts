// The template's files: a folder where this is a checkout, one file of all of them where it is an installed package.
import { existsSync } from 'node:fs'
import { readdir, readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import type { Files } from '../facts.js'

/** What is the example's alone: an app gets its own. */
const left = new Set(['node_modules', '.next', 'generated', 'sample', 'kept', '.env', '.env.local', 'next-env.d.ts'])

/** Reads a folder with the template in it. */
export async function readTemplateFolder(directory: string): Promise<Files> {
  const files: Record<string, string> = {}
  const walk = async (below: string): Promise<void> => {
    for (const entry of await readdir(join(directory, below), { withFileTypes: true })) {
      if (left.has(entry.name) || entry.name.endsWith('.tsbuildinfo')) continue
      const path = below ? `${below}/${entry.name}` : entry.name
      if (entry.isDirectory()) await walk(path)
      else if (entry.isFile()) files[path] = await readFile(join(directory, path), 'utf8')
    }
  }
  await walk('')
  return files
}

/**
 * The template every app begins with.
 *
 * @example
 * const files = generateApp({ tenant, connections, streams, template: await readTemplate() })
 */
export async function readTemplate(): Promise<Files> {
  const packed = fileURLToPath(new URL('./template.json', import.meta.url))
  if (existsSync(packed)) return JSON.parse(await readFile(packed, 'utf8')) as Files
  return readTemplateFolder(fileURLToPath(new URL('../../../../examples/tenant-app', import.meta.url)))
}
