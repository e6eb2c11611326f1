// One attempt of a clear: the source is not asked, the destination's tables are emptied stream by stream.
import { clearStream } from '../load/clear-stream.js'
import { openDestination } from '../load/destination.js'
import { parseDestination, type Destination, type PostgresDestinationConfig } from '../load/destination-config.js'
import { nameTables } from '../load/naming.js'
import type { SyncStream } from '../load/stream-plan.js'
import { streamKey, type StreamDescriptor } from '../protocol/messages.js'
import { toDestinationFailure, type SyncResult } from './sync-result.js'

export interface RunClearOptions {
  connectionId: string
  jobId: number
  /** What to clear. */
  streams: SyncStream[]
  /** All streams of the connection: what each table is called depends on the others. */
  tables: (StreamDescriptor & { schema?: string })[]
  prefix: string
  destination: PostgresDestinationConfig
  signal: AbortSignal
}

/** Never throws: what went wrong is in the result. A stream that was cleared is cleared again without harm. */
export async function runClear(options: RunClearOptions): Promise<SyncResult> {
  const { connectionId, jobId, streams, signal } = options
  let destination: Destination | undefined
  let current: string | undefined
  try {
    destination = parseDestination(options.destination)
    const schemas = streams.flatMap(({ schema }) => schema ?? [])
    const connection = await openDestination(destination, connectionId, signal, schemas)
    try {
      const { schema, stateSchema } = destination
      const target = { client: connection.client, schema, stateSchema, connectionId, syncId: jobId }
      const names = nameTables(options.tables, options.prefix)
      for (const stream of streams) {
        if (signal.aborted) return { status: 'cancelled' }
        current = stream.name
        const table = names.get(streamKey(stream))
        if (table !== undefined) await clearStream(target, stream, table)
      }
      return { status: 'succeeded' }
    } finally {
      await connection.close()
    }
  } catch (error) {
    if (signal.aborted) return { status: 'cancelled' }
    return {
      status: 'failed',
      failure: toDestinationFailure(error, destination?.address, current),
      madeProgress: false,
    }
  }
}
