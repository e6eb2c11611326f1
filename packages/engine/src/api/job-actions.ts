// Jobs are started and cancelled by the same rules, whichever API asks.
import type { StreamDescriptor } from '../protocol/messages.js'
import { inTransaction } from '../store/database.js'
import type { JobRow, JobType } from '../store/jobs.js'
import { Problem, unknownId } from './problem.js'
import { findConnection, type Services } from './services.js'

/** How long a cancellation waits for the job to have stopped, so that the answer can say so. */
const cancelWaitMs = 5_000

/** Rows out. All throw problems: 403 for an unknown id, 409 where it is not the time. */
export function createJobActions(services: Services) {
  const { jobs, queue, database } = services

  async function find(jobId: number): Promise<JobRow> {
    const job = await jobs.get(jobId)
    if (!job) throw unknownId('job')
    return job
  }

  return {
    find,

    /** `streams` are those a clear is about; all where missing. */
    start: async (connectionId: string, jobType: JobType, streams?: StreamDescriptor[]): Promise<JobRow> => {
      const connection = await findConnection(services, connectionId)
      if (jobType === 'sync' && connection.status !== 'active') {
        throw new Problem('state-conflict', 'The connection is inactive. Set it active to sync it.')
      }
      const jobId = await inTransaction(database, (tx) => services.createJob(connection, tx, jobType, streams))
      if (jobId === undefined) {
        throw new Problem('try-again-later', 'A job is already running for this connection. Wait for it, or cancel it.')
      }
      services.wakeWorker()
      return await find(jobId)
    },

    cancel: async (jobId: number): Promise<JobRow> => {
      const until = Date.now() + cancelWaitMs
      await find(jobId)
      if (!(await queue.cancel(jobId))) throw new Problem('state-conflict', 'The job has ended already.')
      services.wakeWorker()
      let job = await find(jobId)
      while (job.status === 'running' && Date.now() < until) {
        await new Promise((resolve) => setTimeout(resolve, 100))
        job = await find(jobId)
      }
      return job
    },
  }
}
