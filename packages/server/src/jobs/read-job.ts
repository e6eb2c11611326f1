// A job of a tenant: ours by its connection, for Airbyte numbers the jobs of everybody in one row.
import { finalJobStatuses, type Job } from '@opsai/contract'
import { notFound } from '../http/problem.js'
import { isGone } from '../map/is-gone.js'
import { toJob } from '../map/job.js'
import type { Airbyte, Services } from '../services.js'
import { findConnection } from '../store/connections.js'

/** Whether a job will never change again. */
export const isFinal = ({ status }: Pick<Job, 'status'>) => (finalJobStatuses as readonly string[]).includes(status)

/**
 * A job with its streams; those that ended are remembered, for they never change.
 *
 * @param onEnded once for each job that is met ended
 */
export function createJobReader(airbyte: Airbyte, onEnded: (job: Job) => void = () => {}) {
  const ended = new Map<number, Job>()
  return async (jobId: number): Promise<Job> => {
    const kept = ended.get(jobId)
    if (kept) return kept
    const [job, detail] = await Promise.all([
      airbyte.jobs.get(jobId),
      airbyte.jobs.detail(jobId).catch(() => undefined),
    ])
    const read = toJob(job, detail)
    if (isFinal(read) && detail) {
      if (ended.size >= 2_000) ended.clear()
      ended.set(jobId, read)
      onEnded(read)
    }
    return read
  }
}

/** @throws ProblemError `not_found` for any job that is not of one of the tenant's connections */
export async function requireJob({ db, jobs }: Services, tenantId: string, jobId: string): Promise<Job> {
  const job = await jobs.read(Number(jobId)).catch((error: unknown) => {
    throw isGone(error) ? notFound() : error
  })
  if (!(await findConnection(db, tenantId, job.connectionId))) throw notFound()
  return job
}
