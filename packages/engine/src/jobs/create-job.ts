import type { ConnectionRow, SelectedStream } from '../store/connections.js'
import type { Queryable } from '../store/database.js'
import { nextGeneration } from '../store/generations.js'
import type { JobStore } from '../store/jobs.js'
import type { SyncStream } from '../load/stream-plan.js'

/** A function that makes a connection's next job, or answers `undefined` where one is open. */
export function createJobMaker(jobs: JobStore) {
  return async (connection: ConnectionRow, tx: Queryable): Promise<number | undefined> => {
    const jobId = await jobs.create(connection.connectionId, tx)
    if (jobId === undefined) return undefined
    const streams: SyncStream[] = []
    for (const stream of connection.streams) {
      const generation = await nextGeneration(tx, connection.connectionId, stream, replacesTable(stream))
      const { name, namespace, syncMode, cursorField, primaryKey, jsonSchema } = stream
      streams.push({
        name,
        syncMode,
        jsonSchema,
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
