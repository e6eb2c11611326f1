// What an app is made from, asked in this process as `opsai create` asks it over HTTP.
import { gatherConnections, generateApp, type Files, matchStreams } from '@opsai/apps'
import { readTablesBy } from '@opsai/apps/node'
import { adviseApp } from '../adviser/advise-app.js'
import { readConnections } from '../connections/read-connection.js'
import { tenantEnvComments } from '../env/tenant-env-keys.js'
import { writeEnv } from '../env/write-env.js'
import type { ReadyTenant, Services } from '../services.js'
import { requireSource } from '../sources/require-source.js'
import { sampleSource } from '../sources/sample-source.js'
import { listSources } from '../store/sources.js'
import type { TenantRow } from '../store/tenants.js'

export interface AppContents {
  /** By rules alone: the same facts give the same files. */
  files: Files
  /** With an adviser's dashboard, where there is one and it is of use. Asks it, and never throws. */
  adviseFiles(): Promise<Files>
  /** Text of the `.env`. */
  env: string
  connectors: string[]
}

export interface AppToGather {
  tenant: ReadyTenant
  row: TenantRow
  name: string | undefined
  template: Files
  signal: AbortSignal
}

/** @throws whatever Airbyte, the warehouse or the settings are not to be had by */
export async function gatherApp(services: Services, app: AppToGather): Promise<AppContents> {
  const { tenants, warehouse, db } = services
  const { tenant, row, name, template, signal } = app
  const sourceTypes = (await listSources(db, tenant.tenantId)).map(({ source_type }) => source_type)
  const entries = await tenants.envOf(row, sourceTypes)
  const password = tenants.appPasswordOf(row)
  const tables = await readTablesBy((sql, values) => warehouse.readAs(tenant.slug, password, sql, values), tenant.slug)
  const describe = async (sourceId: string) => {
    const source = await requireSource(services, tenant, sourceId)
    return await sampleSource(services, tenant, source, { limit: 0 }, signal)
  }
  const { connections } = await gatherConnections({ list: () => readConnections(services, tenant), describe }, tables)
  const about = { tenantId: tenant.tenantId, ...(name !== undefined && { name }) }
  const facts = { tenant: about, connections, streams: matchStreams(tables, connections), template }
  const files = generateApp(facts)
  return {
    files,
    adviseFiles: async () => {
      const advice = await adviseApp(services, facts)
      return advice ? generateApp({ ...facts, advice }) : files
    },
    env: writeEnv(entries, { comments: tenantEnvComments }),
    connectors: [...new Set(connections.map(({ sourceType }) => sourceType))].sort(),
  }
}
