// Airbyte's own connector specifications. They are third-party data and no part of this repository.
import { existsSync, readFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import { isObject } from '../is-object.js'

const root = fileURLToPath(new URL('../../../../', import.meta.url))

export interface CorpusEntry {
  /** `source-slack` */
  type: string
  advancedAuth: unknown
}

/** Every connector with a sign-in in the registries below `OPSAI_CORPUS` (default: `../shared/data`). */
export function readCorpus(): CorpusEntry[] {
  const corpus = process.env.OPSAI_CORPUS ?? `${root}../shared/data`
  const files = ['registry.json', 'destinations.json'].map((name) => `${corpus}/registry/${name}`).filter(existsSync)
  if (files.length === 0) console.log(`No connector registry below ${corpus}: skipped (set OPSAI_CORPUS).`)
  return files
    .flatMap((file) => Object.values(JSON.parse(readFileSync(file, 'utf8'))))
    .flat()
    .flatMap((entry) => {
      if (!isObject(entry) || !isObject(entry.spec) || !isObject(entry.spec.advanced_auth)) return []
      return [{ type: String(entry.dockerRepository).replace(/^.*\//, ''), advancedAuth: entry.spec.advanced_auth }]
    })
}
