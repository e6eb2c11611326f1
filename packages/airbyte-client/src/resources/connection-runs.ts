// Running connections, and how they are doing. Config API: the public one starts jobs (`jobs.create`) but knows no streams.
import * as z from 'zod'
import { internalApi } from '../internal-api.js'
import type { CallOptions, Requester } from '../request.js'
import {
  ConnectionHealth,
  JobDetail,
  LastJobOfStream,
  OptionalJob,
  SyncProgress,
  type InternalJob,
} from '../schemas.js'

/** A stream by its name. */
export interface StreamName {
  streamName: string
  streamNamespace?: string
}

export function createConnectionRuns(request: Requester) {
  const api = internalApi(request)
  /** Of all streams, or of those given, which has a path of its own. */
  const run = (
    verb: 'reset' | 'clear',
    connectionId: string,
    streams: StreamName[] | undefined,
    options: CallOptions,
  ) =>
    streams
      ? api.write(`connections/${verb}/stream`, { connectionId, streams }, JobDetail, options)
      : api.write(`connections/${verb}`, { connectionId }, JobDetail, options)

  return {
    /** Starts a sync. `conflict` where one already runs. */
    sync: (connectionId: string, options: CallOptions = {}): Promise<JobDetail> =>
      api.write('connections/sync', { connectionId }, JobDetail, options),

    /** Empties the destination's tables and forgets how far was read: of all streams, or only of those given. */
    clear: (
      connectionId: string,
      { streams, ...options }: CallOptions & { streams?: StreamName[] } = {},
    ): Promise<JobDetail> => run('clear', connectionId, streams, options),

    /** The older word for `clear`; the same to Airbyte today. */
    reset: (
      connectionId: string,
      { streams, ...options }: CallOptions & { streams?: StreamName[] } = {},
    ): Promise<JobDetail> => run('reset', connectionId, streams, options),

    /** Reads everything anew, keeping (`Merge`) or dropping (`Truncate`) the rows there are. */
    refresh: (
      connectionId: string,
      { refreshMode, streams, ...options }: CallOptions & { refreshMode: 'Merge' | 'Truncate'; streams?: StreamName[] },
    ): Promise<InternalJob | undefined> =>
      api
        .write('connections/refresh', { connectionId, refreshMode, ...(streams && { streams }) }, OptionalJob, options)
        .then(({ job }) => job),

    /** How each of them is doing: running, failed, synced, … */
    statuses: (connectionIds: readonly string[], options: CallOptions = {}): Promise<ConnectionHealth[]> =>
      api.read('connections/status', { connectionIds }, z.array(ConnectionHealth), options),

    /** Rows and bytes, stream by stream, of the sync that runs. */
    progress: (connectionId: string, options: CallOptions = {}): Promise<SyncProgress> =>
      api.read('connections/sync_progress', { connectionId }, SyncProgress, options),

    /** The last job that moved each stream. */
    lastJobs: (connectionId: string, options: CallOptions = {}): Promise<LastJobOfStream[]> =>
      api.read('connections/last_job_per_stream', { connectionId }, z.array(LastJobOfStream), options),
  }
}
