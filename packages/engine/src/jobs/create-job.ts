import { streamSchema } from '../load/stream-schema.js'
import { streamKey, type StreamDescriptor } from '../protocol/messages.js'
import type { ConnectionRow, SelectedStream } from '../store/connections.js'
import type { Queryable } from '../store/database.js'
import { nextGeneration } from '../store/generations.js'
import type { JobStore, JobType } from '../store/jobs.js'
import type { SyncStream } from '../load/stream-plan.js'

/**
 * A function that makes a connection's next job, or answers `undefined` where one is open. `only` names the streams
 * of a job that is not about all of them.
 */
export function createJobMaker(jobs: JobStore) {
  return async (
    connection: ConnectionRow,
    tx: Queryable,
    jobType: JobType = 'sync',
    only?: StreamDescriptor[],
  ): Promise<number | undefined> => {
    const jobId = await jobs.create(connection.connectionId, tx, jobType)
    if (jobId === undefined) return undefined
    const wanted = only && new Set(only.map(streamKey))
    const streams: SyncStream[] = []
    for (const stream of connection.streams.filter((it) => !wanted || wanted.has(streamKey(it)))) {
      const replaces = jobType !== 'sync' || replacesTable(stream)
      const generation = await nextGeneration(tx, connection.connectionId, stream, replaces)
      const { name, namespace, syncMode, cursorField, primaryKey, jsonSchema } = stream
      const schema = streamSchema(connection, namespace)
      streams.push({
        name,
        syncMode,
        jsonSchema,
        ...(schema !== undefined && { schema }),
        ...(namespace !== undefined && { namespace }),
        ...(cursorField && { cursorField }),
        ...(primaryKey && { primaryKey }),
        ...generation,
      })
    }
    await jobs.setStreams(jobId, streams, tx)
    return jobId
  }
}

function replacesTable({ syncMode }: SelectedStream) {
  return syncMode === 'full_refresh_overwrite'
}
