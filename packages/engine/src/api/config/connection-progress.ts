// How connections are doing: their last jobs, read as statuses and progress.
import { Hono } from 'hono'
import * as z from 'zod'
import type { JobRow } from '../../store/jobs.js'
import { parseBody, Uuid } from '../parse.js'
import { findConnection, type Services } from '../services.js'
import { toJobInfo } from '../to-job.js'
import { toScheduleWords } from './connection-words.js'

const One = z.looseObject({ connectionId: Uuid })
const Many = z.looseObject({ connectionIds: z.array(Uuid).max(1000) })
const seconds = (date: Date) => Math.floor(date.getTime() / 1000)
const isOpen = ({ status }: JobRow) => status === 'pending' || status === 'running' || status === 'incomplete'

export function connectionProgressRoutes(services: Services) {
  const latest = (connectionId: string, limit: number) =>
    services.jobs.list({ connectionId, workspaceIds: [], orderBy: 'createdAt', direction: 'DESC', limit, offset: 0 })

  async function toStatus(connectionId: string) {
    const connection = await findConnection(services, connectionId)
    const jobs = await latest(connectionId, 20)
    const [last] = jobs
    const succeeded = jobs.find(({ status, jobType }) => status === 'succeeded' && jobType === 'sync')
    const attempt = last?.attempts.at(-1)
    return {
      connectionId,
      connectionSyncStatus: toSyncStatus(connection.status, last),
      ...withoutSchedule(toScheduleWords(connection.schedule)),
      ...(succeeded?.endedAt && { lastSuccessfulSync: seconds(succeeded.endedAt) }),
      ...(last && isOpen(last) && { activeJob: toJobInfo(last).job }),
      ...(last && { lastSyncJobId: last.jobId, lastSyncJobCreatedAt: seconds(last.createdAt) }),
      ...(attempt && { lastSyncAttemptNumber: attempt.attemptNumber }),
      ...(attempt?.failure && last?.status !== 'succeeded' && { failureReason: attempt.failure }),
    }
  }

  return new Hono()
    .post('/connections/status', async (c) => {
      const { connectionIds } = await parseBody(c, Many)
      return c.json(await Promise.all(connectionIds.map(toStatus)))
    })
    .post('/connections/sync_progress', async (c) => {
      const { connectionId } = await parseBody(c, One)
      await findConnection(services, connectionId)
      const [job] = await latest(connectionId, 1)
      if (!job || !isOpen(job)) return c.json({ connectionId, streams: [], configType: 'sync' })
      const { job: read } = toJobInfo(job)
      const { configType } = read
      return c.json({
        connectionId,
        jobId: job.jobId,
        ...read.aggregatedStats,
        ...(job.startedAt && { syncStartedAt: seconds(job.startedAt) }),
        configType,
        streams: read.streamAggregatedStats.map((stream) => ({ ...stream, configType })),
      })
    })
    .post('/connections/last_job_per_stream', async (c) => {
      const { connectionId } = await parseBody(c, One)
      const connection = await findConnection(services, connectionId)
      const ended = (await latest(connectionId, 50)).filter((job) => !isOpen(job))
      const all = ended.flatMap((job) =>
        toJobInfo(job).job.streamAggregatedStats.map((stats) => toStreamJob(job, stats)),
      )
      const lastOf = ({ name, namespace = '' }: { name: string; namespace?: string }) =>
        all.find((it) => it.streamName === name && it.streamNamespace === namespace)
      return c.json(connection.streams.flatMap((stream) => lastOf(stream) ?? []))
    })
}

type Stats = ReturnType<typeof toJobInfo>['job']['streamAggregatedStats'][number]

function toStreamJob(job: JobRow, stats: Stats) {
  return {
    streamName: stats.streamName,
    streamNamespace: stats.streamNamespace ?? '',
    jobId: job.jobId,
    configType: toJobInfo(job).job.configType,
    jobStatus: job.status,
    recordsCommitted: stats.recordsCommitted,
    bytesCommitted: stats.bytesCommitted,
    startedAt: seconds(job.startedAt ?? job.createdAt),
    endedAt: seconds(job.endedAt ?? job.updatedAt),
  }
}

function toSyncStatus(status: 'active' | 'inactive', last: JobRow | undefined) {
  if (last?.status === 'running') return 'running'
  if (last?.status === 'pending') return 'queued'
  if (last?.status === 'incomplete') return 'incomplete'
  if (status === 'inactive') return 'paused'
  if (!last) return 'pending'
  if (last.status === 'succeeded') return last.jobType === 'sync' ? 'synced' : 'pending'
  return last.status === 'failed' ? 'failed' : 'incomplete'
}

function withoutSchedule<T extends object>(words: T) {
  const { schedule: _, scheduleType: __, ...rest } = words as T & { schedule?: unknown; scheduleType?: unknown }
  return rest
}
