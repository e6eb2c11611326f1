// Airbyte's connector registry, where somebody has it: third-party data and no part of this repository.
import { existsSync, readFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import type { FormSpec } from '@opsai/react/headless'
import { toAdvancedAuth } from '../../packages/react/src/test/to-advanced-auth.js'

export interface CorpusSpec {
  /** The connector's short name: `source-postgres`. */
  name: string
  /** Without its way to sign in: everything is typed. */
  spec: FormSpec
  advancedAuth?: FormSpec['advancedAuth']
}

const corpus = process.env.OPSAI_CORPUS ?? fileURLToPath(new URL('../../../shared/data', import.meta.url))
const files = ['registry.json', 'destinations.json'].map((name) => `${corpus}/registry/${name}`).filter(existsSync)

/** Whether there is one. Says so once where there is none. */
export const isCorpusThere = files.length > 0
if (!isCorpusThere) console.log(`No connector registry below ${corpus}: its specs are not shown (set OPSAI_CORPUS).`)

interface Entry {
  dockerRepository?: string
  spec?: { connectionSpecification?: FormSpec['connectionSpecification']; advanced_auth?: unknown }
}

/** Every spec of it: sources, then destinations. */
export function readCorpus(): CorpusSpec[] {
  const entries = files.flatMap((file) =>
    Object.values(JSON.parse(readFileSync(file, 'utf8')) as Record<string, Entry[]>)
      .filter(Array.isArray)
      .flat(),
  )
  const seen = new Set<string>()
  return entries.flatMap(({ dockerRepository = '', spec }) => {
    const name = dockerRepository.split('/').at(-1) ?? ''
    if (spec?.connectionSpecification === undefined || seen.has(name)) return []
    seen.add(name)
    const { connectionSpecification, advanced_auth } = spec
    return [{ name, spec: { connectionSpecification }, advancedAuth: toAdvancedAuth(advanced_auth) }]
  })
}

/** The 25 specs that are hardest to show, hardest first. */
const hardest = [
  'google-analytics-data-api',
  's3',
  'gcs',
  'sftp-bulk',
  'azure-blob-storage',
  'sharepoint-enterprise',
  'microsoft-sharepoint',
  'google-drive',
  'microsoft-onedrive',
  'facebook-marketing',
  'postgres',
  'mysql',
  'mssql',
  'oracle-enterprise',
  'sap-hana-enterprise',
  'netsuite-enterprise',
  'kafka',
  'e2e-test',
  'dynamodb',
  'amazon-seller-partner',
  'bing-ads',
  'newsdata',
  'smoke-test',
  'pinterest',
  'file',
].map((name) => `source-${name}`)

/** Others that are odd in a way of their own: dirt in keywords, type arrays, huge enums, destinations. */
const odd = [
  'source-freshdesk',
  'source-pokeapi',
  'source-insightly',
  'source-github',
  'source-shopify',
  'source-amazon-ads',
  'source-mongodb-v2',
  'source-zoho-crm',
  'source-sentry',
  'source-snowflake',
  'source-hubspot',
  'source-stripe',
  'destination-postgres',
  'destination-s3',
  'destination-bigquery',
]

const named = (names: string[]) => {
  const specs = readCorpus()
  return names.flatMap((name) => specs.filter((spec) => spec.name === name))
}
export const readHardest = (): CorpusSpec[] => named(hardest)
export const readOdd = (): CorpusSpec[] => named(odd)
