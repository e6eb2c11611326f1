import { Hono } from 'hono'
import * as z from 'zod'
import { createJobActions } from '../job-actions.js'
import { parse, parseBody, parseIds, parsePage, toPage, Uuid } from '../parse.js'
import { Problem } from '../problem.js'
import type { Services } from '../services.js'
import { toPublicJob } from '../to-job.js'

const JobType = z.enum(['sync', 'reset', 'refresh', 'clear'])
const Create = z.looseObject({ connectionId: Uuid, jobType: JobType })
/** Java's Instants: without seconds too. */
const Moment = z.iso.datetime({ offset: true })
const Filter = z.object({
  connectionId: Uuid.optional(),
  status: z.enum(['pending', 'queued', 'running', 'incomplete', 'failed', 'succeeded', 'cancelled']).optional(),
  jobType: JobType.optional(),
  createdAtStart: Moment.optional(),
  createdAtEnd: Moment.optional(),
  updatedAtStart: Moment.optional(),
  updatedAtEnd: Moment.optional(),
})
/** `createdAt|DESC`; oldest first where nothing is said (trap 17). */
const OrderBy = z
  .string()
  .default('createdAt|ASC')
  .transform((text) => text.split('|'))
  .pipe(z.tuple([z.enum(['createdAt', 'updatedAt']), z.enum(['ASC', 'DESC'])]))
const JobId = z.coerce.number().int().positive()

/** Jobs: one run of a connection. */
export function jobRoutes(services: Services) {
  const { find, start, cancel } = createJobActions(services)

  return new Hono()
    .get('/', async (c) => {
      const page = parsePage(c)
      const [orderBy, direction] = parse(OrderBy, c.req.query('orderBy'))
      const filter = withoutUndefined(parse(Filter, c.req.query()))
      const workspaceIds = parseIds(c, 'workspaceIds')
      const rows = await services.jobs.list({ ...filter, workspaceIds, orderBy, direction, ...page })
      const now = services.now()
      const jobs = rows.map((row) => toPublicJob(row, now))
      return c.json(toPage(c, jobs, page))
    })
    .post('/', async (c) => {
      const { connectionId, jobType } = await parseBody(c, Create)
      if (jobType === 'refresh') {
        throw new Problem('unprocessable-entity', 'Refresh jobs are not supported in the public API.')
      }
      return c.json(toPublicJob(await start(connectionId, jobType), services.now()))
    })
    .get('/:jobId', async (c) => c.json(toPublicJob(await find(parse(JobId, c.req.param('jobId'))), services.now())))
    .delete('/:jobId', async (c) =>
      c.json(toPublicJob(await cancel(parse(JobId, c.req.param('jobId'))), services.now())),
    )
}

function withoutUndefined<T extends object>(value: T): { [K in keyof T]?: Exclude<T[K], undefined> } {
  return Object.fromEntries(Object.entries(value).filter(([, item]) => item !== undefined)) as {
    [K in keyof T]?: Exclude<T[K], undefined>
  }
}
