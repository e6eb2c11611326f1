// The Config API's record of jobs: attempts, rows per stream, failures, logs.
import { internalApi } from '../internal-api.js'
import type { CallOptions, Requester } from '../request.js'
import { InternalJobs, JobDetail, OneJob, OptionalJob, type InternalJob, type JobStatus } from '../schemas.js'

/** Jobs of a connection, or of any kind. */
export interface InternalJobFilter {
  /** The connection's id. */
  configId?: string
  configTypes: ('sync' | 'reset_connection' | 'refresh' | 'clear')[]
  statuses?: JobStatus[]
  /** Begins with the page this job is on. */
  includingJobId?: number
  pagination?: { pageSize?: number; rowOffset?: number }
}

export function createInternalJobs(request: Requester) {
  const api = internalApi(request)
  return {
    /** Attempts, rows per stream and failures. */
    detail: (jobId: number, options: CallOptions = {}): Promise<JobDetail> =>
      api.read('jobs/get_without_logs', { id: jobId }, JobDetail, options),

    /** The last job of a connection that moved rows. */
    last: async (connectionId: string, options: CallOptions = {}): Promise<InternalJob | undefined> => {
      const answer = await api.read('jobs/get_last_replication_job', { connectionId }, OptionalJob, options)
      return answer.job
    },

    internal: {
      /** With its logs: large. */
      get: (jobId: number, options: CallOptions = {}): Promise<JobDetail> =>
        api.read('jobs/get', { id: jobId }, JobDetail, options),

      /** Without its attempts. */
      getLight: async (jobId: number, options: CallOptions = {}): Promise<InternalJob> => {
        const answer = await api.read('jobs/get_light', { id: jobId }, OneJob, options)
        return answer.job
      },

      /** One page, with the count of all. */
      list: (filter: InternalJobFilter, options: CallOptions = {}): Promise<InternalJobs> =>
        api.read('jobs/list', filter, InternalJobs, options),

      cancel: (jobId: number, options: CallOptions = {}): Promise<JobDetail> =>
        api.write('jobs/cancel', { id: jobId }, JobDetail, options),
    },
  }
}
