// Runs jobs of the shared queue. Any number of engines may work on one database: a job belongs to whoever holds its
// lock, and a lock dies with its holder.
import { errorFacts, type EngineLogger } from '../logger.js'
import type { JobRow, JobStore } from '../store/jobs.js'
import type { HeldLock, Locks } from '../store/locks.js'
import type { StreamStats } from '../sync/progress.js'
import type { SyncResult } from '../sync/sync-result.js'
import { graceAfter } from './grace-after.js'
import type { ClaimedJob, createJobQueue } from './job-queue.js'
import { createRounds } from './rounds.js'

export interface JobWorkerOptions {
  jobs: JobStore
  queue: ReturnType<typeof createJobQueue>
  locks: Locks
  /** Does the work. Reports rows as they go and stops within seconds of the signal. */
  runJob(job: JobRow, signal: AbortSignal, onProgress: (stats: StreamStats[]) => void): Promise<SyncResult>
  /** Called when an attempt was settled, outside of it: what it does holds nothing up and fails nothing. */
  afterAttempt?(jobId: number): Promise<void>
  /** Called every round before jobs are looked for. */
  beforeRound(): Promise<void>
  maxConcurrent: number
  /** How often to look for work that other processes or the clock brought, in milliseconds. */
  pollMs: number
  /** How often progress is stored and a cancellation looked for, in milliseconds. */
  progressMs: number
  /** How long a job may go on after it was told to stop, in milliseconds, before it is left to itself. */
  stopGraceMs: number
  logger: EngineLogger
}

/** Why a running job is told to stop. */
type StopReason = 'cancelled' | 'gone' | 'lock_lost' | 'engine_stops'

export function createJobWorker(options: JobWorkerOptions) {
  const { jobs, queue, locks, maxConcurrent, pollMs, logger } = options
  const running = new Map<number, { stop(reason: StopReason): void; done: Promise<void> }>()
  const rounds = createRounds({
    look: lookForWork,
    onFailure: (error) => logger.warn(errorFacts(error), 'looking for jobs failed'),
    pollMs,
  })

  async function lookForWork() {
    await options.beforeRound()
    if (running.size >= maxConcurrent) return
    for (const jobId of await jobs.claimable([...running.keys()], new Date())) {
      if (running.size >= maxConcurrent || rounds.isStopped()) return
      await take(jobId)
    }
  }

  async function take(jobId: number) {
    const lock = await locks.tryHold(`job ${jobId}`)
    if (!lock) return
    try {
      const job = await queue.claim(jobId)
      if (!job) return await lock.release()
      start(job, lock)
    } catch (error) {
      await lock.release()
      throw error
    }
  }

  function start(job: ClaimedJob, lock: HeldLock) {
    const stopping = new AbortController()
    const stop = (reason: StopReason) => stopping.abort(reason)
    lock.lost.addEventListener('abort', () => stop('lock_lost'), { once: true })
    const done = work(job, stopping.signal, stop)
      .catch((error: unknown) => logger.error({ jobId: job.jobId, ...errorFacts(error) }, 'job could not be settled'))
      .finally(async () => {
        running.delete(job.jobId)
        await lock.release()
        rounds.wake()
      })
    running.set(job.jobId, { stop, done })
    logger.info({ jobId: job.jobId, attempt: job.attemptNumber, connectionId: job.connectionId }, 'sync started')
  }

  async function work(job: ClaimedJob, signal: AbortSignal, stop: (reason: StopReason) => void) {
    const reporter = createReporter(job, options, stop)
    const result = await run(job, signal, reporter.onProgress)
    await reporter.end()
    const reason = signal.aborted ? (signal.reason as StopReason) : undefined
    if (reason === 'lock_lost' || reason === 'gone') return
    const end =
      reason === 'engine_stops' && result.status !== 'succeeded' ? ({ status: 'interrupted' } as const) : result
    await queue.end(job, end, reporter.stats())
    logger.info({ jobId: job.jobId, attempt: job.attemptNumber, status: end.status }, 'sync ended')
    void options
      .afterAttempt?.(job.jobId)
      .catch((error: unknown) => logger.warn(errorFacts(error), 'nobody was told that the sync ended'))
  }

  async function run(
    job: JobRow,
    signal: AbortSignal,
    onProgress: (stats: StreamStats[]) => void,
  ): Promise<SyncResult> {
    try {
      return await Promise.race([
        options.runJob(job, signal, onProgress),
        graceAfter(signal, options.stopGraceMs, { status: 'cancelled' as const }),
      ])
    } catch (error) {
      if (signal.aborted) return { status: 'cancelled' }
      logger.error({ jobId: job.jobId, ...errorFacts(error) }, 'sync broke')
      const message = 'The engine failed inside; its log has the reason.'
      return { status: 'failed', failure: { origin: 'platform', type: 'system_error', message }, madeProgress: false }
    }
  }

  return {
    start: rounds.start,

    wake: rounds.wake,

    /** Stops running jobs so that they can go on at the next start, and waits for them. */
    async stop() {
      await rounds.stop()
      for (const job of running.values()) job.stop('engine_stops')
      await Promise.all([...running.values()].map((job) => job.done))
    },
  }
}

/**
 * Stores progress every so often, and hears there whether the job is to go on. A run counts since its job began; an
 * attempt tells its own share, so that the attempts add up.
 */
function createReporter(job: ClaimedJob, options: JobWorkerOptions, stop: (reason: StopReason) => void) {
  const earlier = job.attempts.flatMap((attempt) => attempt.streamStats)
  let latest: StreamStats[] | undefined
  let unsaved = false
  let saving = Promise.resolve()

  async function save() {
    const stats = unsaved ? latest : undefined
    unsaved = false
    try {
      const answer = await options.jobs.saveProgress(job.jobId, job.attemptNumber, stats)
      if (answer === 'cancel') stop('cancelled')
      if (answer === 'gone') stop('gone')
    } catch (error) {
      options.logger.warn({ jobId: job.jobId, ...errorFacts(error) }, 'progress was not stored')
    }
  }

  let busy = false
  const timer = setInterval(() => {
    if (busy) return
    busy = true
    saving = save().finally(() => (busy = false))
  }, options.progressMs)

  return {
    onProgress(stats: StreamStats[]) {
      latest = stats.map((stream) => withoutEarlier(stream, earlier))
      unsaved = true
    },
    stats: () => latest ?? [],
    async end() {
      clearInterval(timer)
      await saving
    },
  }
}

function withoutEarlier(stream: StreamStats, earlier: StreamStats[]): StreamStats {
  const same = earlier.filter((it) => it.name === stream.name && it.namespace === stream.namespace)
  const records = same.reduce((sum, it) => sum + it.recordsCommitted, 0)
  const bytes = same.reduce((sum, it) => sum + it.bytesCommitted, 0)
  return {
    ...stream,
    recordsEmitted: Math.max(0, stream.recordsEmitted - records),
    bytesEmitted: Math.max(0, stream.bytesEmitted - bytes),
    recordsCommitted: Math.max(0, stream.recordsCommitted - records),
    bytesCommitted: Math.max(0, stream.bytesCommitted - bytes),
  }
}
