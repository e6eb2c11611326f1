// A job of the queue as one run of the data plane: who reads, who is written to, with what configuration.
import { SourceGoneError } from './connector/source-errors.js'
import type { ConnectorSessions } from './jobs/connector-session.js'
import type { ConnectorRegistry } from './connector/registry.js'
import type { createActorStore } from './store/actors.js'
import type { createConnectionStore } from './store/connections.js'
import type { JobRow } from './store/jobs.js'
import { streamSchema } from './load/stream-schema.js'
import { runClear } from './sync/run-clear.js'
import { runSync } from './sync/run-sync.js'
import type { StreamStats } from './sync/progress.js'
import type { SyncResult } from './sync/sync-result.js'
import { PostgresDestinationConfig } from './load/destination-config.js'

export interface JobRunnerOptions {
  connections: ReturnType<typeof createConnectionStore>
  actors: ReturnType<typeof createActorStore>
  registry: ConnectorRegistry
  sessions: ConnectorSessions
}

/** How long a sync waits for another one that uses the same rotating tokens. */
const busyWaitMs = 24 * 3_600_000

export function createJobRunner({ connections, actors, registry, sessions }: JobRunnerOptions) {
  return async (job: JobRow, signal: AbortSignal, onProgress: (stats: StreamStats[]) => void): Promise<SyncResult> => {
    const connection = await connections.get(job.connectionId)
    const destination = connection && (await actors.get('destination', connection.destinationId))
    const source = connection && (await actors.get('source', connection.sourceId))
    if (!connection || !destination || !source) return { status: 'cancelled' }
    const config = PostgresDestinationConfig.safeParse(destination.configuration)
    if (!config.success) return broken("The destination's configuration is incomplete.")
    if (job.jobType !== 'sync') {
      const tables = connection.streams.map((stream) => {
        const schema = streamSchema(connection, stream.namespace)
        return { ...stream, ...(schema !== undefined && { schema }) }
      })
      const { connectionId, jobId, streams } = job
      const { prefix } = connection
      return await runClear({ connectionId, jobId, streams, tables, prefix, destination: config.data, signal })
    }
    const connector = registry.get(source.definitionId)
    if (!connector) return broken(`The engine no longer has the connector ${source.definitionId}.`)

    try {
      return await sessions.withSource(connector, source.actorId, { signal, waitMs: busyWaitMs }, async (session) => {
        const result = await runSync({
          connector,
          config: session.configuration,
          streams: job.streams,
          destination: config.data,
          connectionId: job.connectionId,
          jobId: job.jobId,
          prefix: connection.prefix,
          context: session.context,
          onProgress,
        })
        return redacted(result, session.redact)
      })
    } catch (error) {
      if (error instanceof SourceGoneError) return { status: 'cancelled' }
      throw error
    }
  }
}

function broken(message: string): SyncResult {
  return { status: 'failed', failure: { origin: 'platform', type: 'config_error', message }, madeProgress: false }
}

function redacted(result: SyncResult, redact: (text: string) => string): SyncResult {
  if (result.status !== 'failed') return result
  return { ...result, failure: { ...result.failure, message: redact(result.failure.message) } }
}
