// One attempt of one sync: read from the source, load into Postgres, commit rows and state together.
import type { Connector, ConnectorContext } from '../connector/connector.js'
import { ConnectorError } from '../connector/connector-error.js'
import { openDestination } from '../load/destination.js'
import type { Destination, PostgresDestinationConfig } from '../load/destination-config.js'
import { parseDestination } from '../load/destination-config.js'
import { nameTables } from '../load/naming.js'
import type { LoadTarget } from '../load/prepare-stream.js'
import { prepareStream } from '../load/prepare-stream.js'
import type { SyncStream } from '../load/stream-plan.js'
import type { ConfiguredStream } from '../protocol/messages.js'
import { streamKey, toDescriptor } from '../protocol/messages.js'
import type { Progress, StreamStats } from './progress.js'
import { createProgress } from './progress.js'
import type { ReadingStream, StreamLoads } from './stream-loads.js'
import { createStreamLoads } from './stream-loads.js'
import type { SyncFailure, SyncResult } from './sync-result.js'
import { toDestinationFailure, toSourceFailure } from './sync-result.js'

export type { StreamStats } from './progress.js'
export type { SyncFailure, SyncResult } from './sync-result.js'
export type { SyncMode, SyncStream } from '../load/stream-plan.js'

export interface RunSyncOptions {
  connector: Connector
  /** The source's configuration. */
  config: unknown
  streams: SyncStream[]
  destination: PostgresDestinationConfig
  /** Whose state is gone on from. */
  connectionId: string
  /** The same for every attempt of a job: an attempt goes on where the one before it stopped. */
  jobId: number
  /** What each table's name begins with. */
  prefix: string
  /** Its signal cancels the sync, within two seconds. */
  context: ConnectorContext
  /** Counts of every stream since the job began, at most about five times a second. */
  onProgress(progress: StreamStats[]): void
}

/**
 * Runs one attempt. Never throws: what went wrong is in the result.
 * Rows and the state that covers them are committed in one transaction of the destination, so that a process killed at
 * any moment and run again with the same `jobId` loses no row and repeats none.
 * @example
 * const result = await runSync({ connector, config, streams, destination, connectionId, jobId: 7, prefix: '', context,
 *   onProgress: (streams) => console.log(streams[0]?.recordsCommitted) })
 * if (result.status === 'failed') console.log(result.failure.message)
 */
export async function runSync(options: RunSyncOptions): Promise<SyncResult> {
  const { signal } = options.context
  let destination: Destination | undefined
  let committed = () => false
  try {
    destination = parseDestination(options.destination)
    const schemas = options.streams.flatMap(({ schema }) => schema ?? [])
    const connection = await openDestination(destination, options.connectionId, signal, schemas)
    try {
      const target: LoadTarget = {
        client: connection.client,
        schema: destination.schema,
        stateSchema: destination.stateSchema,
        connectionId: options.connectionId,
        syncId: options.jobId,
      }
      const progress = createAttemptProgress(options)
      committed = progress.committed
      const failure = await loadStreams(options, destination, target, progress)
      if (signal.aborted) return { status: 'cancelled' }
      return failure ? { status: 'failed', failure, madeProgress: committed() } : { status: 'succeeded' }
    } finally {
      await connection.close()
    }
  } catch (error) {
    if (signal.aborted) return { status: 'cancelled' }
    return { status: 'failed', failure: toDestinationFailure(error, destination?.address), madeProgress: committed() }
  }
}

/** Progress that also remembers whether this attempt committed anything. */
function createAttemptProgress(options: RunSyncOptions): Progress & { committed(): boolean } {
  const before = new Map<unknown, number>()
  let moved = false
  const progress = createProgress(options.streams, options.onProgress, () => options.context.now().getTime())
  return {
    report(stream, counts, moment) {
      const first = before.get(stream) ?? counts.recordsCommitted
      before.set(stream, first)
      moved ||= counts.recordsCommitted > first
      progress.report(stream, counts, moment)
    },
    committed: () => moved,
  }
}

/** Answers the failure to report, if any. */
async function loadStreams(
  options: RunSyncOptions,
  destination: Destination,
  target: LoadTarget,
  progress: Progress,
): Promise<SyncFailure | undefined> {
  const tables = nameTables(options.streams, options.prefix)
  const reading: ReadingStream[] = []
  for (const stream of options.streams) {
    try {
      const prepared = await prepareStream(target, stream, tables.get(streamKey(stream))!)
      const stored = prepared.kind === 'done' ? prepared.stored : prepared.start
      progress.report(stream, countsOf(stored.committedRecords, stored.committedBytes), 'final')
      if (prepared.kind === 'reading') reading.push({ stream, prepared })
    } catch (error) {
      return toDestinationFailure(error, destination.address, stream.name)
    }
  }
  if (reading.length === 0) return undefined
  const loads = createStreamLoads(target, reading, progress, () => options.context.now().getTime())
  return (await pump(options, destination, reading, loads)) ?? loads.failures()[0] ?? toUnfinished(loads.unfinished())
}

function countsOf(records: number, bytes: number) {
  return { recordsEmitted: records, bytesEmitted: bytes, recordsCommitted: records, bytesCommitted: bytes }
}

/** Moves messages from source to destination until the source ends or either side fails. */
async function pump(
  { connector, config, context }: RunSyncOptions,
  destination: Destination,
  reading: ReadingStream[],
  loads: StreamLoads,
): Promise<SyncFailure | undefined> {
  const states = reading.flatMap(({ stream, prepared }) =>
    prepared.start.state ? [{ ...toDescriptor(stream), state: prepared.start.state }] : [],
  )
  const messages = connector.read(
    config,
    reading.map(({ stream }) => toConfigured(stream)),
    states,
    context,
  )
  const source = messages[Symbol.asyncIterator]()
  let failure: SyncFailure | undefined
  try {
    for (;;) {
      const next = await source.next().catch((error: unknown) => {
        failure = toSourceFailure(error, loads.current())
      })
      if (!next || next.done || context.signal.aborted) break
      await loads.take(next.value)
    }
    if (!context.signal.aborted) await loads.end()
    return failure
  } catch (error) {
    const sourceBroke = error instanceof ConnectorError && error.failureType === 'system_error'
    return sourceBroke ? toSourceFailure(error) : toDestinationFailure(error, destination.address, loads.current())
  } finally {
    await source.return?.().catch(() => {})
  }
}

function toUnfinished(streams: SyncStream[]): SyncFailure | undefined {
  const names = streams.map(({ name }) => `"${name}"`).join(', ')
  if (streams.length === 0) return undefined
  return { origin: 'source', type: 'system_error', message: `The source ended before it had read ${names} to the end.` }
}

function toConfigured(stream: SyncStream): ConfiguredStream {
  const incremental = stream.syncMode.startsWith('incremental')
  return {
    stream: {
      ...toDescriptor(stream),
      json_schema: stream.jsonSchema,
      supported_sync_modes: incremental ? ['full_refresh', 'incremental'] : ['full_refresh'],
    },
    sync_mode: incremental ? 'incremental' : 'full_refresh',
    ...(stream.cursorField && { cursor_field: stream.cursorField }),
    ...(stream.primaryKey && { primary_key: stream.primaryKey }),
  }
}
