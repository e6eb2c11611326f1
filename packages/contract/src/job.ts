import * as z from 'zod/mini'

/** As Airbyte's public API: `incomplete` will be retried; `succeeded`, `failed` and `cancelled` are final. */
export const JobStatus = z.enum(['pending', 'queued', 'running', 'incomplete', 'failed', 'succeeded', 'cancelled'])
export type JobStatus = z.infer<typeof JobStatus>

/** Statuses after which a job never changes. */
export const finalJobStatuses = ['failed', 'succeeded', 'cancelled'] as const satisfies JobStatus[]

export const StreamProgress = z.object({
  name: z.string(),
  namespace: z.optional(z.string()),
  rowsEmitted: z.int(),
  rowsCommitted: z.int(),
  bytesCommitted: z.int(),
})
export type StreamProgress = z.infer<typeof StreamProgress>

/** One run of a connection. */
export const Job = z.object({
  jobId: z.string(),
  connectionId: z.string(),
  status: JobStatus,
  startedAt: z.string(),
  updatedAt: z.optional(z.string()),
  rowsSynced: z.int(),
  bytesSynced: z.int(),
  streams: z.array(StreamProgress),
  /** Why it failed or will be retried, for the end user. */
  failure: z.optional(z.object({ message: z.string(), remedy: z.optional(z.string()) })),
})
export type Job = z.infer<typeof Job>
