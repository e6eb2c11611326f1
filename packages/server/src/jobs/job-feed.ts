// Who watches a job learns of every change; however many watch, Airbyte is asked once.
import type { Job } from '@opsai/contract'
import type { Airbyte } from '../services.js'
import { createJobReader, isFinal } from './read-job.js'

const EVERY_MS = 700
const GIVE_UP_AFTER = 20

export interface JobFeed {
  read(jobId: number): Promise<Job>
  /** Calls `onJob` at once and on every change, until the job is final. Answers how to stop. */
  watch(jobId: number, watcher: Watcher): () => void
  close(): void
}

export interface Watcher {
  onJob(job: Job): void
  /** The job is final, cannot be read any more, or the feed was closed. */
  onEnd(): void
}

interface Watched {
  watchers: Set<Watcher>
  last: string
  lastJob?: Job
  failures: number
  timer?: NodeJS.Timeout
}

/**
 * @param onFinal a job that somebody watches ended
 * @param onEnded a job was met ended, watched or not
 */
export function createJobFeed(airbyte: Airbyte, onFinal: (job: Job) => void, onEnded?: (job: Job) => void): JobFeed {
  const read = createJobReader(airbyte, onEnded)
  const watched = new Map<number, Watched>()

  const end = (jobId: number, entry: Watched) => {
    clearTimeout(entry.timer)
    watched.delete(jobId)
    for (const watcher of entry.watchers) watcher.onEnd()
  }

  const poll = async (jobId: number, entry: Watched) => {
    try {
      const job = await read(jobId)
      entry.failures = 0
      const text = JSON.stringify(job)
      if (text !== entry.last) {
        entry.last = text
        entry.lastJob = job
        for (const watcher of entry.watchers) watcher.onJob(job)
      }
      if (isFinal(job)) {
        onFinal(job)
        return end(jobId, entry)
      }
    } catch {
      entry.failures += 1
      if (entry.failures >= GIVE_UP_AFTER) return end(jobId, entry)
    }
    if (entry.watchers.size > 0) entry.timer = setTimeout(() => void poll(jobId, entry), EVERY_MS)
  }

  return {
    read,
    watch: (jobId, watcher) => {
      const running = watched.get(jobId)
      const entry: Watched = running ?? { watchers: new Set(), last: '', failures: 0 }
      entry.watchers.add(watcher)
      if (entry.lastJob) watcher.onJob(entry.lastJob)
      if (!running) {
        watched.set(jobId, entry)
        void poll(jobId, entry)
      }
      return () => {
        entry.watchers.delete(watcher)
        if (entry.watchers.size > 0 || watched.get(jobId) !== entry) return
        clearTimeout(entry.timer)
        watched.delete(jobId)
      }
    },
    close: () => {
      for (const [jobId, entry] of watched) end(jobId, entry)
    },
  }
}
