// Where connections and their streams stand.
import * as z from 'zod'
import { FailureReason } from './checks.js'
import { InternalJob, JobConfigType, JobStatus } from './jobs.js'
import { AnyObject, growing, maybe } from './tolerant.js'

/** How a connection is doing. */
export const ConnectionHealth = z.looseObject({
  connectionId: z.string(),
  connectionSyncStatus: growing('running', 'queued', 'failed', 'paused', 'pending', 'incomplete', 'synced'),
  /** Seconds since the epoch. */
  lastSuccessfulSync: maybe(z.number()),
  activeJob: maybe(InternalJob),
  lastSyncJobId: maybe(z.number()),
  lastSyncAttemptNumber: maybe(z.number()),
  lastSyncJobCreatedAt: maybe(z.number()),
  failureReason: maybe(FailureReason),
})
export type ConnectionHealth = z.infer<typeof ConnectionHealth>

const counts = {
  recordsEmitted: maybe(z.number()),
  recordsCommitted: maybe(z.number()),
  recordsRejected: maybe(z.number()),
  bytesEmitted: maybe(z.number()),
  bytesCommitted: maybe(z.number()),
}

/** Rows and bytes of the sync that runs. */
export const SyncProgress = z.looseObject({
  connectionId: z.string(),
  jobId: maybe(z.number()),
  configType: JobConfigType,
  /** Seconds since the epoch. */
  syncStartedAt: maybe(z.number()),
  ...counts,
  streams: z.array(
    z.looseObject({
      streamName: z.string(),
      streamNamespace: maybe(z.string()),
      configType: JobConfigType,
      ...counts,
    }),
  ),
})
export type SyncProgress = z.infer<typeof SyncProgress>

/** The last job that moved a stream. */
export const LastJobOfStream = z.looseObject({
  streamName: z.string(),
  streamNamespace: maybe(z.string()),
  jobId: z.number(),
  configType: JobConfigType,
  jobStatus: JobStatus,
  recordsCommitted: z.number(),
  bytesCommitted: z.number(),
  /** Seconds since the epoch. */
  startedAt: z.number(),
  /** Seconds since the epoch. */
  endedAt: z.number(),
})
export type LastJobOfStream = z.infer<typeof LastJobOfStream>

const StreamState = z.looseObject({
  streamDescriptor: z.looseObject({ name: z.string(), namespace: maybe(z.string()) }),
  streamState: maybe(AnyObject),
})

/** Up to where a connection has read. */
export const ConnectionState = z.looseObject({
  connectionId: z.string(),
  stateType: growing('global', 'stream', 'legacy', 'not_set'),
  state: maybe(AnyObject),
  streamState: maybe(z.array(StreamState)),
  globalState: maybe(z.looseObject({ shared_state: maybe(AnyObject), streamStates: z.array(StreamState) })),
})
export type ConnectionState = z.infer<typeof ConnectionState>

/** What one stream did in one attempt. */
export const StreamStatus = z.looseObject({
  id: z.string(),
  workspaceId: z.string(),
  connectionId: z.string(),
  jobId: z.number(),
  jobType: growing('SYNC', 'RESET'),
  attemptNumber: z.number(),
  streamName: z.string(),
  streamNamespace: maybe(z.string()),
  runState: growing('PENDING', 'RUNNING', 'COMPLETE', 'INCOMPLETE', 'RATE_LIMITED'),
  incompleteRunCause: maybe(growing('FAILED', 'CANCELED')),
  /** Milliseconds since the epoch. */
  transitionedAt: z.number(),
})
export type StreamStatus = z.infer<typeof StreamStatus>
export const StreamStatuses = z.looseObject({ streamStatuses: maybe(z.array(StreamStatus)) })
