// Jobs over the Config API: attempts, rows per stream and why one failed, which the public API keeps to itself.
import { Hono } from 'hono'
import * as z from 'zod'
import type { JobRow, JobType } from '../../store/jobs.js'
import { createJobActions } from '../job-actions.js'
import { parseBody, Uuid } from '../parse.js'
import { findConnection, type Services } from '../services.js'
import { configTypes, toJobInfo } from '../to-job.js'

const One = z.looseObject({ id: z.number().int() })
const time = z.iso.datetime({ offset: true }).optional()
const List = z.looseObject({
  configTypes: z.array(z.string()),
  configId: Uuid.optional(),
  includingJobId: z.number().int().optional(),
  statuses: z.array(z.string()).optional(),
  createdAtStart: time,
  createdAtEnd: time,
  updatedAtStart: time,
  updatedAtEnd: time,
  orderByField: z.enum(['createdAt', 'updatedAt']).default('createdAt'),
  orderByMethod: z.enum(['ASC', 'DESC']).default('DESC'),
  pagination: z
    .looseObject({
      pageSize: z.number().int().min(1).max(1000).default(25),
      rowOffset: z.number().int().min(0).default(0),
    })
    .default({ pageSize: 25, rowOffset: 0 }),
})

export function jobInfoRoutes(services: Services) {
  const actions = createJobActions(services)
  const withLogs = (job: JobRow) => {
    const { attempts, ...info } = toJobInfo(job)
    return {
      ...info,
      attempts: attempts.map((it) => ({ ...it, logType: 'formatted', logs: toLogs(job, it.attempt.id) })),
    }
  }

  return new Hono()
    .post('/jobs/list', async (c) => {
      const { pagination, orderByField, orderByMethod, includingJobId, ...body } = await parseBody(c, List)
      const filter = {
        workspaceIds: [],
        orderBy: orderByField,
        direction: orderByMethod,
        limit: pagination.pageSize,
        offset: pagination.rowOffset,
        jobTypes: toJobTypes(body.configTypes),
        ...(body.configId !== undefined && { connectionId: body.configId }),
        ...(body.statuses?.length && { statuses: body.statuses }),
        ...(body.createdAtStart !== undefined && { createdAtStart: body.createdAtStart }),
        ...(body.createdAtEnd !== undefined && { createdAtEnd: body.createdAtEnd }),
        ...(body.updatedAtStart !== undefined && { updatedAtStart: body.updatedAtStart }),
        ...(body.updatedAtEnd !== undefined && { updatedAtEnd: body.updatedAtEnd }),
      }
      const [rows, totalJobCount] = [await services.jobs.list(filter), await services.jobs.count(filter)]
      // The page that shows a job: pages are taken until it is among them.
      while (
        includingJobId !== undefined &&
        rows.length < totalJobCount &&
        !rows.some((it) => it.jobId === includingJobId)
      ) {
        const more = await services.jobs.list({ ...filter, offset: filter.offset + rows.length })
        if (more.length === 0) break
        rows.push(...more)
      }
      const jobs = rows.map(toJobInfo).map(({ job, attempts }) => ({ job, attempts: attempts.map((it) => it.attempt) }))
      return c.json({ jobs, totalJobCount })
    })
    .post('/jobs/get', async (c) => c.json(withLogs(await actions.find((await parseBody(c, One)).id))))
    .post('/jobs/get_without_logs', async (c) => c.json(toJobInfo(await actions.find((await parseBody(c, One)).id))))
    .post('/jobs/get_light', async (c) => {
      return c.json({ job: toJobInfo(await actions.find((await parseBody(c, One)).id)).job })
    })
    .post('/jobs/cancel', async (c) => c.json(toJobInfo(await actions.cancel((await parseBody(c, One)).id))))
    .post('/jobs/get_last_replication_job', async (c) => {
      const { connectionId } = await parseBody(c, z.looseObject({ connectionId: Uuid }))
      await findConnection(services, connectionId)
      const newest = { orderBy: 'createdAt', direction: 'DESC', limit: 1, offset: 0 } as const
      const [job] = await services.jobs.list({ connectionId, workspaceIds: [], jobTypes: ['sync'], ...newest })
      return c.json(job ? { job: toJobInfo(job).job } : {})
    })
}

function toJobTypes(wanted: string[]): JobType[] {
  const all = Object.keys(configTypes) as JobType[]
  return all.filter((jobType) => wanted.includes(configTypes[jobType]))
}

/** Connectors inside the engine keep no log; what happened is in the attempt itself. */
function toLogs({ jobId, attempts }: JobRow, attemptNumber: number) {
  const attempt = attempts.find((it) => it.attemptNumber === attemptNumber)
  if (!attempt) return { logLines: [] }
  const { createdAt, endedAt, outcome, failure } = attempt
  return {
    logLines: [
      `${createdAt.toISOString()} engine > job ${jobId}, attempt ${attemptNumber} began`,
      ...(failure ? [`${(endedAt ?? createdAt).toISOString()} engine > ${failure.externalMessage ?? ''}`] : []),
      ...(endedAt ? [`${endedAt.toISOString()} engine > ${outcome ?? 'ended'}`] : []),
    ],
  }
}
