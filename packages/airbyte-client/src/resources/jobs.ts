import { listAll } from '../pages.js'
import type { CallOptions, Requester } from '../request.js'
import { Job, JobDetail } from '../schemas.js'

/** Jobs: one run of a connection. The public API runs and lists them, the Config API says why one failed. */
export function createJobs(request: Requester) {
  const path = 'jobs'
  return {
    /** Starts a sync. `conflict` where one already runs, or where the connection is inactive. */
    create: (job: { connectionId: string; jobType: 'sync' }, options: CallOptions = {}): Promise<Job> =>
      request({ door: 'public', method: 'post', path, json: job, answer: Job, ...options }),

    get: (jobId: number, options: CallOptions = {}): Promise<Job> =>
      request({ door: 'public', method: 'get', path: `${path}/${jobId}`, answer: Job, ...options }),

    /** Attempts, rows per stream and failures. */
    detail: (jobId: number, options: CallOptions = {}): Promise<JobDetail> =>
      request({
        door: 'config',
        method: 'post',
        path: 'jobs/get_without_logs',
        json: { id: jobId },
        reads: true,
        answer: JobDetail,
        ...options,
      }),

    /** Jobs of one connection, newest first unless `orderBy` says otherwise (Airbyte's own default is oldest first). */
    list: (
      jobs: { connectionId: string; limit?: number; orderBy?: `${'createdAt' | 'updatedAt'}|${'ASC' | 'DESC'}` },
      options: CallOptions = {},
    ): Promise<Job[]> => {
      const { connectionId, limit, orderBy = 'createdAt|DESC' } = jobs
      const search = new URLSearchParams({ connectionId, orderBy })
      return listAll(request, { path, search, item: Job, ...(limit !== undefined && { limit }), ...options })
    },

    cancel: (jobId: number, options: CallOptions = {}): Promise<Job> =>
      request({ door: 'public', method: 'delete', path: `${path}/${jobId}`, answer: Job, ...options }),
  }
}
