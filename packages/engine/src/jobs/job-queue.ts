// The transactions a job goes through: claimed, ended, waiting for its next attempt, cancelled.
import type { FailureReason } from '@opsai/airbyte-client/schemas'
import type { StreamStats } from '../sync/progress.js'
import type { SyncResult } from '../sync/sync-result.js'
import { inTransaction, type Database, type Queryable } from '../store/database.js'
import type { AttemptOutcome, AttemptRow, JobRow, JobStore } from '../store/jobs.js'
import { decideNextStep, type PastAttempt, type RetryPolicy } from './retry-policy.js'
import { toFailureReason } from './failure-reason.js'

/** How an attempt ended, as its worker saw it. */
export type AttemptEnd =
  | SyncResult
  /** The engine stops; the job goes on at its next start. */
  | { status: 'interrupted' }

export interface ClaimedJob extends JobRow {
  attemptNumber: number
}

export function createJobQueue(database: Database, jobs: JobStore, policy: RetryPolicy) {
  /** Ends an attempt and decides what becomes of the job. */
  async function settle(job: JobRow, attemptNumber: number, end: Settlement, tx: Queryable) {
    await jobs.endAttempt(job.jobId, attemptNumber, end, tx)
    if (end.outcome === 'succeeded' || end.outcome === 'cancelled') return jobs.end(job.jobId, end.outcome, tx)
    if (job.cancelRequested) return jobs.end(job.jobId, 'cancelled', tx)
    const past = job.attempts.filter((attempt) => attempt.attemptNumber < attemptNumber).map(toPastAttempt)
    const next = decideNextStep([...past, toPastAttempt({ ...end, failure: end.failure ?? null })], policy)
    if (next.kind === 'fail') return jobs.end(job.jobId, 'failed', tx)
    await jobs.postpone(job.jobId, new Date(Date.now() + next.delayMs), tx)
  }

  return {
    /**
     * Starts the job's next attempt. The caller holds the job's lock, so a running attempt is one whose engine died.
     * `undefined` where there is nothing to run any more.
     */
    claim: (jobId: number): Promise<ClaimedJob | undefined> =>
      inTransaction(database, async (tx) => {
        let job = await jobs.getForUpdate(jobId, tx)
        const orphan = job?.attempts.find((attempt) => attempt.status === 'running')
        if (job?.status === 'running' && orphan) {
          const { attemptNumber, streamStats } = orphan
          await settle(job, attemptNumber, interruption(streamStats), tx)
          job = await jobs.getForUpdate(jobId, tx)
        }
        if (!job || (job.status !== 'pending' && job.status !== 'incomplete')) return undefined
        const attemptNumber = job.attempts.length
        await jobs.startAttempt(jobId, attemptNumber, tx)
        return { ...job, attemptNumber }
      }),

    end: (job: ClaimedJob, end: AttemptEnd, stats: StreamStats[]): Promise<void> =>
      inTransaction(database, async (tx) => {
        const current = await jobs.getForUpdate(job.jobId, tx)
        if (!current) return
        await settle(current, job.attemptNumber, toSettlement(end, stats), tx)
      }),

    /** Cancels a waiting job at once; a running one is told to stop. Answers whether the job was open. */
    cancel: (jobId: number): Promise<boolean> =>
      inTransaction(database, async (tx) => {
        const job = await jobs.getForUpdate(jobId, tx)
        if (!job || !['pending', 'incomplete', 'running'].includes(job.status)) return false
        await jobs.requestCancel(jobId, tx)
        if (job.status !== 'running') await jobs.end(jobId, 'cancelled', tx)
        return true
      }),
  }
}

interface Settlement {
  outcome: AttemptOutcome
  failure?: FailureReason
  stats?: StreamStats[]
  madeProgress: boolean
}

function toSettlement(end: AttemptEnd, stats: StreamStats[]): Settlement {
  if (end.status === 'interrupted') return interruption(stats)
  if (end.status === 'succeeded') return { outcome: 'succeeded', stats, madeProgress: true }
  if (end.status === 'cancelled') {
    const failure = toFailureReason('airbyte_platform', 'manual_cancellation', 'The sync was cancelled.')
    return { outcome: 'cancelled', failure, stats, madeProgress: hasProgress(stats) }
  }
  const { origin, type, message, stream } = end.failure
  const failure = toFailureReason(origin === 'platform' ? 'airbyte_platform' : origin, type, message, stream)
  return { outcome: 'failed', failure, stats, madeProgress: end.madeProgress }
}

function interruption(stats: StreamStats[]): Settlement {
  const message = 'The engine stopped while the sync ran. It goes on from the last committed rows.'
  const failure = toFailureReason('airbyte_platform', 'transient_error', message)
  return { outcome: 'interrupted', failure, stats, madeProgress: hasProgress(stats) }
}

function hasProgress(stats: StreamStats[]) {
  return stats.some((stream) => stream.recordsCommitted > 0)
}

function toPastAttempt(
  attempt: Pick<AttemptRow, 'madeProgress' | 'failure'> & { outcome: AttemptOutcome | null },
): PastAttempt {
  const failureType = attempt.failure?.failureType
  return {
    outcome: attempt.outcome ?? 'interrupted',
    madeProgress: attempt.madeProgress,
    ...(failureType !== undefined && { failureType }),
  }
}
