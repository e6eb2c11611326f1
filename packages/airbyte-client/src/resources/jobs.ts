// Jobs: one run of a connection. The public API runs and lists them, the Config API says why one failed.
import { iterateAll } from '../pages.js'
import { at } from '../path.js'
import { publicApi } from '../public-api.js'
import type { CallOptions, Requester } from '../request.js'
import { Job, type JobStatus } from '../schemas.js'
import { collect, iterateScoped, type ListOptions } from '../scoped-list.js'
import { toSearch } from '../search.js'
import type { WorkspaceScope } from '../workspace-scope.js'
import { createInternalJobs } from './internal-jobs.js'

/** Which jobs. Newest first unless `orderBy` says otherwise: Airbyte's own default is oldest first. */
export interface JobFilter {
  jobType?: 'sync' | 'reset' | 'refresh' | 'clear'
  status?: JobStatus
  /** ISO 8601, as are the other three. */
  createdAtStart?: string
  createdAtEnd?: string
  updatedAtStart?: string
  updatedAtEnd?: string
  orderBy?: `${'createdAt' | 'updatedAt'}|${'ASC' | 'DESC'}`
  /** At most so many; default all. */
  limit?: number
}

export function createJobs(request: Requester) {
  const api = publicApi(request)
  const iterate = (
    jobs: ({ connectionId: string } | WorkspaceScope) & JobFilter,
    options: ListOptions = {},
  ): AsyncGenerator<Job, void, undefined> => {
    const { limit, orderBy = 'createdAt|DESC', ...rest } = jobs
    const page = { ...options, ...(limit !== undefined && { limit }) }
    if ('connectionId' in rest && rest.connectionId) {
      return iterateAll(request, { path: 'jobs', item: Job, search: toSearch({ ...rest, orderBy }), ...page })
    }
    const { workspaceId, workspaceIds, connectionId, ...filter } = rest as JobFilter & Record<string, unknown>
    void connectionId
    const scope = (workspaceIds === undefined ? { workspaceId } : { workspaceIds }) as WorkspaceScope
    return iterateScoped(request, { path: 'jobs', item: Job, scope, search: { ...filter, orderBy } }, page)
  }

  return {
    /**
     * Starts a sync, or empties the destination's tables (`clear`; `reset` is its older name). `conflict` where a job
     * already runs, or where the connection is inactive. Airbyte lists a fourth kind, `refresh`, and always refuses it.
     */
    create: (
      job: { connectionId: string; jobType: 'sync' | 'clear' | 'reset' },
      options: CallOptions = {},
    ): Promise<Job> => api.post('jobs', job, Job, options),

    get: (jobId: number, options: CallOptions = {}): Promise<Job> => api.get(at`jobs/${jobId}`, Job, options),

    /** Jobs one by one. */
    iterate,

    /**
     * Jobs of one connection, of a workspace, of several, or of `{ workspaceIds: 'all' }` the token may see.
     *
     * @example
     * const [latest] = await airbyte.jobs.list({ connectionId, limit: 1 })
     */
    list: (jobs: Parameters<typeof iterate>[0], options: ListOptions = {}): Promise<Job[]> =>
      collect(iterate(jobs, options)),

    cancel: (jobId: number, options: CallOptions = {}): Promise<Job> => api.take(at`jobs/${jobId}`, Job, options),

    ...createInternalJobs(request),
  }
}
