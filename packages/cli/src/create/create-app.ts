// `opsai create`, as steps: ask, look, generate, write.
import { gatherConnections, generateApp, matchStreams } from '@opsai/apps'
import { AppFolderError, readTables, readTemplate, writeApp, type WrittenApp } from '@opsai/apps/node'
import { routes } from '@opsai/contract'
import { parse } from 'dotenv'
import { callHostDoor, openSession } from '../commands/host-door.js'
import { UsageError } from '../usage-error.js'

/** Asking a source for its fields takes as long as the source does. */
const SESSION_SECONDS = 300

export interface CreateOptions {
  directory: string
  tenantId: string
  /** What the app is called. Default: the tenant's id. */
  name?: string
}

export interface CreatedApp extends WrittenApp {
  streams: number
  /** Sources that could not say what their streams hold. */
  unasked: string[]
}

/** @throws UsageError with what is missing, and what to do */
export async function createApp({ directory, tenantId, name }: CreateOptions): Promise<CreatedApp> {
  const env = await callHostDoor(routes.getTenantEnv, { params: { tenantId } })
  const { DATABASE_URL: databaseUrl, DATABASE_SCHEMA: schema } = parse(env)
  if (!databaseUrl || !schema) throw new UsageError(`the .env of ${tenantId} has no DATABASE_URL and DATABASE_SCHEMA.`)
  const tables = await readTables(databaseUrl, schema).catch((error: Error & { code?: string }) => {
    throw new UsageError(
      `the tenant's database could not be read (${error.code ?? error.name}). It must be reachable from here as its .env says.`,
    )
  })
  const call = await openSession(tenantId, 'opsai create', SESSION_SECONDS)
  const { connections, unasked } = await gatherConnections(
    {
      list: async () => (await call(routes.listConnections)).connections,
      describe: (sourceId) => call(routes.sampleSource, { body: { sourceId, limit: 0 } }),
    },
    tables,
  )
  const streams = matchStreams(tables, connections)
  const tenant = { tenantId, ...(name !== undefined && { name }) }
  const files = generateApp({ tenant, connections, streams, template: await readTemplate() })
  const written = await writeApp(directory, files, env).catch((error: unknown) => {
    throw error instanceof AppFolderError ? new UsageError(error.message) : error
  })
  return { ...written, streams: streams.length, unasked }
}
