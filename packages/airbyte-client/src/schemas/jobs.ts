// Runs of a connection.
import * as z from 'zod'
import { FailureReason } from './checks.js'
import { AnyObject, growing, maybe } from './tolerant.js'

/** Ended: `failed`, `succeeded`, `cancelled`. `incomplete` is an attempt that failed and will be tried again. */
export const JobStatus = z.enum(['pending', 'queued', 'running', 'incomplete', 'failed', 'succeeded', 'cancelled'])
export type JobStatus = z.infer<typeof JobStatus>

/** Public API. Rows and bytes are the committed ones; there is no failure reason here. */
export const Job = z.looseObject({
  jobId: z.number(),
  status: JobStatus,
  jobType: growing('sync', 'reset', 'refresh', 'clear'),
  /** ISO 8601, seconds may be missing. */
  startTime: z.string(),
  connectionId: z.string(),
  lastUpdatedAt: maybe(z.string()),
  /** ISO 8601, such as `PT1M12S`. */
  duration: maybe(z.string()),
  bytesSynced: maybe(z.number()),
  rowsSynced: maybe(z.number()),
})
export type Job = z.infer<typeof Job>

const Stats = z.looseObject({
  recordsEmitted: maybe(z.number()),
  bytesEmitted: maybe(z.number()),
  recordsCommitted: maybe(z.number()),
  bytesCommitted: maybe(z.number()),
  recordsRejected: maybe(z.number()),
})

const Attempt = z.looseObject({
  id: z.number(),
  status: z.string(),
  /** Seconds since the epoch. */
  createdAt: maybe(z.number()),
  /** Seconds since the epoch. */
  endedAt: maybe(z.number()),
  totalStats: maybe(Stats),
  streamStats: maybe(
    z.array(z.looseObject({ streamName: z.string(), streamNamespace: maybe(z.string()), stats: Stats })),
  ),
  failureSummary: maybe(z.looseObject({ failures: z.array(FailureReason), partialSuccess: maybe(z.boolean()) })),
})

export const JobConfigType = growing(
  'check_connection_source',
  'check_connection_destination',
  'discover_schema',
  'get_spec',
  'sync',
  'reset_connection',
  'refresh',
  'clear',
)

/** The Config API's record of a job. */
export const InternalJob = z.looseObject({
  id: z.number(),
  configType: maybe(JobConfigType),
  /** The connection's id. */
  configId: z.string(),
  status: JobStatus,
  /** Seconds since the epoch. */
  createdAt: z.number(),
  /** Seconds since the epoch. */
  updatedAt: z.number(),
  /** Seconds since the epoch. */
  startedAt: maybe(z.number()),
  aggregatedStats: maybe(Stats),
})
export type InternalJob = z.infer<typeof InternalJob>

/** What happened, attempt by attempt, stream by stream. `logs` only where they were asked for. */
export const JobDetail = z.looseObject({
  job: InternalJob,
  attempts: z.array(z.looseObject({ attempt: Attempt, logs: maybe(AnyObject) })),
})
export type JobDetail = z.infer<typeof JobDetail>

export const OptionalJob = z.looseObject({ job: maybe(InternalJob) })
export const OneJob = z.looseObject({ job: InternalJob })

/** Jobs of any kind with their attempts, newest first. */
export const InternalJobs = z.looseObject({
  jobs: z.array(z.looseObject({ job: maybe(InternalJob), attempts: maybe(z.array(Attempt)) })),
  totalJobCount: z.number(),
})
export type InternalJobs = z.infer<typeof InternalJobs>
