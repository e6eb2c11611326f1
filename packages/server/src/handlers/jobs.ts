import { isAirbyteError } from '@opsai/airbyte-client'
import type { Handlers } from '../http/handler.js'
import { toEventStream } from '../jobs/event-stream.js'
import { requireJob } from '../jobs/read-job.js'
import type { Services } from '../services.js'

export const createJobHandlers = (services: Services): Pick<Handlers, 'getJob' | 'streamJob' | 'cancelJob'> => ({
  getJob: async ({ caller, params }) => ({
    status: 200,
    body: await requireJob(services, caller.tenant.tenantId, params.jobId),
  }),

  streamJob: async ({ caller, params, signal }) => {
    await requireJob(services, caller.tenant.tenantId, params.jobId)
    return toEventStream(services.jobs, Number(params.jobId), signal)
  },

  cancelJob: async ({ caller, params }) => {
    await requireJob(services, caller.tenant.tenantId, params.jobId)
    // A job that ended meanwhile needs no cancelling: its answer says how it ended.
    await services.airbyte.jobs.cancel(Number(params.jobId)).catch((error: unknown) => {
      if (!isAirbyteError(error) || (error.code !== 'conflict' && error.code !== 'invalid')) throw error
    })
    return { status: 200, body: await services.jobs.read(Number(params.jobId)) }
  },
})
