import { isAirbyteError } from '@opsai/airbyte-client'
import type { Job } from '@opsai/contract'
import type { Services } from '../services.js'
import { isFinal } from './read-job.js'

/** Cancels a job. One that ended meanwhile needs none, and a lost answer is no error where the job has ended. */
export async function cancelJob({ airbyte, jobs }: Services, jobId: number): Promise<Job> {
  const problem = await airbyte.jobs.cancel(jobId).then(
    () => undefined,
    (error: unknown) => ({ error }),
  )
  const job = await jobs.read(jobId)
  if (!problem || isFinal(job) || isRefusal(problem.error)) return job
  throw problem.error
}

/** Its answer says how it ended. */
const isRefusal = (error: unknown) => isAirbyteError(error) && (error.code === 'conflict' || error.code === 'invalid')
