// Airbyte's own connector specifications. They are third-party data and no part of this repository.
import { existsSync, readdirSync, readFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import { parse as parseYaml } from 'yaml'
import { isObject } from '../is-object.js'

const root = fileURLToPath(new URL('../../../../', import.meta.url))
const corpus = process.env.OPSAI_CORPUS ?? `${root}../shared/data`

export interface CorpusEntry {
  /** `source-slack` */
  type: string
  /** What it was read from; manifests are of other versions than the registry. */
  from: 'registry' | 'manifest'
  advancedAuth: unknown
}

/** Every connector with a sign-in below `OPSAI_CORPUS` (default: `../shared/data`), in registries and manifests. */
export function readCorpus(): CorpusEntry[] {
  const found = [...registryFiles().flatMap(readRegistry), ...manifestFiles().flatMap(readManifest)]
  if (found.length === 0) console.log(`No connector specifications below ${corpus}: skipped (set OPSAI_CORPUS).`)
  return found
}

/** How often a word stands anywhere in the corpus' files: to tell whether `readCorpus` overlooks a place. */
export function countInCorpus(word: string): number {
  const folders = ['registry', 'manifests', 'openapi'].map((name) => `${corpus}/${name}`).filter(existsSync)
  const files = folders.flatMap((folder) => readdirSync(folder).map((name) => `${folder}/${name}`))
  return files.reduce((count, file) => count + readFileSync(file, 'utf8').split(word).length - 1, 0)
}

const registryFiles = (): string[] =>
  ['registry.json', 'destinations.json'].map((name) => `${corpus}/registry/${name}`).filter(existsSync)

function manifestFiles(): string[] {
  const folder = `${corpus}/manifests`
  if (!existsSync(folder)) return []
  const names = readdirSync(folder).filter((name) => name.endsWith('.yaml'))
  return names.map((name) => `${folder}/${name}`)
}

function readRegistry(file: string): CorpusEntry[] {
  const lists = Object.values(JSON.parse(readFileSync(file, 'utf8')) as object).flat()
  return lists.flatMap((entry) => {
    if (!isObject(entry) || !isObject(entry.spec) || !isObject(entry.spec.advanced_auth)) return []
    const type = String(entry.dockerRepository).replace(/^.*\//, '')
    return [{ type, from: 'registry' as const, advancedAuth: entry.spec.advanced_auth }]
  })
}

function readManifest(file: string): CorpusEntry[] {
  const manifest: unknown = parseYaml(readFileSync(file, 'utf8'), { merge: true })
  const spec = isObject(manifest) && isObject(manifest.spec) ? manifest.spec : {}
  if (!isObject(spec.advanced_auth)) return []
  const type = file.replace(/^.*\/|\.yaml$/g, '')
  return [{ type, from: 'manifest' as const, advancedAuth: spec.advanced_auth }]
}
