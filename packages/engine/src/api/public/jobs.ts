import { Hono } from 'hono'
import * as z from 'zod'
import { inTransaction } from '../../store/database.js'
import type { JobRow } from '../../store/jobs.js'
import { parse, parseBody, parseIds, parsePage, toPage, Uuid } from '../parse.js'
import { Problem, unknownId } from '../problem.js'
import { findConnection, type Services } from '../services.js'
import { toPublicJob } from '../to-job.js'

const Create = z.looseObject({ connectionId: Uuid, jobType: z.enum(['sync', 'reset', 'refresh', 'clear']) })
const Filter = z.object({
  connectionId: Uuid.optional(),
  status: z.string().optional(),
  jobType: z.string().optional(),
  createdAtStart: z.iso.datetime({ offset: true }).optional(),
  createdAtEnd: z.iso.datetime({ offset: true }).optional(),
  updatedAtStart: z.iso.datetime({ offset: true }).optional(),
  updatedAtEnd: z.iso.datetime({ offset: true }).optional(),
})
/** `createdAt|DESC`; oldest first where nothing is said. */
const OrderBy = z
  .string()
  .default('createdAt|ASC')
  .transform((text) => text.split('|'))
  .pipe(z.tuple([z.enum(['createdAt', 'updatedAt']), z.enum(['ASC', 'DESC'])]))
const JobId = z.coerce.number().int().positive()

/** How long a cancellation waits for the sync to have stopped, so that the answer can say so. */
const cancelWaitMs = 5_000

/** Jobs: one run of a connection. */
export function jobRoutes(services: Services) {
  const { jobs, queue, database } = services

  async function findJob(jobId: number): Promise<JobRow> {
    const job = await jobs.get(jobId)
    if (!job) throw unknownId('job')
    return job
  }

  return new Hono()
    .get('/', async (c) => {
      const page = parsePage(c)
      const [orderBy, direction] = parse(OrderBy, c.req.query('orderBy'))
      const filter = withoutUndefined(parse(Filter, c.req.query()))
      const rows = await jobs.list({
        ...filter,
        workspaceIds: parseIds(c, 'workspaceIds'),
        orderBy,
        direction,
        ...page,
      })
      return c.json(
        toPage(
          c,
          rows.map((row) => toPublicJob(row, services.now())),
          page,
        ),
      )
    })
    .post('/', async (c) => {
      const { connectionId, jobType } = await parseBody(c, Create)
      if (jobType !== 'sync') {
        throw new Problem('unprocessable-entity', `The embedded engine runs sync jobs only, not ${jobType}.`)
      }
      const connection = await findConnection(services, connectionId)
      if (connection.status !== 'active') {
        throw new Problem('state-conflict', 'The connection is inactive. Set it active to sync it.')
      }
      const jobId = await inTransaction(database, (tx) => services.createJob(connection, tx))
      if (jobId === undefined) {
        throw new Problem(
          'try-again-later',
          'A sync is already running for this connection. Wait for it, or cancel it.',
        )
      }
      services.wakeWorker()
      return c.json(toPublicJob(await findJob(jobId), services.now()))
    })
    .get('/:jobId', async (c) => c.json(toPublicJob(await findJob(parse(JobId, c.req.param('jobId'))), services.now())))
    .delete('/:jobId', async (c) => {
      const jobId = parse(JobId, c.req.param('jobId'))
      const until = Date.now() + cancelWaitMs
      await findJob(jobId)
      if (!(await queue.cancel(jobId))) throw new Problem('state-conflict', 'The job has ended already.')
      services.wakeWorker()
      let job = await findJob(jobId)
      while (job.status === 'running' && Date.now() < until) {
        await new Promise((resolve) => setTimeout(resolve, 100))
        job = await findJob(jobId)
      }
      return c.json(toPublicJob(job, services.now()))
    })
}

function withoutUndefined<T extends object>(value: T): { [K in keyof T]?: Exclude<T[K], undefined> } {
  return Object.fromEntries(Object.entries(value).filter(([, item]) => item !== undefined)) as {
    [K in keyof T]?: Exclude<T[K], undefined>
  }
}
