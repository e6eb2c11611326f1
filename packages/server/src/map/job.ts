// Airbyte's job and its attempts → the contract's job. Pure.
import type { FailureReason, Job as AirbyteJob, JobDetail } from '@opsai/airbyte-client'
import type { Job, StreamProgress } from '@opsai/contract'

type Attempt = JobDetail['attempts'][number]['attempt']
type Stats = NonNullable<Attempt['streamStats']>[number]

/** What earlier attempts committed stays: figures are those of the whole job. */
function toStreams(attempts: readonly Attempt[]): StreamProgress[] {
  const byStream = new Map<string, StreamProgress>()
  for (const stats of attempts.flatMap((attempt) => attempt.streamStats ?? [])) {
    const key = `${stats.streamNamespace ?? ''}\0${stats.streamName}`
    byStream.set(key, addStats(byStream.get(key), stats))
  }
  return [...byStream.values()]
}

function addStats(sum: StreamProgress | undefined, { streamName, streamNamespace, stats }: Stats): StreamProgress {
  return {
    name: streamName,
    ...(streamNamespace && { namespace: streamNamespace }),
    rowsEmitted: (sum?.rowsEmitted ?? 0) + (stats.recordsEmitted ?? 0),
    rowsCommitted: (sum?.rowsCommitted ?? 0) + (stats.recordsCommitted ?? 0),
    bytesCommitted: (sum?.bytesCommitted ?? 0) + (stats.bytesCommitted ?? 0),
  }
}

function toFailure({ externalMessage, failureType, failureOrigin }: FailureReason): NonNullable<Job['failure']> {
  const message = externalMessage?.split('\n')[0]?.slice(0, 500) || 'The sync failed.'
  if (failureType === 'config_error' && failureOrigin !== 'destination') {
    return { message, remedy: 'Check the settings of this source, test it, then sync again.' }
  }
  if (failureType === 'transient_error') return { message, remedy: 'This usually passes. Sync again in a moment.' }
  if (failureOrigin === 'destination')
    return { message, remedy: 'The fault is on our side. Try again, or ask the site owner.' }
  return { message, remedy: 'Sync again. If it fails once more, ask the site owner.' }
}

const sumOf = (streams: readonly StreamProgress[], count: (stream: StreamProgress) => number) =>
  streams.reduce((sum, stream) => sum + count(stream), 0)

/** `2026-08-21T12:00Z` is one of Airbyte's, too. */
const toIso = (time: string) => (Number.isNaN(Date.parse(time)) ? time : new Date(time).toISOString())

export function toJob(job: AirbyteJob, detail: JobDetail | undefined): Job {
  const attempts = detail?.attempts.map(({ attempt }) => attempt) ?? []
  const streams = toStreams(attempts)
  const reason = attempts.at(-1)?.failureSummary?.failures[0]
  const failed = job.status === 'failed' || job.status === 'incomplete'
  return {
    jobId: String(job.jobId),
    connectionId: job.connectionId,
    status: job.status,
    startedAt: toIso(job.startTime),
    ...(job.lastUpdatedAt && { updatedAt: toIso(job.lastUpdatedAt) }),
    rowsSynced: Math.max(
      job.rowsSynced ?? 0,
      sumOf(streams, ({ rowsCommitted }) => rowsCommitted),
    ),
    bytesSynced: Math.max(
      job.bytesSynced ?? 0,
      sumOf(streams, ({ bytesCommitted }) => bytesCommitted),
    ),
    streams,
    ...(failed && { failure: toFailure(reason ?? {}) }),
  }
}
