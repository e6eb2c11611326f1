// A source and a destination in real Postgres, for tests: one database each a test file.
import { randomBytes } from 'node:crypto'
import { Client } from 'pg'
import type { Connector, ConnectorContext } from '../../connector/connector.js'
import type { AirbyteStream } from '../../protocol/messages.js'
import { createPostgresConnector } from '../../native/postgres/postgres-connector.js'
import type { StreamStats, SyncMode, SyncResult } from '../run-sync.js'
import { runSync } from '../run-sync.js'

export interface TestDatabase {
  client: Client
  url: string
  /** As a source's or destination's configuration names it. */
  config: {
    host: string
    port: number
    database: string
    username: string
    password: string
    ssl_mode: { mode: 'disable' }
  }
  drop(): Promise<void>
}

/** A database of its own in the run's Postgres. */
export async function createTestDatabase(adminUrl: string, name: string): Promise<TestDatabase> {
  const database = `${name}_${randomBytes(5).toString('hex')}`
  const admin = new Client(adminUrl)
  await admin.connect()
  await admin.query(`CREATE DATABASE ${database}`)
  const url = new URL(adminUrl)
  url.pathname = `/${database}`
  const client = new Client(url.href)
  await client.connect()
  return {
    client,
    url: url.href,
    config: {
      host: url.hostname,
      port: Number(url.port),
      database,
      username: decodeURIComponent(url.username),
      password: decodeURIComponent(url.password),
      ssl_mode: { mode: 'disable' },
    },
    async drop() {
      await client.end()
      await admin.query(`DROP DATABASE ${database} WITH (FORCE)`)
      await admin.end()
    },
  }
}

/** What a connector gets in tests: the real fetch and clock. */
export function createTestContext(signal: AbortSignal = new AbortController().signal): ConnectorContext {
  return { signal, fetch: globalThis.fetch, now: () => new Date() }
}

export interface TestSync {
  source: TestDatabase
  destination: TestDatabase
  mode: SyncMode
  jobId: number
  streams?: string[]
  schema?: string
  connectionId?: string
  generationId?: number
  minimumGenerationId?: number
  connector?: Connector
  config?: unknown
  context?: ConnectorContext
  onProgress?: (stats: StreamStats[]) => void
}

/** Discovers, chooses streams by name, and syncs them once. */
export async function syncOnce(options: TestSync): Promise<SyncResult & { stats: StreamStats[] }> {
  const connector = options.connector ?? createPostgresConnector()
  const context = options.context ?? createTestContext()
  const config = options.config ?? options.source.config
  const offered = await connector.discover(config, context)
  const chosen = offered.filter(({ name }) => !options.streams || options.streams.includes(name))
  const generationId = options.generationId ?? options.jobId
  const overwriting = options.mode === 'full_refresh_overwrite'
  let stats: StreamStats[] = []
  const result = await runSync({
    connector,
    config,
    streams: chosen.map((stream) => ({
      ...toChosen(stream),
      syncMode: options.mode,
      generationId,
      minimumGenerationId: options.minimumGenerationId ?? (overwriting ? generationId : 0),
    })),
    destination: { ...options.destination.config, schema: options.schema ?? 'synced' },
    connectionId: options.connectionId ?? `connection of ${options.mode}`,
    jobId: options.jobId,
    prefix: '',
    context,
    onProgress: (progress) => {
      stats = progress
      options.onProgress?.(progress)
    },
  })
  return { ...result, stats }
}

function toChosen({ name, namespace, json_schema, default_cursor_field, source_defined_primary_key }: AirbyteStream) {
  return {
    name,
    jsonSchema: json_schema,
    ...(namespace !== undefined && { namespace }),
    ...(default_cursor_field && { cursorField: default_cursor_field }),
    ...(source_defined_primary_key && { primaryKey: source_defined_primary_key }),
  }
}
