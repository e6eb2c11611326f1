/// <reference types="node" />
// Airbyte's own connector specs. They are third-party data and no part of this repository.
import { existsSync, readFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import type { AdvancedAuth } from '@opsai/contract'
import { isObject, type PlainObject } from '../spec/path.js'
import { toAdvancedAuth } from './to-advanced-auth.js'

export interface CorpusSpec {
  name: string
  connectionSpecification: PlainObject
  advancedAuth?: AdvancedAuth | undefined
}

const root = fileURLToPath(new URL('../../../../', import.meta.url))

/** Every source and destination of the registries below `OPSAI_CORPUS` (default: `../shared/data`); none where it is missing. */
export function readCorpus(): CorpusSpec[] {
  const corpus = process.env.OPSAI_CORPUS ?? `${root}../shared/data`
  const files = ['registry.json', 'destinations.json'].map((name) => `${corpus}/registry/${name}`).filter(existsSync)
  if (files.length === 0) {
    console.log(`No connector registry below ${corpus}: what needs it is skipped (set OPSAI_CORPUS).`)
  }
  return files.flatMap(readEntries).flatMap((entry) => {
    if (!isObject(entry) || !isObject(entry.spec) || !isObject(entry.spec.connectionSpecification)) return []
    const { connectionSpecification, advanced_auth } = entry.spec
    return [{ name: String(entry.name), connectionSpecification, advancedAuth: toAdvancedAuth(advanced_auth) }]
  })
}

function readEntries(file: string): unknown[] {
  const lists = Object.values(JSON.parse(readFileSync(file, 'utf8')) as PlainObject)
  return lists.filter((list): list is unknown[] => Array.isArray(list)).flat()
}
