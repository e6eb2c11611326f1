// For tests that run the engine in a process of its own, from its built JavaScript.
import { build } from 'esbuild'
import { existsSync } from 'node:fs'
import { join } from 'node:path'
import { fileURLToPath, pathToFileURL } from 'node:url'
import { documentsFolder } from './documents.js'
import { folderVariable } from './record-answers.js'

const root = fileURLToPath(new URL('../../', import.meta.url))
let built: Promise<string> | undefined

/** What to add to a process's environment so that its engine's answers are checked and counted; nothing where there are no documents. */
export async function watchEngine(): Promise<Record<string, string>> {
  const folder = documentsFolder(root)
  const runFolder = process.env[folderVariable]
  if (!runFolder || !existsSync(folder)) return {}
  const file = await (built ??= bundle(runFolder))
  const options = [process.env.NODE_OPTIONS, `--import=${pathToFileURL(file).href}`].filter(Boolean).join(' ')
  return { NODE_OPTIONS: options, OPSAI_CORPUS: join(folder, '..') }
}

/** In the run's folder, which is inside the checkout: what it imports is found from there, and it goes with the run. */
async function bundle(runFolder: string): Promise<string> {
  const outfile = join(runFolder, `watch-process-${process.pid}.mjs`)
  const entryPoints = [fileURLToPath(new URL('watch-process.ts', import.meta.url))]
  await build({ entryPoints, outfile, bundle: true, platform: 'node', format: 'esm', packages: 'external' })
  return outfile
}
