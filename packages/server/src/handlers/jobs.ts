import type { Job } from '@opsai/contract'
import { toEventStream } from '../http/event-stream.js'
import type { Handlers } from '../http/handler.js'
import { cancelJob } from '../jobs/cancel-job.js'
import { requireJob } from '../jobs/read-job.js'
import type { Services } from '../services.js'
import { addAudit } from '../store/audit.js'

export const createJobHandlers = (services: Services): Pick<Handlers, 'getJob' | 'streamJob' | 'cancelJob'> => ({
  getJob: async ({ caller, params }) => ({
    status: 200,
    body: await requireJob(services, caller.tenant.tenantId, params.jobId),
  }),

  streamJob: async ({ caller, params, signal }) => {
    await requireJob(services, caller.tenant.tenantId, params.jobId)
    const watch = (onJob: (job: Job) => void, onEnd: () => void) =>
      services.jobs.watch(Number(params.jobId), { onJob, onEnd })
    return toEventStream(services, { caller, event: 'job', watch, signal })
  },

  cancelJob: async ({ caller, params }) => {
    await requireJob(services, caller.tenant.tenantId, params.jobId)
    const job = await cancelJob(services, Number(params.jobId))
    const { tenantId } = caller.tenant
    await addAudit(services.db, { tenantId, userId: caller.userId, action: 'sync_cancelled', subject: params.jobId })
    return { status: 200, body: job }
  },
})
