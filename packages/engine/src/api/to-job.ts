// A stored job as either API tells it. The public one has totals only; the Config API has attempts and reasons.
import type { AttemptRow, JobRow } from '../store/jobs.js'
import type { StreamStats } from '../sync/progress.js'

const seconds = (date: Date) => Math.floor(date.getTime() / 1000)

/** `GET /jobs/{jobId}`. */
export function toPublicJob(job: JobRow, now: Date) {
  const totals = sum(job.attempts.flatMap((attempt) => attempt.streamStats))
  const started = job.startedAt
  return {
    jobId: job.jobId,
    status: job.status,
    jobType: job.jobType,
    startTime: (started ?? job.createdAt).toISOString(),
    connectionId: job.connectionId,
    lastUpdatedAt: job.updatedAt.toISOString(),
    ...(started && { duration: toIsoDuration((job.endedAt ?? now).getTime() - started.getTime()) }),
    bytesSynced: totals.bytesCommitted,
    rowsSynced: totals.recordsCommitted,
  }
}

/** `jobs/get_without_logs`. */
export function toJobInfo(job: JobRow) {
  const stats = perStream(job.attempts.flatMap((attempt) => attempt.streamStats))
  return {
    job: {
      id: job.jobId,
      configType: configTypes[job.jobType],
      configId: job.connectionId,
      enabledStreams: job.streams.map(toDescriptor),
      createdAt: seconds(job.createdAt),
      updatedAt: seconds(job.updatedAt),
      ...(job.startedAt && { startedAt: seconds(job.startedAt) }),
      status: job.status,
      aggregatedStats: { ...sum(stats), recordsRejected: 0 },
      streamAggregatedStats: stats.map((it) => ({ ...toStreamName(it), ...toCounts(it), recordsRejected: 0 })),
    },
    attempts: job.attempts.map((attempt) => ({ attempt: toAttempt(attempt) })),
  }
}

/** The Config API's word for a job's type. */
export const configTypes = { sync: 'sync', reset: 'reset_connection', clear: 'clear' } as const

export function toAttempt(attempt: AttemptRow) {
  const totals = sum(attempt.streamStats)
  return {
    id: attempt.attemptNumber,
    status: attempt.status,
    createdAt: seconds(attempt.createdAt),
    updatedAt: seconds(attempt.updatedAt),
    ...(attempt.endedAt && { endedAt: seconds(attempt.endedAt) }),
    bytesSynced: totals.bytesCommitted,
    recordsSynced: totals.recordsCommitted,
    totalStats: totals,
    streamStats: attempt.streamStats.map((it) => ({ ...toStreamName(it), stats: toCounts(it) })),
    ...(attempt.failure && {
      failureSummary: { failures: [attempt.failure], partialSuccess: attempt.madeProgress },
    }),
  }
}

type Counts = Pick<StreamStats, 'recordsEmitted' | 'bytesEmitted' | 'recordsCommitted' | 'bytesCommitted'>

function toCounts({ recordsEmitted, bytesEmitted, recordsCommitted, bytesCommitted }: Counts): Counts {
  return { recordsEmitted, bytesEmitted, recordsCommitted, bytesCommitted }
}

function sum(stats: Counts[]): Counts {
  const total: Counts = { recordsEmitted: 0, bytesEmitted: 0, recordsCommitted: 0, bytesCommitted: 0 }
  for (const it of stats) {
    total.recordsEmitted += it.recordsEmitted
    total.bytesEmitted += it.bytesEmitted
    total.recordsCommitted += it.recordsCommitted
    total.bytesCommitted += it.bytesCommitted
  }
  return total
}

/** One entry a stream: each attempt counts its own rows. */
function perStream(stats: StreamStats[]): StreamStats[] {
  const totals = new Map<string, StreamStats>()
  for (const it of stats) {
    const key = JSON.stringify([it.namespace ?? null, it.name])
    totals.set(key, { ...toDescriptor(it), ...sum([it, ...toList(totals.get(key))]) })
  }
  return [...totals.values()]
}

function toList<T>(item: T | undefined): T[] {
  return item === undefined ? [] : [item]
}

function toDescriptor({ name, namespace }: { name: string; namespace?: string }) {
  return { name, ...(namespace !== undefined && { namespace }) }
}

function toStreamName({ name, namespace }: { name: string; namespace?: string }) {
  return { streamName: name, ...(namespace !== undefined && { streamNamespace: namespace }) }
}

/** `PT1H2M3S`. */
export function toIsoDuration(ms: number): string {
  const total = Math.max(0, Math.round(ms / 1000))
  const [hours, minutes, rest] = [Math.floor(total / 3600), Math.floor((total % 3600) / 60), total % 60]
  const text = `${hours ? `${hours}H` : ''}${minutes ? `${minutes}M` : ''}${rest ? `${rest}S` : ''}`
  return `PT${text || '0S'}`
}
