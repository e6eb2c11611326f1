import { setTimeout as sleep } from 'node:timers/promises'
import { isAirbyteError, type Job } from '@opsai/airbyte-client'
import type { Airbyte } from '../services.js'

const FIRST_MS = 200
const LONGEST_MS = 2_000

const hasEnded = ({ status }: Job) => status === 'succeeded' || status === 'failed' || status === 'cancelled'

/**
 * Runs a connection once and waits for the end.
 *
 * @throws Error where the job did not succeed; the signal's reason where that fires first, the job then being cancelled
 */
export async function runPreviewJob(airbyte: Airbyte, connectionId: string, signal: AbortSignal): Promise<void> {
  let job = await airbyte.jobs.create({ connectionId, jobType: 'sync' }, { signal })
  try {
    for (let waitMs = FIRST_MS; !hasEnded(job); waitMs = Math.min(waitMs * 1.5, LONGEST_MS)) {
      await sleep(waitMs, undefined, { signal })
      job = await airbyte.jobs.get(job.jobId, { signal })
    }
  } catch (error) {
    await cancelJob(airbyte, job.jobId).catch(() => {})
    throw error
  }
  if (job.status !== 'succeeded') throw new Error(`The preview's job ${job.status}.`)
}

/** Stops what a connection is doing, if it is doing anything. */
export async function stopJobsOf(airbyte: Airbyte, connectionId: string): Promise<void> {
  const [latest] = await airbyte.jobs.list({ connectionId, limit: 1 })
  if (latest && !hasEnded(latest)) await cancelJob(airbyte, latest.jobId)
}

/** One that has ended meanwhile is a conflict, and just as well. */
async function cancelJob(airbyte: Airbyte, jobId: number): Promise<void> {
  await airbyte.jobs.cancel(jobId).catch((error: unknown) => {
    if (!isAirbyteError(error) || error.code !== 'conflict') throw error
  })
}
